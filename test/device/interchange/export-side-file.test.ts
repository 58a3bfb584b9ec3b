// Side files of strangers: what is broken in them is refused or named, and never costs the programme beside them.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ProgrammeFileError } from "../../../device/interchange/programme-file.ts";
import { Archive, readExport } from "./export/archive.ts";
import { fullEvent, ownFestival } from "./export/own-festival.ts";
import { fileError, fixture, read } from "./reading.ts";

const DOC = "ab".repeat(32);

function bytesOf(side: unknown): Uint8Array {
  return new TextEncoder().encode(typeof side === "string" ? side : JSON.stringify(side));
}

function readBeside(side: unknown) {
  return read(fixture("schedule-v1.json"), { side: bytesOf(side) });
}

test("a side file that is none is refused", () => {
  assert.throws(() => readBeside("{"), fileError("E_FILE_BROKEN", /p2p\.json/));
  assert.throws(
    () => read(fixture("schedule-v1.json"), { side: Uint8Array.of(0xff) }),
    fileError("E_FILE_BROKEN", /p2p\.json/),
  );
  for (const side of [[], {}, null, { p2p: 2, timezone: "UTC" }, { p2p: 1 }]) {
    assert.throws(() => readBeside(side), fileError("E_FILE_FORMAT", /version 1/));
  }
  const documents = Array.from({ length: 20_001 }, () => 0);
  assert.throws(() => readBeside({ p2p: 1, timezone: "UTC", documents }), fileError("E_FILE_TOO_LARGE", /20000/));
});

test("records that are none are named, and the programme stays as it is", () => {
  const documents = [0, {}, { schema: "rsvp/1", doc: DOC, fields: {} }, { schema: "event/1", doc: "x", fields: {} }];
  const { skipped, events, venues } = readBeside({ p2p: 1, timezone: "Nowhere/Land", documents });
  const alone = read(fixture("schedule-v1.json"));
  assert.deepEqual([events, venues], [alone.events, alone.venues]);
  assert.equal(skipped.length, alone.skipped.length + documents.length);
});

test("a record of an entry that is gone is named", () => {
  const documents = [{ schema: "event/1", doc: DOC, uid: "gone", fields: { capacity: 3 } }];
  const { skipped } = readBeside({ p2p: 1, timezone: "UTC", documents });
  assert.deepEqual(skipped.at(-1), { where: "UID gone", why: "stands in the side file but not in the file" });
});

test("fields that break a rule cost their event and nothing else", async () => {
  const deep = JSON.parse(`${"[".repeat(30)}${"]".repeat(30)}`);
  const records = [
    { capacity: "many" },
    { x: deep },
    { x: 0.5 },
    { __proto__: null, text: 7 },
    { x: "y".repeat(70_000) },
    {},
  ];
  const documents = records.map((fields, index) => {
    return {
      schema: "event/1",
      doc: index.toString(16).padStart(64, "0"),
      fields: { title: `Event ${index}`, ...fields },
    };
  });
  const alone = await new Archive("alone").import(read(fixture("schedule-v1.json")));
  const report = await new Archive("other").import(readBeside({ p2p: 1, timezone: "UTC", documents }));
  assert.equal(report.created, alone.created + 1);
  assert.equal(report.skipped.length, alone.skipped.length + records.length - 1);
});

test("frames that are part of each other, of themselves or of nothing are all made", async () => {
  const id = (index: number) => index.toString(16).padStart(64, "0");
  const parents = [id(1), id(0), id(2), id(99), ...Array.from({ length: 20 }, (_, index) => id(index + 5))];
  const documents = parents.map((parent, index) => {
    return { schema: "frame/1", doc: id(index), fields: { title: `Frame ${index}`, parent } };
  });
  const archive = new Archive("other");
  const report = await archive.import(readBeside({ p2p: 1, timezone: "UTC", documents }));
  assert.deepEqual(report.skipped, read(fixture("schedule-v1.json")).skipped);
  assert.equal(archive.documents().filter(({ schema }) => schema === "frame/1").length, parents.length + 1);
  const second = await archive.import(readBeside({ p2p: 1, timezone: "UTC", documents }));
  assert.equal(second.created, 0);
});

test("a side file decides neither who answers for a venue nor by a back door where an event came from", async () => {
  const venue = { title: "Barn", policy: "auto", answerer: DOC, answerFrom: [{ key: DOC, seq: 1 }] };
  const event = { title: "Soup", origin: { src: "a feed of somebody", uid: "1" } };
  const documents = [
    { schema: "resource/1", doc: DOC, fields: venue },
    { schema: "event/1", doc: "cd".repeat(32), fields: event },
  ];
  const archive = new Archive("other");
  await archive.import(readBeside({ p2p: 1, timezone: "UTC", documents }));
  const { policy, answerer, answerFrom } = archive.titled("resource/1", "Barn").fields;
  assert.deepEqual([policy, answerer, answerFrom], ["none", undefined, undefined]);
  assert.match(archive.titled("event/1", "Soup").fields.origin?.src ?? "", /^schedule:/);
});

test("two records with one origin become two documents, and only one claims it", async () => {
  const origin = { src: "elsewhere", uid: "one" };
  const documents = ["a", "b"].map((digit) => ({
    schema: "event/1",
    doc: digit.repeat(64),
    origin,
    fields: { title: digit },
  }));
  const archive = new Archive("other");
  const file = readBeside({ p2p: 1, timezone: "UTC", documents });
  await archive.import(file);
  assert.equal((await archive.import(file)).operations, 0);
  assert.equal(
    archive.documents().filter(({ fields }) => (fields as { origin?: { src: string } }).origin?.src === "elsewhere")
      .length,
    1,
  );
});

test("documents of a thousand feeds do not make a thousand searches", async () => {
  const id = (index: number) => index.toString(16).padStart(64, "0");
  const origins = Array.from({ length: 1_000 }, (_, index) => ({ src: `feed ${index}`, uid: "1" }));
  const documents = origins.map((origin, index) => {
    return { schema: "event/1", doc: id(index), origin, fields: { title: "x" } };
  });
  const events = origins.map((origin, index) => {
    const own = [`X-P2P-DOC:${id(index)}`, `X-P2P-ORIGIN:${JSON.stringify(origin).replaceAll(",", "\\,")}`];
    return ["BEGIN:VEVENT", `UID:${index}`, "SUMMARY:x", ...own, "END:VEVENT"].join("\n");
  });
  const calendar = read(["BEGIN:VCALENDAR", ...events, "END:VCALENDAR"].join("\n"));
  for (const file of [readBeside({ p2p: 1, timezone: "UTC", documents }), calendar]) {
    const archive = new Archive("other");
    const sources = new Set<string>();
    const importedFrom = archive.importedFrom.bind(archive);
    archive.importedFrom = (author, src) => {
      sources.add(src);
      return importedFrom(author, src);
    };
    await archive.import(file);
    assert.equal(sources.size, 65);
  }
});

test("a side file that is cut or changed anywhere is read or refused", () => {
  const festival = ownFestival();
  festival.event(fullEvent(festival));
  const exported = festival.archive.export("schedule-json");
  const side = exported.side?.bytes ?? new Uint8Array();
  fc.assert(
    fc.property(fc.nat(side.length), fc.nat(255), fc.boolean(), (place, byte, cut) => {
      const changed = cut ? side.slice(0, place) : side.with(Math.min(place, side.length - 1), byte);
      try {
        assert.ok(readExport({ ...exported, side: { fileName: "p2p.json", bytes: changed } }));
      } catch (error) {
        assert.ok(error instanceof ProgrammeFileError, String(error));
      }
    }),
  );
});

test("lines of ours in a calendar that cannot be read are as if they were not there", async () => {
  const lines = ["X-P2P-DOC:zz", "X-P2P-SUMMARY:{", 'X-P2P-TITLE:"Other"', "X-P2P-ORIGIN:7", "X-P2P-FIELDS:[]"];
  const calendar = (own: readonly string[]) =>
    [
      "BEGIN:VCALENDAR",
      "X-P2P-DOCUMENT:nonsense",
      "BEGIN:VEVENT",
      "UID:1",
      "DTSTART:20260717T180000Z",
      "SUMMARY:Soup",
      ...own,
    ]
      .concat("END:VEVENT", "END:VCALENDAR")
      .join("\r\n");
  assert.deepEqual(read(calendar(lines)), read(calendar([])));
  const [soup] = read(calendar([`X-P2P-DOC:${DOC}`, 'X-P2P-TITLE:"Stew"', "X-P2P-WHEN:{"])).events;
  assert.deepEqual(soup?.carried, { doc: DOC, fields: { title: "Stew" } });
});

// Ours → file → ours, and theirs → ours → theirs (M-87): nothing is lost on the way, and every name survives it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { ExportFormat } from "../../../device/interchange/export/festival-view.ts";
import { eventFields } from "../../../device/interchange/programme-fields.ts";
import type { EventFieldsWritten } from "../../../protocol/festival/schema/event.ts";
import { needsShared, sharedPath } from "../../support/shared-data.ts";
import { Archive, FORMATS, plainOf, readExport } from "./export/archive.ts";
import { fullEvent, ownFestival, timesAndStates } from "./export/own-festival.ts";
import { assertSameDocuments } from "./export/same-documents.ts";
import { eventOf, read } from "./reading.ts";

const PROGRAMMES = [
  ...["bloominglabs-hackerspace.ics", "fosdem2026-pretalx.schedule.xml", "jccc-toronto-ja.ics"],
  ...["voc-frab-camp2019.json", "voc-pretalx-democon.json"],
];

for (const name of PROGRAMMES) {
  for (const format of FORMATS) {
    test(`${name} comes back whole from ${format}`, needsShared(`data/schedules/${name}`), async () => {
      const archive = new Archive("importer");
      const source = read(readFileSync(sharedPath(`data/schedules/${name}`)), { fileName: name });
      await archive.import(source);
      const exported = archive.export(format);
      const file = readExport(exported);
      const other = new Archive("another importer");
      const report = await other.import(file);
      assert.deepEqual([report.skipped, report.created], [[], source.events.length]);
      assertSameDocuments(archive, other, file);
      assert.equal(
        (await other.import(readExport(other.export(format)))).operations,
        0,
        "its own export changes nothing",
      );
    });
  }
}

for (const format of FORMATS) {
  test(`every field of an event comes back from ${format}`, async () => {
    const festival = ownFestival();
    festival.event(fullEvent(festival));
    const file = readExport(festival.archive.export(format));
    const other = new Archive("other");
    assert.deepEqual((await other.import(file)).skipped, []);
    assertSameDocuments(festival.archive, other, file);
  });

  test(`every time and state comes back from ${format}`, async () => {
    const festival = ownFestival();
    for (const fields of timesAndStates(festival)) festival.event(fields);
    const file = readExport(festival.archive.export(format));
    const other = new Archive("other");
    assert.deepEqual((await other.import(file)).skipped, []);
    assertSameDocuments(festival.archive, other, file);
  });

  test(`a festival without frame or venue comes back from ${format}`, async () => {
    const archive = new Archive("bare");
    archive.write({ a: "create", s: "event/1", f: { title: "Only this", when: { m: "words", text: "soon" } } });
    const file = readExport(archive.export(format));
    const other = new Archive("other");
    await other.import(file);
    assertSameDocuments(archive, other, file);
  });

  test(`an export of nothing can be read from ${format}`, async () => {
    const report = await new Archive("other").import(readExport(new Archive("empty").export(format)));
    assert.deepEqual([report.title, report.events, report.skipped], ["Summer Festival", 0, []]);
  });

  test(`fields that nobody knows yet come back from ${format}`, async () => {
    const { archive, event } = ownFestival();
    const mood = { mood: ["wild", { deep: "\u0000\r\nEND:VEVENT" }], note: "x" };
    event({ title: "Strange", ...mood } as EventFieldsWritten);
    const other = new Archive("other");
    await other.import(readExport(archive.export(format)));
    const { fields } = JSON.parse(JSON.stringify(other.titled("event/1", "Strange")));
    assert.deepEqual(fields.mood, mood.mood);
  });

  test(`updates raise the sequence of ${format}, and it survives a second box`, async () => {
    const { archive, event } = ownFestival();
    const doc = event({ title: "Often changed" });
    for (const note of ["once", "twice"]) archive.write({ a: "update", s: "event/1", d: doc, f: { note } });
    const second = new Archive("second");
    await second.import(readExport(archive.export(format)));
    const there = second.titled("event/1", "Often changed");
    second.write({ a: "update", s: "event/1", d: there.doc, f: { note: "thrice" } });
    const [changed] = readExport(second.export(format)).events;
    assert.equal(changed?.sequence, 3);
  });

  test(`names survive a second box and a second export as ${format}`, async () => {
    const festival = ownFestival();
    for (const fields of timesAndStates(festival)) festival.event(fields);
    const first = readExport(festival.archive.export(format));
    const second = new Archive("second");
    await second.import(first);
    const again = readExport(second.export(format));
    const names = (file: typeof first) => file.events.map(({ uid, rid }) => `${uid} ${rid}`).sort();
    const venueNames = (file: typeof first) => file.venues.map(({ carried }) => carried?.fields["title"] ?? "").sort();
    assert.deepEqual(names(again), names(first));
    assert.deepEqual(venueNames(again), venueNames(first));
  });

  test(`importing an export a second time as ${format} publishes nothing`, async () => {
    const festival = ownFestival();
    festival.event(fullEvent(festival));
    const file = readExport(festival.archive.export(format));
    const other = new Archive("other");
    await other.import(file);
    assert.equal((await other.import(file)).operations, 0);
  });
}

/** Rows of the mapping table, and the formats that say them without a line of our own (domain.md §4.7). */
const ROWS: readonly (readonly [keyof EventFieldsWritten, ...ExportFormat[]])[] = [
  ["title", "schedule-xml", "schedule-json", "ics"],
  ["summary", "schedule-xml", "schedule-json"],
  ["text"],
  ["when", "schedule-xml", "schedule-json", "ics"],
  ["kind", "schedule-xml", "schedule-json"],
  ["lang", "schedule-xml", "schedule-json", "ics"],
  ["record"],
  ["links", "ics"],
  ...(["tags", "hosts", "images", "place", "venues", "access", "capacity", "join", "frames"] as const).map(
    (name): [typeof name] => [name],
  ),
  ...(["series", "part", "note", "forkOf", "archive", "reuse", "expires"] as const).map((name): [typeof name] => [
    name,
  ]),
];

for (const format of FORMATS) {
  test(`what ${format} says by itself is read without a line of ours`, () => {
    const festival = ownFestival();
    const wanted = fullEvent(festival);
    festival.event(wanted);
    const file = plainOf(festival.archive.export(format));
    const [event] = file.events;
    assert.ok(event);
    const got = eventFields(event, "test", {}) as EventFieldsWritten;
    const said = ROWS.filter(([name]) => isDeepStrictEqual(got[name], wanted[name])).map(([name]) => name);
    const listed = ROWS.filter(([, ...formats]) => formats.includes(format)).map(([name]) => name);
    assert.deepEqual(said, listed);
    assert.deepEqual(Object.keys(wanted).sort(), [...ROWS.map(([name]) => name), "status"].sort());
  });
}

test("an entry that another program changed keeps the change", async () => {
  const { archive, event, barn } = ownFestival();
  event({
    title: "Soup",
    text: "old words",
    capacity: 7,
    venues: [barn],
    when: { m: "exact", start: 1_784_300_400, tz: "UTC" },
  });
  for (const format of FORMATS) {
    const exported = archive.export(format);
    const edited = new TextDecoder().decode(exported.bytes).replace("old words", "new words");
    const file = readExport({ ...exported, bytes: new TextEncoder().encode(edited) });
    const other = new Archive("other");
    await other.import(file);
    const { text, capacity } = other.titled("event/1", "Soup").fields;
    assert.deepEqual([text, capacity], ["new words", 7]);
  }
});

test("theirs → ours → theirs keeps uid, occurrence and rule", () => {
  const uid = "weekly@calendar.example";
  const calendar = [
    ...[
      "BEGIN:VCALENDAR",
      "X-WR-CALNAME:Club",
      "X-WR-TIMEZONE:Europe/Berlin",
      "BEGIN:VEVENT",
      `UID:${uid}`,
      "SEQUENCE:4",
    ],
    ...[
      "DTSTART;TZID=Europe/Berlin:20251001T190000",
      "RRULE:FREQ=WEEKLY;COUNT=3",
      "SUMMARY:Club night",
      "GEO:52.5;13.4",
    ],
    ...["LOCATION:Cellar", "CATEGORIES:music,loud", "URL:https://club.example/", "END:VEVENT", "END:VCALENDAR", ""],
  ].join("\r\n");
  const archive = new Archive("club");
  return archive.import(read(calendar)).then(() => {
    const exported = archive.export("ics");
    for (const file of [readExport(exported), plainOf(exported)]) {
      assert.deepEqual(
        file.events.map((event) => [event.uid, event.rid, event.sequence, event.venue, event.tags, event.geo]),
        ["20251001T170000Z", "20251008T170000Z", "20251015T170000Z"].map((rid) => {
          return [uid, rid, 4, "Cellar", ["music", "loud"], [52_500_000, 13_400_000]];
        }),
      );
    }
    assert.equal(eventOf(readExport(exported), uid).carried?.origin?.["rrule"], "FREQ=WEEKLY;COUNT=3");
  });
});

// Bodies that nobody should write: the transaction that stores them must not fail, and the festival goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { doorScene } from "../../../device/display/door-scene.ts";
import { ENGLISH } from "../../../device/display/words.ts";
import { readBody } from "../../../protocol/festival/body.ts";
import { fieldNames } from "../../../protocol/festival/schema.ts";
import { type CborMap, type CborValue, encodeCbor } from "../../../protocol/operation/cbor.ts";
import { aDevice } from "../display/door.ts";
import { berlin, docOf, exactly, FestivalBox, Person } from "./festival-box.ts";

const NOW = berlin("18:10");

const value = fc.oneof(
  fc.constantFrom(
    null,
    true,
    "",
    "Barn",
    "yes",
    "exact",
    "venue",
    "cancelled",
    "ab".repeat(32),
    -1,
    0,
    2 ** 40,
    "\u202e",
  ),
  fc.constantFrom(
    [],
    {},
    ["ab".repeat(32)],
    [{ name: "" }],
    { text: "Barn" },
    { m: "exact", start: NOW, tz: "Mars/Olympus" },
    { m: "exact", start: NOW, end: NOW, tz: "" },
    { m: "exact", start: -5, tz: "UTC" },
    { m: "days", from: "2026-13-01", to: "x", tz: "UTC" },
  ),
  fc.string(),
  fc.integer(),
  fc.uint8Array({ maxLength: 8 }),
);

const fields = fc.dictionary(
  fc.constantFrom(
    ...["title", "when", "venues", "place", "status", "hosts", "kind", "policy", "tz", "going", "door", "x"],
    ...["event", "resource", "subject", "start", "end", "hold", "of", "verdict", "version", "upTo", "other", "may"],
  ),
  value,
);

const DOCUMENT_SCHEMAS = ["event/1", "event/1", "resource/1", "frame/1", "request/1", "note/1", "pick/1"] as const;
const KEYED_SCHEMAS = ["rsvp/1", "profile/1", "answer/1", "keylink/1", "forget/1"] as const;

/** Mostly bodies that are read and whose fields are wrong; the rest is wrong in its own shape. */
const body = fc.oneof(
  fc.record({ a: fc.constant("create"), s: fc.constantFrom(...DOCUMENT_SCHEMAS), f: fields }),
  fc.record({ a: fc.constant("update"), s: fc.constantFrom(...DOCUMENT_SCHEMAS), d: fc.constant("own"), f: fields }),
  fc.record({ a: fc.constant("set"), s: fc.constantFrom(...KEYED_SCHEMAS), k: fc.constantFrom("own", ""), f: fields }),
  fc.record({
    a: fc.constantFrom("create", "update", "delete", "set", 7),
    s: fc.constantFrom("event/1", "resource/1", "rsvp/1", "event/2", null),
    d: fc.oneof(fc.constant("own"), value),
    k: fc.oneof(fc.constantFrom("own", "own@5"), value),
    v: value,
    f: fc.oneof(fields, value),
  }),
);

/** "own" stands for the id of an event that is here. */
function bytesOf(map: object, doc: string): Uint8Array {
  const entries = Object.entries(map).map(([name, entry]) => [
    name,
    typeof entry === "string" ? entry.replace("own", doc) : entry,
  ]);
  return encodeCbor(Object.fromEntries(entries) as CborMap);
}

test("no body keeps the operations beside it from being stored and shown", async () => {
  let understood = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 40 }) },
          { weight: 6, arbitrary: body },
        ),
        { maxLength: 12 },
      ),
      async (bodies) => {
        const [ada, box] = [new Person("Ada"), new FestivalBox()];
        const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(NOW, NOW + 3600) });
        const bytes = bodies.map((some) => (some instanceof Uint8Array ? some : bytesOf(some, docOf(soup))));
        understood += bytes.filter((some) => readBody(some).status === "understood").length;
        const safe = new Person("Ben").event("Bread", { place: { text: "Barn" }, when: exactly(NOW, NOW + 3600) });
        await box.hear([soup, ...bytes.map((some) => ada.write(some)), safe]);
        assert.equal(await box.store.count(), bodies.length + 2);
        const programme = box.door("Barn", NOW + 60);
        assert.ok(programme.now.some(({ title }) => title === "Bread"));
        doorScene(programme, aDevice({ now: NOW + 60 }), ENGLISH);
        assert.ok(box.programme.events({ day: "2026-07-17" }).length > 0);
        for (const { event } of box.programme.requests({})) box.programme.edges(event);
        for (const id of [docOf(soup), ...bodies.keys()].map(String)) box.programme.document(id);
        const tables = box.tables();
        box.programme.rebuild();
        assert.deepEqual(box.tables(), tables);
      },
    ),
    { numRuns: 200 },
  );

  assert.ok(understood > 100, `only ${understood} bodies got as far as a document`);
});

test("every beginning of a body is stored and counted, not shown", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const whole = ada.event("Soup", { place: { text: "Barn" }, when: exactly(NOW) }).body ?? new Uint8Array();
  const cut = Array.from({ length: whole.length - 1 }, (_, index) => whole.subarray(0, index + 1));
  const mallory = new Person("Mallory");
  await box.hear(cut.map((bytes) => mallory.write(bytes)));
  assert.deepEqual([box.programme.counts().unreadable, box.programme.counts().events], [cut.length, 0]);
});

test("bodies of schemas that are not known yet are counted apart", async () => {
  const box = new FestivalBox();
  await box.hear([new Person("Ada").write(encodeCbor({ a: "create", s: "event/2", f: {} }))]);
  assert.deepEqual(box.programme.counts(), {
    documents: 0,
    unreadable: 0,
    unknown: 1,
    awaited: 0,
    events: 0,
    venues: 0,
  });
});

test("an event that was changed more often than is remembered has not left where it is", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const barn = ada.venue("Barn");
  const when = exactly(NOW, NOW + 3600);
  const soup = ada.event("Soup", { when, venues: [docOf(barn)] });
  const words = [docOf(barn), ..."abcdefg"];
  await box.hear([barn, soup, ...words.map((text) => ada.change(soup, { when, place: { text } }))]);
  assert.deepEqual(
    box.door("Barn", NOW).now.map(({ title, movedTo }) => [title, movedTo]),
    [["Soup", undefined]],
  );
});

test("documents as large as their author can make them are stored and changed", async () => {
  const [ada, box] = [new Person("Ada"), new FestivalBox()];
  const deep = [[[["deep"]]]];
  for (const s of ["event/1", "resource/1", "frame/1"] as const) {
    const create = ada.write(encodeCbor({ a: "create", s, f: fullOf(fieldNames(s), deep) }));
    const updates = [0, 60, 120].map((from) => {
      const names = Array.from({ length: 60 }, (_, index) => `extra ${from + index}`);
      return ada.write(encodeCbor({ a: "update", s, d: docOf(create), f: fullOf(names, deep) }));
    });
    const large = fieldNames(s).map((name) =>
      ada.write(encodeCbor({ a: "update", s, d: docOf(create), f: { [name]: "x".repeat(60_000) } })),
    );
    await box.hear([create, ...updates, ...large]);
  }
  const { unreadable } = box.programme.counts();
  assert.equal(unreadable, 3);
});

function fullOf(names: readonly string[], value: CborValue): CborMap {
  return Object.fromEntries(names.map((name) => [name, value]));
}

test("a flood of events at one door does not flood the screen", async () => {
  const [mallory, box] = [new Person("Mallory"), new FestivalBox()];
  const when = exactly(NOW, NOW + 3600);
  await box.hear(Array.from({ length: 150 }, () => mallory.event("Spam", { place: { text: "Barn" }, when })));
  assert.equal(box.door("Barn", NOW).now.length, 100);
});

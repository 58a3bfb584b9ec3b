// Whatever the order in which operations came, the tables say the same, and the same as after a rebuild.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { BodyToWrite } from "../../../protocol/festival/body.ts";
import type { NewEntry, Random } from "../../../sync/ports.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { withoutBody } from "../../support/test-log.ts";
import { berlin, docOf, exactly, FestivalBox, LOG_ID, Person } from "./festival-box.ts";

const OPERATIONS = 40;
const DOORS = ["Barn", "Lakeside"];

function oneOf<Value>(random: Random, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

/** What a person may say next, mostly of the own events; of other people's documents too, which must change nothing. */
function someBody(random: Random, own: readonly NewEntry[], made: readonly NewEntry[]): BodyToWrite | Uint8Array {
  const anyDoc = (entries: readonly NewEntry[]) =>
    entries.length > 0 ? docOf(oneOf(random, entries)) : "00".repeat(32);
  const d = anyDoc(random() < 0.8 ? own : made);
  const start = berlin("18:00") + Math.floor(random() * 48) * 1800;
  const when = exactly(start, start + 3600);
  const venues = [anyDoc(made)];
  const fields = oneOf(random, [{ when }, { venues }, { place: { text: oneOf(random, DOORS) } }, { when, venues }]);
  return oneOf<BodyToWrite | Uint8Array>(random, [
    { a: "create", s: "resource/1", f: { kind: "venue", title: oneOf(random, DOORS), policy: "none" } },
    { a: "create", s: "event/1", f: { title: "Soup", when, ...fields } },
    { a: "create", s: "frame/1", f: { title: "Summer", tz: "Europe/Berlin", dayStart: 240 } },
    { a: "update", s: "event/1", d, f: fields },
    { a: "update", s: "event/1", d, f: { ...fields, note: "starts later" } },
    { a: "update", s: "event/1", d, f: { venues: null } },
    { a: "update", s: "event/1", d, f: { title: "" } },
    { a: "update", s: "resource/1", d, f: { title: oneOf(random, DOORS) } },
    { a: "delete", s: oneOf(random, ["event/1", "resource/1"]), d },
    { a: "set", s: "rsvp/1", k: d, f: { going: oneOf(random, ["yes", "no"]) } },
    { a: "set", s: "rsvp/1", k: d, f: { going: "yes", door: 3 } },
    Uint8Array.of(0xff),
  ]);
}

/** Logs of three people, some of them forked. */
function someFestival(random: Random): NewEntry[][] {
  const logs = ["Ada", "Ben", "Cleo"].map((name) => {
    const person = new Person(name);
    const event = person.event(`Soup of ${name}`, { when: exactly(berlin("18:00")), place: { text: "Barn" } });
    return { person, entries: [event], own: [event] };
  });
  const made = logs.flatMap(({ own }) => own);
  for (let count = 0; count < OPERATIONS; count++) {
    const { person, entries, own } = oneOf(random, logs);
    const body = someBody(random, own, made);
    const after = random() < 0.15 ? oneOf(random, entries) : undefined;
    const entry = person.write(body, { at: berlin("12:00") + count * 60, after });
    entries.push(entry);
    if (body instanceof Uint8Array || body.a !== "create") continue;
    made.push(entry);
    if (body.s === "event/1") own.push(entry);
  }
  return logs.map(({ entries }) => entries);
}

/** Tells the box everything: logs mixed, in batches of any size, a quarter of the bodies later than their headers. */
async function tell(box: FestivalBox, logs: readonly (readonly NewEntry[])[], random: Random): Promise<void> {
  const rest = logs.map((log) => [...log]);
  const withheld: NewEntry[] = [];
  while (rest.some((log) => log.length > 0) || withheld.length > 0) {
    const operations: NewEntry[] = [];
    for (let room = Math.floor(random() * 8); room > 0; room--) {
      const entry = oneOf(random, rest).shift();
      if (entry === undefined) continue;
      const isLate = random() < 0.25;
      operations.push(isLate ? withoutBody(entry) : entry);
      if (isLate) withheld.push(entry);
    }
    const isArriving = (entry: NewEntry) => operations.every(({ id }) => id !== entry.id) && random() < 0.4;
    const lateBodies = withheld.filter(isArriving);
    for (const entry of lateBodies) withheld.splice(withheld.indexOf(entry), 1);
    await box.hear(operations, { lateBodies: lateBodies.map(({ id, body = new Uint8Array() }) => ({ id, body })) });
  }
}

test("a programme says the same in any order, in any batches, and after a rebuild", async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      const logs = someFestival(random);
      const boxes = [new FestivalBox(), new FestivalBox()] as const;
      for (const box of boxes) await tell(box, logs, random);
      const tables = boxes[0].tables();
      assert.deepEqual(boxes[1].tables(), tables);
      moved += (tables["place"] as string[]).filter((row) => row.includes('"moved":1')).length;
      for (const box of boxes) {
        box.programme.rebuild();
        assert.deepEqual(box.tables(), tables);
      }
    }),
    { numRuns: 100 },
  );
  assert.ok(moved > 50, `only ${moved} places were left in all festivals`);
});

test("what a prune took is not in the programme, as after a rebuild", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  const kept = ben.event("Kept");
  const soup = ada.event("Soup", { place: { text: "Barn" }, when: exactly(berlin("18:00")) });
  await box.hear([kept, soup, ada.change(soup, { title: "Stew" }), ada.write(Uint8Array.of(0xff))]);
  assert.equal(box.door("Barn", berlin("18:30")).now[0]?.title, "Stew");
  const last = ada.write(
    { a: "create", s: "event/1", f: { title: "Bread", place: { text: "Barn" }, when: exactly(berlin("18:00")) } },
    { prune: true },
  );
  await box.hear([last], { prunes: [{ author: ada.verifyingKey, logId: LOG_ID, seqNum: last.seqNum }] });
  assert.deepEqual(
    box.door("Barn", berlin("18:30")).now.map(({ title }) => title),
    ["Bread"],
  );
  assert.deepEqual([box.programme.counts().events, box.programme.counts().unreadable], [2, 0]);
  const tables = box.tables();
  box.programme.rebuild();
  assert.deepEqual(box.tables(), tables);
});

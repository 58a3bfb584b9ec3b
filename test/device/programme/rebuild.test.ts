// Whatever the order in which operations came, the tables say the same, and the same as after a rebuild.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toHex } from "../../../protocol/operation/bytes.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { berlin, docOf, exactly, FestivalBox, LOG_ID, Person } from "./festival-box.ts";
import { type SomeFestival, someFestival, tell } from "./some-festival.ts";

const OPERATIONS = 100;

/** Every question there is, about everything; a view must not throw, whatever is missing. */
function askEverything(box: FestivalBox, { people, logs }: SomeFestival): void {
  const { programme } = box;
  const at = berlin("18:30");
  for (const filter of [{}, { now: at }, { day: "2026-07-17" }, { venue: "Barn" }, { tag: "fire" }, { words: "so" }]) {
    programme.events(filter);
  }
  programme.door("Barn", at);
  programme.door("Barn", at, { show: "confirmed" });
  programme.requests({});
  for (const entry of logs.flat()) {
    const id = docOf(entry);
    programme.document(id.slice(0, 8));
    programme.occupancy(id);
    programme.seats(id);
    programme.confirmed(id);
    programme.going(id);
    programme.edges(id);
  }
  for (const { verifyingKey } of people) {
    programme.person(toHex(verifyingKey));
    programme.requests({ owner: toHex(verifyingKey) });
    programme.arrived(toHex(verifyingKey));
  }
  for (const page of programme.expired(berlin("18:30", "2030-01-01"))) assert.ok(page.length > 0);
}

test("a programme says the same in any order, in any batches, and after a rebuild", async () => {
  const seen: Record<string, number> = { booking: 0, outcome: 0, forgotten: 0, left: 0 };
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      const festival = someFestival(random, { operations: OPERATIONS });
      const boxes = [new FestivalBox(), new FestivalBox()] as const;
      for (const box of boxes) await tell(box, festival.logs, random);
      const tables = boxes[0].tables();
      assert.deepEqual(boxes[1].tables(), tables);
      for (const name of ["booking", "outcome", "forgotten"])
        seen[name] = (seen[name] ?? 0) + (tables[name]?.length ?? 0);
      seen["left"] =
        (seen["left"] ?? 0) + (tables["place"] as string[]).filter((row) => row.includes('"moved":1')).length;
      for (const box of boxes) {
        box.programme.rebuild();
        assert.deepEqual(box.tables(), tables);
      }
    }),
    { numRuns: 40 },
  );
  for (const [what, times] of Object.entries(seen)) assert.ok(times > 0, `no ${what} in all festivals`);
});

test("whatever part of the logs is here, every question has an answer, and the rest completes it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      const festival = someFestival(random, { operations: OPERATIONS });
      const cuts = festival.logs.map((log) => Math.floor(random() * (log.length + 1)));
      const box = new FestivalBox();
      await tell(
        box,
        festival.logs.map((log, index) => log.slice(0, cuts[index])),
        random,
      );
      askEverything(box, festival);
      await tell(
        box,
        festival.logs.map((log, index) => log.slice(cuts[index])),
        random,
      );
      askEverything(box, festival);
      const whole = new FestivalBox();
      await whole.hear(festival.logs.flat());
      assert.deepEqual(box.tables(), whole.tables());
    }),
    { numRuns: 15 },
  );
});

test("bodies that were dropped are gone from the programme, as after a rebuild", async () => {
  let dropped = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      const festival = someFestival(random, { operations: OPERATIONS });
      const box = new FestivalBox();
      await tell(box, festival.logs, random);
      const late = berlin("18:30", "2027-07-17");
      for (const page of box.programme.expired(late)) {
        box.drop(page);
        dropped += page.length;
      }
      assert.deepEqual([...box.programme.expired(late)], []);
      const tables = box.tables();
      box.programme.rebuild();
      assert.deepEqual(box.tables(), tables);
      askEverything(box, festival);
    }),
    { numRuns: 15 },
  );
  assert.ok(dropped > 10, `only ${dropped} bodies were dropped`);
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

test("a transaction that the medium refused leaves nothing to the next one", async () => {
  const [ada, ben, box] = [new Person("Ada"), new Person("Ben"), new FestivalBox()];
  box.database.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  await assert.rejects(box.hear([ada.venue("Barn"), ada.event("Lost")]));
  box.database.exec("DROP TRIGGER full");
  await box.hear([ben.event("Soup")]);
  assert.deepEqual([box.programme.events().map(({ title }) => title), box.programme.venues()], [["Soup"], []]);
  const tables = box.tables();
  box.programme.rebuild();
  assert.deepEqual(box.tables(), tables);
});

test("who somebody is changes nothing: with the keys permuted, the festival is the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const names = ["Ada", "Ben", "Cleo", "Dora"];
      const festivals = [names, names.toReversed()].map((some) =>
        someFestival(seededRandom(seed), { operations: OPERATIONS, names: some, isForked: false }),
      );
      const [one, other] = await Promise.all(
        festivals.map(async ({ logs }) => {
          const box = new FestivalBox();
          await box.hear(logs.flat());
          return box;
        }),
      );
      assert.deepEqual(counted(one), counted(other));
    }),
    { numRuns: 15 },
  );
});

/** The state as far as it says nothing about which key or id is which. */
function counted(box: FestivalBox | undefined): unknown {
  const { programme } = box ?? new FestivalBox();
  const events = programme.events().map(({ title, span, status, going, confirmed, places }) => ({
    title,
    span,
    status,
    going,
    confirmed,
    places: places.map(({ name, state }) => [name, state]),
  }));
  const requests = programme.requests({}).map(({ span, state, suggestion }) => ({ span, state, suggestion }));
  return { counts: programme.counts(), events: sorted(events), requests: sorted(requests) };
}

function sorted(values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(value)).sort();
}

// Two devices of one person write on the same documents (M-10, M-12): whatever arrives first, the link or what it allows.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readBody } from "../../../protocol/festival/body.ts";
import { toHex } from "../../../protocol/operation/bytes.ts";
import type { NewEntry } from "../../../sync/ports.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { berlin, docOf, exactly, FestivalBox, LOG_ID, Person } from "./festival-box.ts";
import { EIGHT, keyOf, NINE, someWriting } from "./linked-writing.ts";
import { tell } from "./some-festival.ts";

function link(from: Person, to: Person, more: { may?: string[]; until?: number } = {}): NewEntry {
  const other = keyOf(to);
  return from.write({ a: "set", s: "keylink/1", k: other, f: { other, may: ["event/1"], ...more } });
}

function titles(box: FestivalBox): string[] {
  return box.programme.events().map(({ title }) => title);
}

/** All orders of a few operations. */
function* orders(operations: readonly NewEntry[]): Generator<readonly NewEntry[]> {
  if (operations.length < 2) yield operations;
  else
    for (const [index, first] of operations.entries())
      for (const rest of orders(operations.toSpliced(index, 1))) yield [first, ...rest];
}

async function assertSame(box: FestivalBox): Promise<void> {
  const tables = box.tables();
  box.programme.rebuild();
  assert.deepEqual(box.tables(), tables);
}

test("what the other device changes counts in any order of arrival, the link before, after, or half of it last", async () => {
  const [laptop, phone] = [new Person("laptop"), new Person("phone")];
  const soup = laptop.event("Soup", { when: exactly(EIGHT) });
  const stew = phone.change(soup, { title: "Stew" });
  const parts = [soup, stew, link(laptop, phone), link(phone, laptop)];
  const one = new FestivalBox();
  await one.hear(parts);
  for (const order of orders(parts)) {
    const box = new FestivalBox();
    for (const part of order) await box.hear([part]);
    assert.deepEqual(titles(box), ["Stew"]);
    assert.deepEqual(box.tables(), one.tables());
    await assertSame(box);
  }
});

test("what only one side says gives nothing", async () => {
  for (const sides of [["laptop"], ["phone"]]) {
    const [laptop, phone, box] = [new Person("laptop"), new Person("phone"), new FestivalBox()];
    const soup = laptop.event("Soup");
    const said = [link(laptop, phone), link(phone, laptop)].filter((_, index) =>
      sides.includes(["laptop", "phone"][index] ?? ""),
    );
    await box.hear([
      soup,
      phone.change(soup, { title: "Stew" }),
      phone.write({ a: "delete", s: "event/1", d: docOf(soup) }),
      ...said,
    ]);
    assert.deepEqual(titles(box), ["Soup"]);
    assert.equal(box.programme.document(docOf(soup)).status, "shown");
    await assertSame(box);
  }
});

test("a linked key may write in the schemas that were named to it, and in no others", async () => {
  const [laptop, phone, box] = [new Person("laptop"), new Person("phone"), new FestivalBox()];
  const soup = laptop.event("Soup");
  const barn = laptop.venue("Barn");
  const renamed = phone.write({ a: "update", s: "resource/1", d: docOf(barn), f: { title: "Shed" } });
  await box.hear([
    soup,
    barn,
    phone.change(soup, { title: "Stew" }),
    renamed,
    link(laptop, phone),
    link(phone, laptop),
  ]);
  assert.deepEqual([titles(box), box.programme.venues()], [["Stew"], ["Barn"]]);
  await box.hear([link(laptop, phone, { may: ["resource/1"] })]);
  assert.deepEqual([titles(box), box.programme.venues()], [["Soup"], ["Shed"]]);
  await assertSame(box);
});

test("a closed link keeps what came before it closed", async () => {
  const [laptop, phone, box] = [new Person("laptop"), new Person("phone"), new FestivalBox()];
  const soup = laptop.event("Soup");
  const stew = phone.change(soup, { title: "Stew" });
  await box.hear([soup, stew, phone.change(soup, { title: "Stolen" }), link(laptop, phone), link(phone, laptop)]);
  assert.deepEqual(titles(box), ["Stolen"]);
  await box.hear([link(laptop, phone, { until: stew.seqNum })]);
  assert.deepEqual(titles(box), ["Stew"]);
  await assertSame(box);
});

test("the other device may withdraw, and its link going takes that back", async () => {
  const [laptop, phone, box] = [new Person("laptop"), new Person("phone"), new FestivalBox()];
  const soup = laptop.event("Soup");
  const gone = phone.write({ a: "delete", s: "event/1", d: docOf(soup) });
  await box.hear([soup, link(laptop, phone), link(phone, laptop), gone]);
  assert.equal(box.programme.document(docOf(soup)).status, "withdrawn");
  assert.deepEqual([...box.programme.expired(EIGHT)].flat().map(toHex), [docOf(soup)]);
  await assertSame(box);
  await box.hear([link(laptop, phone, { may: [] })]);
  assert.deepEqual(titles(box), ["Soup"]);
  await assertSame(box);
});

test("an event that the other device moved says when it was before", async () => {
  const [laptop, phone, box] = [new Person("laptop"), new Person("phone"), new FestivalBox()];
  const soup = laptop.event("Soup", { place: { text: "Barn" }, when: exactly(EIGHT) });
  const moved = phone.change(soup, { when: exactly(NINE) }, { at: berlin("12:00") });
  await box.hear([soup, link(laptop, phone), link(phone, laptop), moved]);
  const [slot] = box.door("Barn", berlin("21:10")).now;
  assert.deepEqual([slot?.title, slot?.wasStart], ["Soup", EIGHT]);
});

test("what the other device wrote is no change that waits for anything", async () => {
  const [laptop, phone, box] = [new Person("laptop"), new Person("phone"), new FestivalBox()];
  const soup = laptop.event("Soup");
  await box.hear([soup, phone.change(soup, { title: "Stew" })]);
  assert.equal(box.programme.counts().awaited, 1);
  await box.hear([link(laptop, phone), link(phone, laptop)]);
  assert.equal(box.programme.counts().awaited, 0);
});

test("linked devices write the same documents in any order, in any batches, and after a rebuild", async () => {
  const seen = { joint: 0, withdrawn: 0 };
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      const { logs } = someWriting(random);
      const boxes = [new FestivalBox(), new FestivalBox()] as const;
      for (const box of boxes) await tell(box, logs, random);
      const tables = boxes[0].tables();
      assert.deepEqual(boxes[1].tables(), tables);
      seen.joint += tables["joint"]?.length ?? 0;
      seen.withdrawn += (tables["joint"] as string[]).filter((row) => row.includes("withdrawn")).length;
      await assertSame(boxes[0]);
      const whole = new FestivalBox();
      await whole.hear(logs.flat());
      assert.deepEqual(whole.tables(), tables);
    }),
    { numRuns: 30 },
  );
  assert.ok(seen.joint > 10 && seen.withdrawn > 0, JSON.stringify(seen));
});

test("bodies that were dropped are gone from what linked devices wrote, as after a rebuild", async () => {
  let dropped = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      const { logs } = someWriting(random);
      const box = new FestivalBox();
      await tell(box, logs, random);
      const late = berlin("18:30", "2030-07-17");
      for (const page of box.programme.expired(late)) {
        box.drop(page);
        dropped += page.length;
      }
      await assertSame(box);
      assert.deepEqual([...box.programme.expired(late)], []);
      const some = logs.flat().filter(({ body }) => random() < 0.1 && !isWish(body));
      box.drop(some.map(({ id }) => id));
      await assertSame(box);
    }),
    { numRuns: 30 },
  );
  assert.ok(dropped > 5, `only ${dropped} bodies were dropped`);
});

/** The latest of these is kept whatever happens (SPEC.md §8.6). */
function isWish(bytes: Uint8Array = new Uint8Array()): boolean {
  const reading = readBody(bytes);
  return reading.status === "understood" && reading.body.s === "forget/1";
}

test("as long as one device says nothing of the other, its changes are as if never made", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      const { people, logs } = someWriting(random, { isMutual: false });
      const [all, alone] = [new FestivalBox(), new FestivalBox()];
      await tell(all, logs, random);
      await alone.hear(logs[0] ?? []);
      const mine = (box: FestivalBox) =>
        (box.tables()["event"] as string[]).filter((row) => row.includes(keyOf(people[0] as Person)));
      assert.deepEqual(mine(all), mine(alone));
      assert.deepEqual(all.tables()["joint"], []);
    }),
    { numRuns: 20 },
  );
});

test("a prune of one device takes its changes out of what both wrote", async () => {
  const [laptop, phone, box] = [new Person("laptop"), new Person("phone"), new FestivalBox()];
  const soup = laptop.event("Soup");
  await box.hear([soup, link(laptop, phone), link(phone, laptop), phone.change(soup, { title: "Stew" })]);
  const last = phone.write({ a: "create", s: "event/1", f: { title: "Bread" } }, { prune: true });
  await box.hear([last], { prunes: [{ author: phone.verifyingKey, logId: LOG_ID, seqNum: last.seqNum }] });
  assert.deepEqual(titles(box).sort(), ["Bread", "Soup"]);
  await assertSame(box);
});

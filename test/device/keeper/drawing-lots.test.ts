// Policy `random` in a box (M-27): requests are collected, lots are drawn once, and anybody can draw them again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { concatBytes, fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { CRYPTO, docOf, Person } from "../programme/festival-box.ts";
import { AnsweringBox, type SaidAnswer, span, type Wish, wish } from "./answering-box.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NAMES = ["Ada", "Ben", "Cleo", "Dan", "Eve"];

function wishes(room: string, names = NAMES): readonly Wish[] {
  return names.map((name) => wish(new Person(name), room, span("18:00", "20:00")));
}

async function hearAll(box: AnsweringBox, all: readonly Wish[]): Promise<void> {
  for (const { event, request } of all) await box.hear(event, request);
}

/** Subjects in the order in which the rule of SPEC.md §9.6 draws them, from nothing but answers. */
function drawnAgain(room: string, answers: readonly SaidAnswer[]): readonly string[] {
  const ids = answers.map(({ subject }) => subject).sort();
  const after = answers[0]?.fields["after"] as string;
  const seed = CRYPTO.hash(concatBytes(...[room, ...ids, after].map(fromHex)));
  const lot = (id: string) => toHex(CRYPTO.hash(concatBytes(seed, fromHex(id))));
  return ids.sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
}

test("lots are drawn ten minutes after the first request; one gets the slot, the others wait in drawn order", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ policy: "random" });
  await box.keep();
  const all = wishes(room);
  await hearAll(box, all);
  await box.pass(9 * MINUTE_MS);
  assert.deepEqual(await box.answers(), []);
  await box.pass(MINUTE_MS);
  assert.deepEqual(await box.verdicts(), ["accept", "wait", "wait", "wait", "wait"]);
  const answers = await box.answers();
  assert.deepEqual(
    answers.slice(1).map(({ subject }) => box.request(subject)?.state),
    [1, 2, 3, 4].map((position) => ({ state: "waiting", position })),
  );
  await box.pass(DAY_MS);
  assert.equal((await box.answers()).length, 5, "lots are drawn once");
});

test("anybody can draw the lots again from the answers alone", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ policy: "random" });
  await box.keep();
  await hearAll(box, wishes(room));
  await box.write({ a: "create", s: "note/1", f: { text: "written while people may still ask" } });
  await box.pass(10 * MINUTE_MS);
  const answers = await box.answers();
  assert.deepEqual(
    drawnAgain(room, answers),
    answers.map(({ subject }) => subject),
  );
  assert.ok(
    answers.every(({ fields }) => fields["after"] === room),
    "the seed hangs on what was written before anybody asked",
  );
});

test("who was first to ask does not win more often", async () => {
  const winners = new Set<number>();
  for (let round = 0; round < 12; round++) {
    const box = await AnsweringBox.open();
    const room = await box.room({ policy: "random", title: `Barn ${round}` });
    await box.keep();
    const all = wishes(room, ["Ada", "Ben", "Cleo"]);
    await hearAll(box, all);
    await box.pass(10 * MINUTE_MS);
    winners.add(all.findIndex(({ request }) => box.stateOf(request) === "confirmed"));
  }
  assert.deepEqual([...winners].sort(), [0, 1, 2]);
});

test("a window goes on over a restart, and one that ended meanwhile is drawn at once", async () => {
  for (const { offMinutes, leftMinutes } of [
    { offMinutes: 3, leftMinutes: 3 },
    { offMinutes: 60, leftMinutes: 0 },
  ]) {
    const box = await AnsweringBox.open();
    const room = await box.room({ policy: "random" });
    await box.keep();
    const all = wishes(room);
    await hearAll(box, all.slice(0, 2));
    await box.pass(4 * MINUTE_MS);
    const again = await box.restarted(offMinutes * MINUTE_MS);
    await again.write({ a: "create", s: "note/1", f: { text: "written after the restart" } });
    await again.keep();
    await hearAll(again, all.slice(2));
    if (leftMinutes > 0) {
      await again.pass((leftMinutes - 1) * MINUTE_MS);
      assert.deepEqual(await again.answers(), []);
      await again.pass(MINUTE_MS);
      assert.equal((await again.answers()).length, 5);
    } else {
      assert.deepEqual((await again.verdicts()).slice(0, 2), ["accept", "wait"]);
    }
    assert.equal((await again.answers())[0]?.fields["after"], room);
  }
});

test("a second window is a window of its own, also after a restart", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ policy: "random" });
  await box.keep();
  const all = wishes(room);
  await hearAll(box, all.slice(0, 2));
  await box.pass(10 * MINUTE_MS);
  const again = await box.restarted(60 * MINUTE_MS);
  await again.keep();
  await hearAll(again, all.slice(2, 3));
  await again.pass(9 * MINUTE_MS);
  assert.equal((await again.answers()).length, 2);
  await again.pass(MINUTE_MS);
  assert.deepEqual(await again.verdicts(), ["accept", "wait", "wait"]);
});

test("a clock that is set right meanwhile neither ends a window nor makes it longer", async () => {
  for (const jump of [DAY_MS, -DAY_MS]) {
    const box = await AnsweringBox.open();
    const room = await box.room({ policy: "random" });
    await box.keep();
    await hearAll(box, wishes(room));
    box.clock.jump(jump);
    await box.pass(9 * MINUTE_MS);
    assert.deepEqual(await box.answers(), []);
    await box.pass(MINUTE_MS);
    assert.equal((await box.answers()).length, 5);
  }
});

test("where lots are drawn the day before, what begins on later days is not drawn yet", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ policy: "random" });
  await box.keep({ collecting: "day before" });
  const near = wish(new Person("Ada"), room, span("18:00", "20:00", "2026-07-19"));
  const far = wish(new Person("Ben"), room, span("18:00", "20:00", "2026-07-21"));
  await box.hear(near.event, near.request, far.event, far.request);
  await box.pass(29 * 60 * MINUTE_MS);
  assert.deepEqual(await box.answers(), []);
  await box.pass(60 * MINUTE_MS);
  assert.deepEqual([box.stateOf(near.request), box.stateOf(far.request)], ["confirmed", "open"]);
  await box.pass(2 * DAY_MS);
  assert.equal(box.stateOf(far.request), "confirmed");
});

test("when the winner gives back, who waits moves up in drawn order", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ policy: "random" });
  await box.keep();
  const people = new Map<string, Person>();
  for (const name of NAMES) {
    const person = new Person(name);
    const { event, request } = wish(person, room, span("18:00", "20:00"));
    people.set(docOf(request), person);
    await box.hear(event, request);
  }
  await box.pass(10 * MINUTE_MS);
  const [winner, next] = (await box.answers()).map(({ subject }) => subject) as [string, string];
  await box.hear((people.get(winner) as Person).write({ a: "delete", s: "request/1", d: winner }));
  const answers = await box.answers();
  assert.deepEqual(
    answers.slice(5).map(({ verdict, subject }) => [verdict, subject]),
    [
      ["release", winner],
      ["accept", next],
    ],
  );
});

test("who moves after the draw gives the old time back and takes part in the next one", async () => {
  const box = await AnsweringBox.open();
  const room = await box.room({ policy: "random" });
  await box.keep();
  const ada = new Person("Ada");
  const { event, request } = wish(ada, room, span("18:00", "20:00"));
  await box.hear(event, request);
  await box.pass(10 * MINUTE_MS);
  await box.hear(ada.write({ a: "update", s: "request/1", d: docOf(request), f: span("19:00", "21:00") }));
  await box.pass(10 * MINUTE_MS);
  assert.deepEqual(await box.verdicts(), ["accept", "release", "accept"]);
  await box.pass(DAY_MS);
  assert.equal((await box.answers()).length, 3);
});

// Who holds what (SPEC.md §9.2, §9.3; M-20 to M-23, M-30, M-32): a fold over one log.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnswerEntry } from "../../../protocol/festival/answers-in-force.ts";
import { occupancy } from "../../../protocol/festival/occupancy.ts";
import { overruled } from "../../../protocol/festival/overruled.ts";
import type { AnswerFields } from "../../../protocol/festival/schema/answer.ts";
import { ADA, AnswerLog, BEN, hours, id, occupancyOf, ROOM, roomOf, told } from "./answering.ts";

const room = roomOf(ADA);

test("the first accept in the log holds, a second one for the same hour is void", () => {
  const log = new AnswerLog(ADA).accept("a", hours(18, 20)).accept("b", hours(19, 21));
  assert.equal(told(occupancyOf(room, log)), "a: held, b: void");
});

test("back to back is no clash (M-22)", () => {
  const log = new AnswerLog(ADA).accept("a", hours(18, 20)).accept("b", hours(20, 21)).accept("c", hours(17, 18));
  assert.equal(told(occupancyOf(room, log)), "a: held, b: held, c: held");
});

test("as many hold at one instant as there are, by quantity", () => {
  const of = 100;
  const log = new AnswerLog(ADA)
    .accept("a", hours(10, 12), { of, quantity: 60 })
    .accept("b", hours(11, 13), { of, quantity: 41 })
    .accept("c", hours(11, 13), { of, quantity: 40 })
    .accept("d", hours(12, 14), { of, quantity: 60 })
    .accept("e", hours(9, 15), { of, quantity: 1 });
  assert.equal(told(occupancyOf(room, log)), "a: held, b: void, c: held, d: held, e: void");
});

test("what has no limit is never taken (D-20)", () => {
  const log = new AnswerLog(ADA);
  for (let n = 0; n < 50; n++) log.accept(`${n}`, hours(10, 12), { of: 0, quantity: 1_000_000 });
  const outcomes = [...occupancyOf(room, log).outcomes.values()];
  assert.ok(outcomes.every((outcome) => outcome.state === "held" && !outcome.shares));
});

test("only a release or a reject frees a slot, and a later accept takes its own place in the order", () => {
  const log = new AnswerLog(ADA).accept("a", hours(18, 20)).say("release", "a").accept("b", hours(18, 20));
  assert.equal(told(occupancyOf(room, log)), "a: release, b: held");
  log.accept("a", hours(18, 20));
  assert.equal(told(occupancyOf(room, log)), "a: void, b: held");
  log.say("reject", "b").accept("a", hours(18, 20));
  assert.equal(told(occupancyOf(room, log)), "a: held, b: reject");
});

test("a second accept for what is held changes nothing; a changed span is a release and an accept", () => {
  const log = new AnswerLog(ADA).accept("a", hours(18, 20)).accept("a", hours(10, 11)).accept("b", hours(10, 11));
  assert.equal(told(occupancyOf(room, log)), "a: held, b: held");
  log.say("release", "a").accept("a", hours(12, 13)).accept("c", hours(18, 20));
  assert.equal(told(occupancyOf(room, log)), "a: held, b: held, c: held");
});

test("to wait holds nothing, takes no hold away, and keeps the order in which waiting began", () => {
  const log = new AnswerLog(ADA).say("wait", "a").say("wait", "b").say("wait", "a").accept("c", hours(18, 20));
  log.say("wait", "c").say("wait", "d").say("reject", "a").say("wait", "a");
  const { waiting, outcomes } = occupancyOf(room, log);
  assert.deepEqual(waiting, ["b", "d", "a"]);
  assert.equal(outcomes.get("c")?.state, "held");
});

test("a forced accept holds beyond the limit, and all concerned share the room until it is one again", () => {
  const log = new AnswerLog(ADA)
    .accept("a", hours(18, 20))
    .accept("b", hours(20, 22))
    .accept("c", hours(19, 20), { force: true });
  const sharing = () => [...occupancyOf(room, log).outcomes].filter(([, one]) => one.state === "held" && one.shares);
  assert.deepEqual(
    sharing().map(([subject]) => subject),
    ["a", "c"],
  );
  log.say("release", "c");
  assert.deepEqual(sharing(), []);
});

test("who raises the limit makes nobody share", () => {
  const log = new AnswerLog(ADA).accept("a", hours(18, 20)).accept("b", hours(18, 20), { of: 2 });
  const outcomes = [...occupancyOf(room, log).outcomes.values()];
  assert.ok(outcomes.every((outcome) => outcome.state === "held" && !outcome.shares));
});

test("what is used up stays used up: the sum of what was given never exceeds what there is (D-32)", () => {
  const funds = roomOf(ADA, { quantity: 500, consumable: true });
  const log = new AnswerLog(ADA)
    .accept("a", hours(18, 20), { of: 500, quantity: 300 })
    .accept("b", hours(8, 9), { of: 500, quantity: 201 })
    .accept("c", hours(30, 31), { of: 500, quantity: 200 });
  assert.equal(told(occupancyOf(funds, log)), "a: held, b: void, c: held");
  log.say("release", "a").accept("b", hours(8, 9), { of: 500, quantity: 201 });
  assert.equal(told(occupancyOf(funds, log)), "a: release, b: held, c: held");
});

test("more was promised than its owner has, since the owner has less by now (M-23)", () => {
  const log = new AnswerLog(ADA).accept("a", hours(18, 20), { of: 3 });
  assert.equal(occupancyOf(roomOf(ADA, { quantity: 3 }), log).moreThanOwned, false);
  assert.equal(occupancyOf(roomOf(ADA, { quantity: 2 }), log).moreThanOwned, true);
  assert.equal(occupancyOf(roomOf(ADA, { quantity: 0 }), log).moreThanOwned, false);
  assert.equal(occupancyOf(room, new AnswerLog(ADA)).moreThanOwned, false);
});

test("only the answerer answers, and only for the thing that it answers for (M-20)", () => {
  const ada = new AnswerLog(ADA)
    .accept("a", hours(18, 20))
    .say("accept", "x", { resource: id(1), hold: hours(8, 9), of: 1 });
  const ben = new AnswerLog(BEN).accept("b", hours(10, 12));
  assert.equal(told(occupancyOf(room, ada, ben)), "a: held");
  assert.equal(told(occupancyOf(roomOf(ADA, { answerer: BEN }), ada, ben)), "b: held");
});

test("after a handover the former answerer counts up to the operation named, then the new one goes on (M-30)", () => {
  const ada = new AnswerLog(ADA).accept("a", hours(18, 20)).accept("b", hours(10, 11)).accept("c", hours(12, 13));
  const ben = new AnswerLog(BEN).accept("d", hours(19, 21)).accept("e", hours(12, 13)).say("release", "a");
  const handedOver = roomOf(ADA, { answerer: BEN, answerFrom: [{ key: ADA, seq: 1 }] });
  assert.equal(told(occupancyOf(handedOver, ben, ada)), "a: release, b: held, d: void, e: held");
});

test("who takes the duty back goes on after the own former answers, and none counts twice (M-30)", () => {
  const ada = new AnswerLog(ADA).accept("a", hours(18, 20)).say("release", "b").accept("b", hours(10, 12));
  const ben = new AnswerLog(BEN).accept("b", hours(18, 20)).say("release", "a").accept("b", hours(18, 20));
  const terms = [
    { key: ADA, seq: 0 },
    { key: BEN, seq: 2 },
  ];
  const occupied = occupancyOf(roomOf(ADA, { answerFrom: terms }), ada, ben);
  assert.equal(told(occupied), "a: release, b: held");
  assert.deepEqual((occupied.outcomes.get("b") as { hold: unknown }).hold, hours(10, 12));
});

test("a peer that lacks what the former answerer said knows that it has not heard all (M-30)", () => {
  const ada = new AnswerLog(ADA).accept("a", hours(18, 20)).skip(4);
  const ben = new AnswerLog(BEN).accept("b", hours(18, 20));
  const handedOver = roomOf(ADA, { answerer: BEN, answerFrom: [{ key: ADA, seq: 4 }] });
  assert.equal(occupancyOf(handedOver, ada, ben).partlyHeard, false);
  assert.equal(occupancyOf(handedOver, ben).partlyHeard, true);
  const partly = new Map([[ADA, { height: 3 }]]);
  assert.equal(occupancy(handedOver, ada.entries, partly).partlyHeard, true);
});

test("of a forked log the branch counts whose first operation has the lower id, to its end (M-32)", () => {
  const fork = [
    { seqNum: 0, id: id(7) },
    { seqNum: 1, id: id(20), backlink: id(7) },
    { seqNum: 1, id: id(10), backlink: id(7) },
    { seqNum: 2, id: id(1), backlink: id(20) },
    { seqNum: 2, id: id(30), backlink: id(10) },
    { seqNum: 3, id: id(2), backlink: id(1) },
  ];
  assert.deepEqual([...overruled(fork)].sort(), [id(1), id(2), id(20)]);
  assert.deepEqual(overruled(fork.toReversed()), overruled(fork));
  assert.deepEqual([...overruled(fork.filter(({ id: one }) => one !== id(10) && one !== id(30)))], []);
});

test("an answerer that said two things in one place contradicts itself (M-32)", () => {
  const [low, high] = [id(10), id(20)];
  const at = (entry: Partial<AnswerEntry>) => new AnswerLog(ADA).accept("a", hours(18, 20), entry).entries;
  const entries = [...at({ id: high, subject: "b" }), ...at({ id: low })];
  const links = entries.map((entry) => ({ seqNum: entry.seqNum, id: entry.id }));
  const forked = occupancy(room, entries, new Map([[ADA, { height: 0, overruled: overruled(links) }]]));
  assert.deepEqual([told(forked), forked.contradictory], ["a: held", true]);
  const unaware = occupancy(room, entries, new Map());
  assert.deepEqual([told(unaware), unaware.contradictory], ["a: held", true]);
  assert.equal(occupancyOf(room, new AnswerLog(ADA).accept("a", hours(18, 20))).contradictory, false);
});

test("a read answer is an answer to fold", () => {
  const fields: AnswerFields = {
    subject: id(5),
    resource: ROOM,
    version: id(6),
    verdict: "accept",
    start: 0,
    end: 60,
    hold: hours(0, 1),
    of: 1,
    policy: "auto",
  };
  const entry: AnswerEntry = { author: ADA, seqNum: 0, id: id(9), ...fields };
  assert.equal(told(occupancy(room, [entry], new Map())), `${id(5)}: held`);
});

// Drawing lots for a slot (SPEC.md §9.6, M-27): repeatable by anybody, fair, and never beyond the limit.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BookableResource, RequestToDecide } from "../../../protocol/festival/decide.ts";
import { draw } from "../../../protocol/festival/draw.ts";
import { createToyCrypto } from "../../support/toy-crypto.ts";
import { ADA, AnswerLog, hours, id, occupancyOf, ROOM, roomOf } from "./answering.ts";
import { minuteOfWeek } from "./minute-of-week.ts";

const { hash } = createToyCrypto();
const RESOURCE: BookableResource = { doc: ROOM, fields: { policy: "random", quantity: 1, open: [hours(10, 22)] } };

function ask(n: number, from = 18, to = 20): RequestToDecide {
  return { id: id(n), version: id(n), asked: { ...hours(from, to), quantity: 1 }, event: "planned" };
}

/** "accept 3, wait 1", for a device whose last operation was `last`. */
function lots(requests: readonly RequestToDecide[], last = 0, log = new AnswerLog(ADA)): readonly string[] {
  const occupancy = occupancyOf(roomOf(ADA), log);
  const decisions = draw(requests, RESOURCE, { occupancy, minuteOfWeek, hash, lastOperation: id(last) });
  return decisions.map(({ verdict, subject, policy }) => {
    assert.equal(policy, "random");
    return `${verdict} ${Number.parseInt(subject, 16)}`;
  });
}

test("one of those who ask for a slot gets it, the others wait in drawn order", () => {
  const drawn = lots([ask(1), ask(2), ask(3)]);
  assert.deepEqual(drawn.map((one) => one.slice(0, 4)).sort(), ["acce", "wait", "wait"]);
  assert.deepEqual(drawn.map((one) => one.slice(-1)).sort(), ["1", "2", "3"]);
});

test("anybody can repeat a draw, in whatever order the requests came", () => {
  const requests = [ask(1), ask(2), ask(3), ask(4)];
  assert.deepEqual(lots(requests.toReversed()), lots(requests));
});

test("the draw hangs on what the answerer had said before, and on who asks", () => {
  const requests = Array.from({ length: 8 }, (_, n) => ask(n));
  assert.notDeepEqual(lots(requests, 1), lots(requests, 2));
  const others = lots([...requests, ask(9)]).filter((one) => !one.endsWith(" 9"));
  assert.notDeepEqual(
    others.map((one) => one.split(" ")[1]),
    lots(requests).map((one) => one.split(" ")[1]),
  );
});

test("a first operation needs none before it", () => {
  const occupancy = occupancyOf(roomOf(ADA), new AnswerLog(ADA));
  assert.equal(draw([ask(1)], RESOURCE, { occupancy, minuteOfWeek, hash })[0]?.verdict, "accept");
});

test("everybody gets the slot about as often as everybody else", () => {
  const rounds = 3_000;
  const wins = [0, 0, 0];
  const requests = [ask(0), ask(1), ask(2)];
  for (let round = 0; round < rounds; round++) {
    const winner = lots(requests, round).find((one) => one.startsWith("accept")) ?? "";
    wins[Number(winner.slice(-1))] = (wins[Number(winner.slice(-1))] ?? 0) + 1;
  }
  for (const count of wins) assert.ok(count > 900 && count < 1_100, wins.join(", "));
});

test("several get slots that do not overlap", () => {
  const drawn = lots([ask(1, 10, 12), ask(2, 12, 14), ask(3, 14, 16)]);
  assert.ok(drawn.every((one) => one.startsWith("accept")));
});

test("what is taken before the draw is not drawn again, and a closed hour is refused instead of queued", () => {
  const log = new AnswerLog(ADA).accept(id(7), hours(18, 19));
  assert.deepEqual(lots([ask(1)], 0, log), ["wait 1"]);
  assert.deepEqual(lots([ask(1, 9, 11)]), ["reject 1"]);
});

test("who was answered, or whose event is not here, does not take part", () => {
  const { event: _, ...orphan } = ask(2);
  const log = new AnswerLog(ADA).accept(id(7), hours(18, 20)).say("reject", id(8));
  assert.deepEqual(lots([ask(7), ask(8), orphan], 0, log), []);
});

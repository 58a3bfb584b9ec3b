// What an answerer's device says by itself (SPEC.md §9.6; M-25, M-26, M-28, M-39): by policy, in the order of arrival.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type BookableResource, decide, type RequestToDecide } from "../../../protocol/festival/decide.ts";
import { requestState } from "../../../protocol/festival/request-state.ts";
import { ADA, AnswerLog, hours, occupancyOf, ROOM, roomOf } from "./answering.ts";
import { minuteOfWeek } from "./minute-of-week.ts";

function bookable(fields: Partial<BookableResource["fields"]> = {}): BookableResource {
  return { doc: ROOM, fields: { policy: "auto", quantity: 1, ...fields } };
}

function ask(id: string, from: number, to: number, more: Partial<RequestToDecide> = {}): RequestToDecide {
  return { id, version: `${id}1`, asked: { ...hours(from, to), quantity: 1 }, event: "planned", ...more };
}

/** "accept a" or "reject a taken", as the device writes it into its log. */
function answer(log: AnswerLog, request: RequestToDecide, resource = bookable(), now?: number): string {
  const occupancy = occupancyOf(roomOf(ADA, resource.fields), log);
  const decisions = decide(request, resource, { occupancy, minuteOfWeek, ...(now !== undefined && { now }) });
  for (const { verdict, subject, reason: _, ...more } of decisions) log.say(verdict, subject, more);
  return decisions.map(({ verdict, subject, reason }) => [verdict, subject, reason].join(" ").trim()).join(", ");
}

function stateOf(log: AnswerLog, request: RequestToDecide): string {
  return requestState(request, occupancyOf(roomOf(ADA), log)).state;
}

test("B2: two requests for one slot: exactly one accept, for the one that came first", () => {
  const log = new AnswerLog(ADA);
  assert.equal(answer(log, ask("q", 18, 20)), "accept q");
  assert.equal(answer(log, ask("p", 19, 21)), "reject p taken");
  assert.deepEqual([stateOf(log, ask("q", 18, 20)), stateOf(log, ask("p", 19, 21))], ["confirmed", "declined"]);
});

test("what was answered is not answered again", () => {
  const log = new AnswerLog(ADA);
  for (const request of [ask("q", 18, 20), ask("p", 19, 21)]) {
    answer(log, request);
    assert.equal(answer(log, request), "");
    assert.equal(answer(log, { ...request, version: "other note" }), "");
  }
});

test("an answer says all that occupancy is computed from", () => {
  const resource = bookable({ lead: 60, tail: 30, quantity: 4 });
  const occupancy = occupancyOf(roomOf(ADA), new AnswerLog(ADA));
  const [decision] = decide(ask("a", 18, 20), resource, { occupancy, minuteOfWeek, now: 0 });
  assert.deepEqual(decision, {
    verdict: "accept",
    subject: "a",
    resource: ROOM,
    version: "a1",
    policy: "auto",
    ...hours(18, 20),
    hold: hours(17, 20.5),
    quantity: 1,
    of: 4,
  });
});

test("set-up and cleaning of one event keep the next one out", () => {
  const log = new AnswerLog(ADA);
  const resource = bookable({ tail: 30 });
  assert.equal(answer(log, ask("a", 18, 20), resource), "accept a");
  assert.equal(answer(log, ask("b", 20, 21), resource), "reject b taken");
  assert.equal(answer(log, ask("c", 20.5, 21), resource), "accept c");
});

test("a request for a closed hour, for no whole slot or for more than there is, is refused with the reason", () => {
  const resource = bookable({ open: [hours(10, 22)], slotMinutes: 60, quantity: 3 });
  const refused = (request: RequestToDecide) => answer(new AnswerLog(ADA), request, resource);
  assert.equal(refused(ask("a", 9, 11)), "reject a closed");
  assert.equal(refused(ask("a", 10.5, 11)), "reject a off the grid");
  assert.equal(refused(ask("a", 10, 11, { asked: { ...hours(10, 11), quantity: 4 } })), "reject a taken");
  assert.equal(refused(ask("a", 10, 11, { asked: { ...hours(10, 11), quantity: 3 } })), "accept a");
});

test("what needs set-up needs notice, and a clock that is sure (M-39)", () => {
  const resource = bookable({ lead: 60 });
  const at = (hour: number) => answer(new AnswerLog(ADA), ask("a", 18, 20), resource, hour * 3600);
  assert.equal(at(17), "accept a");
  assert.equal(at(17.5), "reject a short notice");
  assert.equal(answer(new AnswerLog(ADA), ask("a", 18, 20), resource), "");
  assert.equal(answer(new AnswerLog(ADA), ask("a", 18, 20)), "accept a");
});

test("whoever moves gives the old time back and asks for the new one (M-16)", () => {
  const log = new AnswerLog(ADA);
  answer(log, ask("a", 18, 20));
  assert.equal(answer(log, ask("a", 19, 21)), "release a, accept a");
  assert.equal(answer(log, ask("b", 18, 19)), "accept b");
  assert.equal(answer(log, ask("a", 18, 20)), "release a, reject a taken");
  assert.equal(answer(log, ask("a", 20, 21)), "accept a");
});

test("whoever asks for less keeps what was granted", () => {
  const log = new AnswerLog(ADA);
  answer(log, ask("a", 18, 20));
  assert.equal(answer(log, ask("a", 18, 19)), "");
});

test("what is withdrawn or dead is released, under every policy, and never comes back to life (M-25)", () => {
  for (const gone of [{ asked: "withdrawn" }, { event: "cancelled" }, { event: "withdrawn" }] as const) {
    for (const policy of ["auto", "manual", "random", "ask", "none"] as const) {
      const log = new AnswerLog(ADA);
      answer(log, ask("a", 18, 20));
      assert.equal(answer(log, ask("b", 18, 20)), "reject b taken");
      assert.equal(answer(log, ask("a", 18, 20, gone), bookable({ policy })), "release a");
      assert.equal(answer(log, ask("a", 18, 20, gone), bookable({ policy })), "");
      assert.equal(answer(log, ask("a", 18, 20)), "");
      assert.equal(answer(log, ask("c", 18, 20)), "accept c");
    }
  }
});

test("what was never held is not released", () => {
  assert.equal(answer(new AnswerLog(ADA), ask("a", 18, 20, { event: "cancelled" })), "");
});

test("only auto answers by itself: nothing is promised before a person, a program or a draw decides (M-28)", () => {
  for (const policy of ["manual", "random", "ask", "none"] as const) {
    assert.equal(answer(new AnswerLog(ADA), ask("a", 18, 20), bookable({ policy })), "");
  }
});

test("a request for an event that is not here yet waits for it", () => {
  const { event: _, ...orphan } = ask("a", 18, 20);
  assert.equal(answer(new AnswerLog(ADA), orphan), "");
  assert.equal(answer(new AnswerLog(ADA), { id: "a", version: "a1", event: "planned" }), "");
});

test("what is used up cannot be had again later (D-32)", () => {
  const resource = bookable({ consumable: true, quantity: 2 });
  const log = new AnswerLog(ADA);
  assert.equal(answer(log, ask("a", 18, 20), resource), "accept a");
  assert.equal(answer(log, ask("b", 30, 31), resource), "accept b");
  assert.equal(answer(log, ask("c", 8, 9), resource), "reject c taken");
});

// What a request and an event have come to (SPEC.md §9.4; M-24, M-25, M-31, M-33, D-30).
import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmed, type EventRequest } from "../../../protocol/festival/confirmed.ts";
import { type RequestSeen, requestState } from "../../../protocol/festival/request-state.ts";
import { ADA, AnswerLog, BEN, hours, occupancyOf, roomOf } from "./answering.ts";

const SPAN = hours(18, 20);
const REQUEST: RequestSeen = { id: "a", asked: { ...SPAN, quantity: 2 }, event: "planned" };
const GRANTED = { ...SPAN, hold: hours(17, 21), of: 5, quantity: 2 };

/** The state of a request after these answers. */
function stateOf(request: RequestSeen, log = new AnswerLog(ADA)): string {
  return requestState(request, occupancyOf(roomOf(ADA, { quantity: 5 }), log)).state;
}

function granted(): AnswerLog {
  return new AnswerLog(ADA).say("accept", "a", GRANTED);
}

test("a request is open until it is answered, however long ago it was made (M-29)", () => {
  assert.equal(stateOf(REQUEST), "open");
  assert.equal(stateOf(REQUEST, new AnswerLog(ADA).say("reject", "b")), "open");
});

test("an accept confirms what it grants: the span of the event, not its set-up and cleaning", () => {
  const state = requestState(REQUEST, occupancyOf(roomOf(ADA), granted()));
  assert.deepEqual(state, { state: "confirmed", grant: { ...SPAN, quantity: 2 }, shares: false });
});

test("an accept that names only its hold grants all of it", () => {
  const log = new AnswerLog(ADA).accept("a", hours(17, 21), { quantity: 2, of: 2 });
  assert.equal(stateOf({ ...REQUEST, asked: { ...hours(17, 21), quantity: 2 } }, log), "confirmed");
});

test("an overbooked accept leaves the request open", () => {
  const log = new AnswerLog(ADA).accept("b", SPAN).accept("a", SPAN, { quantity: 2 });
  assert.equal(stateOf(REQUEST, log), "open");
});

test("whoever asks for more or another time is open again; for less, still confirmed (M-16, M-31)", () => {
  const asking = (asked: RequestSeen["asked"]) => requestState({ ...REQUEST, ...(asked && { asked }) }, occupied);
  const occupied = occupancyOf(roomOf(ADA), granted());
  const grant = { ...SPAN, quantity: 2 };
  assert.deepEqual(asking({ ...hours(17, 20), quantity: 2 }), { state: "open", grant });
  assert.deepEqual(asking({ ...hours(18, 21), quantity: 2 }), { state: "open", grant });
  assert.deepEqual(asking({ ...SPAN, quantity: 3 }), { state: "open", grant });
  assert.equal(asking({ ...hours(19, 20), quantity: 1 }).state, "confirmed");
});

test("a declined request stays declined until it asks for something else than was declined (M-31)", () => {
  const bare = new AnswerLog(ADA).say("reject", "a");
  assert.equal(stateOf(REQUEST, bare), "declined");
  const exact = new AnswerLog(ADA).say("reject", "a", { ...SPAN, quantity: 2 });
  assert.equal(stateOf(REQUEST, exact), "declined");
  assert.equal(stateOf({ ...REQUEST, asked: { ...hours(10, 12), quantity: 2 } }, exact), "open");
  assert.equal(stateOf({ ...REQUEST, asked: { ...SPAN, quantity: 1 } }, exact), "open");
});

test("who waits knows the place in the row", () => {
  const log = new AnswerLog(ADA).say("wait", "b").say("wait", "a");
  assert.deepEqual(requestState(REQUEST, occupancyOf(roomOf(ADA), log)), { state: "waiting", position: 2 });
});

test("what was released stays released until it is accepted anew (M-25)", () => {
  const log = granted().say("release", "a");
  assert.equal(stateOf(REQUEST, log), "released");
  assert.equal(stateOf({ ...REQUEST, asked: { ...hours(10, 12), quantity: 1 } }, log), "released");
  assert.equal(stateOf(REQUEST, log.say("accept", "a", GRANTED)), "confirmed");
});

test("withdrawn by its author, or dead with its event, whatever was answered (M-24, M-25)", () => {
  for (const log of [new AnswerLog(ADA), granted(), new AnswerLog(ADA).say("reject", "a")]) {
    assert.equal(stateOf({ ...REQUEST, asked: "withdrawn" }, log), "withdrawn");
    assert.equal(stateOf({ ...REQUEST, event: "cancelled" }, log), "dead");
    assert.equal(stateOf({ ...REQUEST, event: "withdrawn" }, log), "dead");
    assert.equal(stateOf({ id: "a", asked: "withdrawn" }, log), "withdrawn");
  }
  assert.equal(stateOf({ ...REQUEST, event: "postponed" }, granted()), "confirmed");
});

test("an answer to what is not here yet is half heard (M-24)", () => {
  const { id, asked = "withdrawn" } = REQUEST;
  assert.equal(stateOf({ id, event: "planned" }, granted()), "half heard");
  assert.equal(stateOf({ id, asked }, granted()), "half heard");
  assert.equal(stateOf({ id, asked }), "open");
});

test("an accept by a key that does not answer for the resource confirms nothing (M-20)", () => {
  assert.equal(stateOf(REQUEST, new AnswerLog(BEN).say("accept", "a", GRANTED)), "open");
});

function asks(author: string, resource: string, state: EventRequest["state"], span = SPAN): EventRequest {
  return { author, resource, asked: { ...span, quantity: 1 }, state };
}

test("three of four is 75 % confirmed; a stale answer counts as open (D-30)", () => {
  const requests = ["room", "beamer", "cook"].map((resource) => asks(ADA, resource, "confirmed"));
  const four = confirmed(ADA, [...requests, asks(ADA, "van", "open")]);
  assert.deepEqual(four, { asked: 4, accepted: 3, percent: 75, suggestions: [] });
  assert.equal(confirmed(ADA, [...requests.slice(1), asks(ADA, "van", "released")]).percent, 66);
});

test("an event that asks for nothing needs nothing, and has no percent (D-30)", () => {
  assert.deepEqual(confirmed(ADA, []), { asked: 0, accepted: 0, suggestions: [] });
  assert.deepEqual(confirmed(ADA, [asks(ADA, "room", "withdrawn")]), { asked: 0, accepted: 0, suggestions: [] });
});

test("what others ask for is a suggestion until the event's author asks for the same (M-33)", () => {
  const suggestion = asks(BEN, "room", "confirmed");
  assert.deepEqual(confirmed(ADA, [suggestion, asks(ADA, "van", "open")]), {
    asked: 1,
    accepted: 0,
    percent: 0,
    suggestions: [suggestion],
  });
  const adopted = confirmed(ADA, [suggestion, asks(ADA, "room", "declined")]);
  assert.deepEqual(adopted, { asked: 1, accepted: 1, percent: 100, suggestions: [] });
  const elsewhen = confirmed(ADA, [suggestion, asks(ADA, "room", "open", hours(10, 12))]);
  assert.equal(elsewhen.accepted, 0);
});

test("two own requests for one resource are two needs", () => {
  const requests = [asks(ADA, "room", "confirmed"), asks(ADA, "room", "open", hours(19, 20))];
  assert.deepEqual([confirmed(ADA, requests).asked, confirmed(ADA, requests).accepted], [2, 1]);
});

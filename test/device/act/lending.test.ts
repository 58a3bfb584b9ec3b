// Asking, answering, giving back: what is warned of before, what is refused, and what stands in the log afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo, type Question, release } from "../../../device/act/answer.ts";
import { askFor, knownClash, wishedSpan } from "../../../device/act/ask.ts";
import type { BodyToWrite } from "../../../protocol/festival/body.ts";
import type { CborMap } from "../../../protocol/operation/cbor.ts";
import { ADA, at, BEN, barn, fieldsOf, heldAfter, id, made, request, soup } from "./festival.ts";

const MONDAY_NOON = () => 12 * 60;

function question(answers: readonly BodyToWrite[] = [], resource = barn(), asked = request()): Question {
  return { request: asked, resource, occupancy: heldAfter(resource, answers), gone: [] };
}

function accepted(asked = request(), resource = barn(), before: readonly BodyToWrite[] = []): readonly BodyToWrite[] {
  return [...before, ...answerTo(question(before, resource, asked), { verdict: "accept" }, ADA)];
}

const other = made("request/1", "4", { event: id("5"), resource: id("2"), start: at("19:00"), end: at("21:00") }, BEN);

test("whoever asks, asks for the time of the event", () => {
  assert.deepEqual(fieldsOf(askFor({ event: soup(), resource: barn() })), {
    event: id("1"),
    resource: id("2"),
    start: at("18:00"),
    end: at("20:00"),
  });
  const span = { start: at("17:00"), end: at("21:00") };
  assert.deepEqual(wishedSpan({ event: soup({ when: { m: "words", text: "at dusk" } }), span }), span);
});

test("an event without an end cannot be booked without saying until when", () => {
  for (const when of [
    null,
    { m: "words", text: "at dusk" },
    { m: "exact", start: at("18:00"), endOpen: true, tz: "UTC" },
  ]) {
    assert.throws(() => askFor({ event: soup({ when }), resource: barn() }), { code: "E_NO_TIME" });
  }
});

test("nothing is asked for a cancelled event, or of those who take no requests", () => {
  assert.throws(() => askFor({ event: soup({ status: "cancelled" }), resource: barn() }), { code: "E_CANCELLED" });
  assert.throws(() => askFor({ event: soup(), resource: barn({ policy: "none" }) }), { code: "E_NOT_LENT" });
});

test("a clash that is known here is told before anything is published, with what is taken then", () => {
  const resource = barn({ lead: 30, tail: 60 });
  const occupancy = heldAfter(resource, accepted(request(), resource));
  const asked = { start: at("20:30"), end: at("22:00"), quantity: 1 };
  assert.deepEqual(knownClash(resource, asked, occupancy, MONDAY_NOON), {
    why: "taken",
    taken: [{ start: at("17:30"), end: at("21:00") }],
  });
  const later = { start: at("21:30"), end: at("22:00"), quantity: 1 };
  assert.equal(
    knownClash(resource, later, occupancy, MONDAY_NOON),
    undefined,
    "set-up after cleaning touches, no more",
  );
});

test("two of three tables are free while one is taken, three are not", () => {
  const tables = barn({ kind: "material", title: "Table", quantity: 3 });
  const occupancy = heldAfter(tables, accepted(request(), tables));
  const span = { start: at("18:00"), end: at("19:00") };
  assert.equal(knownClash(tables, { ...span, quantity: 2 }, occupancy, MONDAY_NOON), undefined);
  assert.equal(knownClash(tables, { ...span, quantity: 3 }, occupancy, MONDAY_NOON)?.why, "taken");
});

test("a closed door is told as well", () => {
  const shut = barn({ closed: [{ start: at("12:00"), end: at("19:00") }] });
  const asked = { start: at("18:00"), end: at("20:00"), quantity: 1 };
  assert.deepEqual(knownClash(shut, asked, heldAfter(shut, []), MONDAY_NOON), { why: "closed" });
});

test("an accept says all that others compute with", () => {
  const resource = barn({ lead: 30, tail: 15, quantity: 2 });
  const [body, ...more] = answerTo(question([], resource), { verdict: "accept", note: "Key at the bar" }, ADA);
  assert.deepEqual(more, []);
  assert.deepEqual(fieldsOf(body), {
    subject: id("3"),
    resource: id("2"),
    version: id("e3"),
    policy: "manual",
    verdict: "accept",
    start: at("18:00"),
    end: at("20:00"),
    quantity: 1,
    hold: { start: at("17:30"), end: at("20:15") },
    of: 2,
    note: "Key at the bar",
  });
});

test("an accept that would be void is refused, unless both are to share", () => {
  const before = accepted();
  assert.throws(() => answerTo(question(before, barn(), other), { verdict: "accept" }, ADA), { code: "E_TAKEN" });
  const forced = answerTo(question(before, barn(), other), { verdict: "accept", force: true }, ADA);
  assert.equal(fieldsOf(forced[0])["force"], true);
  const { outcomes } = heldAfter(barn(), [...before, ...forced]);
  assert.equal(outcomes.get(other.doc)?.state, "held");
});

test("force is not written where nobody is pushed aside", () => {
  const [body] = answerTo(question(), { verdict: "accept", force: true }, ADA);
  assert.equal("force" in fieldsOf(body), false);
});

test("a grant follows a request that moved: release, then accept", () => {
  const before = accepted();
  assert.throws(() => answerTo(question(before), { verdict: "accept" }, ADA), { code: "E_NOTHING_TO_DO" });
  const moved = request({ start: at("19:00"), end: at("21:00") });
  const bodies = answerTo(question(before, barn(), moved), { verdict: "accept" }, ADA);
  assert.deepEqual(
    bodies.map((body) => fieldsOf(body)["verdict"]),
    ["release", "accept"],
  );
  const outcome = heldAfter(barn(), [...before, ...bodies]).outcomes.get(moved.doc);
  assert.deepEqual(outcome?.state === "held" && outcome.hold, { start: at("19:00"), end: at("21:00") });
});

test("an answer gives back what was granted to a request that is gone", () => {
  const before = accepted();
  const asked = { ...question(before, barn(), other), gone: [id("3")] };
  const bodies = answerTo(asked, { verdict: "accept" }, ADA);
  assert.deepEqual(
    bodies.map((body) => [fieldsOf(body)["subject"], fieldsOf(body)["verdict"]]),
    [
      [id("3"), "release"],
      [other.doc, "accept"],
    ],
  );
  const { outcomes } = heldAfter(barn(), [...before, ...bodies]);
  assert.deepEqual([outcomes.get(id("3"))?.state, outcomes.get(other.doc)?.state], ["release", "held"]);
});

test("a refusal names what it refuses, so that another time can be asked for", () => {
  const [body] = answerTo(question(), { verdict: "reject", note: "That night we sleep" }, ADA);
  const { start, end, quantity, verdict } = fieldsOf(body) as CborMap;
  assert.deepEqual(
    { start, end, quantity, verdict },
    { start: at("18:00"), end: at("20:00"), quantity: 1, verdict: "reject" },
  );
});

test("only whoever lends a thing answers for it", () => {
  assert.throws(() => answerTo(question(), { verdict: "accept" }, BEN), { code: "E_NOT_YOURS" });
  const handedOver = barn({ answerer: BEN });
  assert.throws(() => answerTo(question([], handedOver), { verdict: "accept" }, ADA), { code: "E_NOT_YOURS" });
  assert.equal(answerTo(question([], handedOver), { verdict: "wait" }, BEN).length, 1);
});

test("giving back: the lender releases, whoever asked takes the request back, nobody else does either", () => {
  const before = accepted();
  assert.equal(fieldsOf(release(question(before), "Roof leaks", ADA)[0])["verdict"], "release");
  assert.deepEqual(release(question(before), undefined, BEN), [
    { a: "delete", s: "request/1", d: id("3"), v: id("e3") },
  ]);
  assert.throws(() => release(question(before), undefined, "cc".repeat(32)), { code: "E_NOT_YOURS" });
  assert.throws(() => release(question(), undefined, ADA), { code: "E_NOTHING_TO_DO" });
});

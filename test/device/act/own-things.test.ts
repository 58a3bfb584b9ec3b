// Making, changing, moving, cancelling and forking: one's own things only, and never a body that others could not read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cancel, edit, move } from "../../../device/act/change.ts";
import { createBody } from "../../../device/act/checked-body.ts";
import { foreignOptions, readFieldOptions } from "../../../device/act/field-input.ts";
import { fork, lineage } from "../../../device/act/fork.ts";
import { rsvp } from "../../../device/act/rsvp.ts";
import type { MadeDocument } from "../../../protocol/festival/view.ts";
import type { ExactWhen } from "../../../protocol/festival/when.ts";
import { ADA, at, BEN, barn, fieldsOf, id, made, request, soup, TZ } from "./festival.ts";

const around = { timezone: TZ, document: (text: string) => id(text), key: () => BEN };

test("a title is enough for an event", () => {
  assert.deepEqual(createBody("event/1", { title: "Soup" }), { a: "create", s: "event/1", f: { title: "Soup" } });
  assert.throws(() => createBody("event/1", { title: "" }), { code: "E_FIELDS", message: /"title" is empty/ });
});

test("an edit writes what changed and nothing else; what it would break is refused", () => {
  assert.deepEqual(edit(soup(), { capacity: 20, summary: undefined }, ADA), {
    a: "update",
    s: "event/1",
    d: id("1"),
    v: id("e1"),
    f: { capacity: 20 },
  });
  assert.deepEqual(fieldsOf(edit(soup({ capacity: 20 }), { capacity: null }, ADA)), { capacity: null });
  assert.throws(() => edit(soup(), { title: null }, ADA), { code: "E_FIELDS" });
  assert.throws(() => edit(soup(), {}, ADA), { code: "E_NOTHING_TO_DO" });
  const weekly = [{ dow: 1, from: 600, to: 1200 }];
  const open = [{ start: at("10:00"), end: at("22:00") }];
  assert.throws(() => edit(barn({ open }), { weekly }, ADA), { code: "E_FIELDS" }, "the whole must be valid");
});

test("nobody changes what somebody else made, and is told to fork it", () => {
  for (const act of [
    () => edit(soup(), { title: "Stew" }, BEN),
    () => cancel(soup(), {}, BEN),
    () => move(soup(), exactly("19:00"), { requests: [], me: BEN }),
  ]) {
    assert.throws(act, { code: "E_NOT_YOURS", message: /fork/ });
  }
});

test("a cancelled event stays, and stays cancelled; other things are withdrawn", () => {
  assert.deepEqual(fieldsOf(cancel(soup(), { note: "No pots" }, ADA)), { status: "cancelled", note: "No pots" });
  assert.deepEqual(fieldsOf(cancel(soup(), { postponed: true }, ADA)), { status: "postponed" });
  assert.equal(cancel(soup(), { withdraw: true }, ADA).a, "delete");
  assert.equal(cancel(barn(), {}, ADA).a, "delete");
  const over = soup({ status: "cancelled" });
  assert.throws(() => edit(over, { status: "planned" }, ADA), { code: "E_CANCELLED" });
  assert.throws(() => move(over, exactly("19:00"), { requests: [], me: ADA }), { code: "E_CANCELLED" });
  assert.equal(cancel(over, { withdraw: true }, ADA).a, "delete");
});

function exactly(start: string, end?: string): ExactWhen {
  return { m: "exact", start: at(start), tz: TZ, ...(end === undefined ? { endOpen: true } : { end: at(end) }) };
}

test("a move takes one's own requests along, those of others stay where they are", () => {
  const whole = request({}, ADA);
  const setUp = made(
    "request/1",
    "6",
    { event: id("1"), resource: id("7"), start: at("16:00"), end: at("18:00") },
    ADA,
  );
  const bodies = move(soup(), exactly("19:30", "22:00"), { requests: [whole, setUp, request()], me: ADA });
  assert.deepEqual(bodies.map(fieldsOf), [
    { when: { m: "exact", start: at("19:30"), end: at("22:00"), tz: TZ } },
    { start: at("19:30"), end: at("22:00") },
    { start: at("17:30"), end: at("19:30") },
  ]);
});

test("moved without an end it takes as long as before, and a postponed one is planned again", () => {
  const [body] = move(soup({ status: "postponed" }), exactly("19:00"), { requests: [], me: ADA });
  assert.deepEqual(fieldsOf(body), {
    when: { m: "exact", start: at("19:00"), end: at("21:00"), tz: TZ },
    status: "planned",
  });
});

test("a fork is words and structure with a credit line, not people, pictures or bookings", () => {
  const original = soup({
    text: "Bring bowls",
    tags: ["food"],
    status: "cancelled",
    hosts: [{ key: ADA }],
    venues: [id("2")],
    images: [{ h: id("8"), t: "image/png", n: 9 }],
    note: "starts later",
    expires: at("23:00"),
    "x-smell": "good",
  });
  const { forkOf, ...fields } = fieldsOf(fork(original, { title: "Stew" }));
  assert.deepEqual(forkOf, { doc: id("1"), op: id("e1"), by: ADA });
  assert.deepEqual(Object.keys(fields).sort(), ["join", "tags", "text", "title", "when", "x-smell"]);
  assert.equal(fields["title"], "Stew");
  assert.throws(() => fork(request(), {}), { code: "E_NOT_FORKABLE" });
});

test("a lineage is followed to its end, to a gap, and out of a circle", () => {
  const forkOf = (doc: string) => ({ doc: id(doc), op: id("e"), by: ADA });
  const [a, b] = [made("event/1", "a", { title: "A" }), made("event/1", "b", { title: "B", forkOf: forkOf("a") })];
  const c = made("event/1", "c", { title: "C", forkOf: forkOf("b") });
  const find = (known: readonly MadeDocument[]) => (doc: string) => known.find((each) => each.doc === doc);
  assert.deepEqual(
    lineage(c, find([a, b])).map(({ document }) => document),
    [b, a],
  );
  assert.deepEqual(
    lineage(c, find([])).map(({ doc, document }) => [doc, document]),
    [[id("b"), undefined]],
  );
  const circle = made("event/1", "a", { title: "A", forkOf: forkOf("c") });
  assert.equal(lineage(c, find([circle, b, c])).length, 2);
  const chain = Array.from({ length: 40 }, (_, n) =>
    made("event/1", `${n}`, { title: "N", forkOf: forkOf(`${n + 1}`) }),
  );
  assert.equal(lineage(chain[0] as MadeDocument, find(chain)).length, 32);
});

test("coming is said for a week after the end of the event", () => {
  assert.deepEqual(rsvp(soup(), "yes", 3), {
    a: "set",
    s: "rsvp/1",
    k: id("1"),
    f: { going: "yes", n: 3, expires: at("20:00") + 7 * 86_400 },
  });
  assert.deepEqual(fieldsOf(rsvp(soup({ when: null }), "maybe", undefined)), { going: "maybe" });
  assert.throws(() => rsvp(soup(), "yes", 11), { code: "E_FIELDS" });
});

test("options become fields: lists, numbers, places on the globe, opening hours, other documents", () => {
  const texts = {
    tag: ["food", "fire"],
    capacity: "20",
    place: "by the lake @52.52,-13.405",
    venue: ["2"],
    summary: "",
    text: "Cafe\u0301",
  };
  assert.deepEqual(readFieldOptions("event/1", texts, around), {
    tags: ["food", "fire"],
    capacity: 20,
    place: { text: "by the lake", geo: [52_520_000, -13_405_000] },
    venues: [id("2")],
    summary: null,
    text: "Caf\u00e9",
  });
  const venue = { weekly: ["mon 10:00-22:00", "fri 20:00-04:00"], quantity: "0", consumable: "no", answerer: "Ben" };
  assert.deepEqual(readFieldOptions("resource/1", venue, around), {
    weekly: [
      { dow: 1, from: 600, to: 1320 },
      { dow: 5, from: 1200, to: 1680 },
    ],
    quantity: 0,
    consumable: false,
    answerer: BEN,
  });
});

test("an option that a document does not have, or that cannot be read, is said to be wrong", () => {
  assert.deepEqual(foreignOptions("event/1", { quantity: "3", title: "Soup" }), ["quantity"]);
  for (const texts of [
    { quantity: "three" },
    { weekly: ["someday 10:00-12:00"] },
    { weekly: ["mon 10-12"] },
    { open: ["2026-07-17 10:00"] },
    { consumable: "maybe" },
  ]) {
    assert.throws(() => readFieldOptions("resource/1", texts, around), { code: "E_FIELDS" }, JSON.stringify(texts));
  }
});

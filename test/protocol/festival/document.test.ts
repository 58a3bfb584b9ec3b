// Documents are the same whatever the order in which operations arrive (M-10 to M-13, SPEC.md §8.4).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Body } from "../../../protocol/festival/body.ts";
import { type BodyOperation, documentKey, mergeOperation } from "../../../protocol/festival/document.ts";
import { type DocumentState, MAX_EXTRA_FIELDS } from "../../../protocol/festival/document-state.ts";
import { fieldNames, SCHEMA_NAMES } from "../../../protocol/festival/schema.ts";
import { type Document, view } from "../../../protocol/festival/view.ts";
import { BODY_LIMITS, type CborMap } from "../../../protocol/operation/cbor.ts";

const RUNS = 2_000;
const ADA = "aa".repeat(32);
const BEN = "bb".repeat(32);
const DOC = id(1);

function id(n: number): string {
  return n.toString(16).padStart(64, "0");
}

/** Operation `n` of Ada's log, unless said otherwise. */
function operation(n: number, body: Body, changed: Partial<BodyOperation> = {}): BodyOperation {
  return { id: id(n), author: ADA, seqNum: n, body, ...changed };
}

function create(f: CborMap): BodyOperation {
  return operation(1, { a: "create", s: "event/1", f });
}

function update(n: number, f: CborMap, changed: Partial<BodyOperation> = {}): BodyOperation {
  return operation(n, { a: "update", s: "event/1", d: DOC, f }, changed);
}

function remove(n: number): BodyOperation {
  return operation(n, { a: "delete", s: "event/1", d: DOC });
}

function rsvp(n: number, f: CborMap, changed: Partial<BodyOperation> = {}): BodyOperation {
  return operation(n, { a: "set", s: "rsvp/1", k: DOC, f }, changed);
}

/** All documents that the operations make, by key. */
function reduce(operations: readonly BodyOperation[]): Map<string, DocumentState> {
  const states = new Map<string, DocumentState>();
  for (const one of operations) states.set(documentKey(one), mergeOperation(states.get(documentKey(one)), one));
  return states;
}

function only(operations: readonly BodyOperation[]): DocumentState {
  const states = [...reduce(operations).values()];
  assert.equal(states.length, 1);
  return states[0] as DocumentState;
}

function shown(operations: readonly BodyOperation[]): Document {
  const seen = view(only(operations));
  assert.equal(seen.status, "shown", JSON.stringify(seen));
  return (seen as { document: Document }).document;
}

function fieldsOf(operations: readonly BodyOperation[]): Record<string, unknown> {
  return { ...shown(operations).fields };
}

const DEFAULTS = { status: "planned", join: "open" };

test("a document is made by a create operation, whose hash is its id (M-01)", () => {
  const { schema, author, version, ...rest } = shown([create({ title: "Soup" })]) as Document & { doc: string };
  assert.deepEqual([schema, rest.doc, author, version], ["event/1", DOC, ADA, DOC]);
});

test("an update changes the fields it names and no others; null clears one (M-02)", () => {
  const all = [create({ title: "Soup", note: "hot", kind: "food" }), update(2, { title: "Stew", note: null })];
  assert.deepEqual(fieldsOf(all), { title: "Stew", kind: "food", ...DEFAULTS });
  assert.equal(shown(all).version, id(2));
});

test("an update that comes before its create waits for it (M-10)", () => {
  const early = update(2, { title: "Stew" });
  assert.deepEqual(view(only([early])), { status: "awaited" });
  assert.equal(fieldsOf([early, create({ title: "Soup" })])["title"], "Stew");
});

test("an update by another key changes nothing, before the create or after (M-10)", () => {
  const foreign = update(9, { title: "Mine now" }, { author: BEN });
  for (const order of [
    [foreign, create({ title: "Soup" })],
    [create({ title: "Soup" }), foreign],
  ]) {
    const states = reduce(order);
    assert.deepEqual([...states.values()].map((state) => [state.author, view(state).status]).sort(), [
      [ADA, "shown"],
      [BEN, "awaited"],
    ]);
    const own = states.get(documentKey(create({})));
    assert.deepEqual(own, only([create({ title: "Soup" })]));
  }
});

test("a delete by another key withdraws nothing (M-10)", () => {
  const foreign = { ...remove(9), author: BEN };
  const states = reduce([create({ title: "Soup" }), foreign]);
  assert.equal(view(states.get(documentKey(create({}))) as DocumentState).status, "shown");
});

test("an operation for another schema changes nothing", () => {
  const other = operation(3, { a: "update", s: "frame/1", d: DOC, f: { title: "Frame" } });
  const states = reduce([other, create({ title: "Soup" })]);
  assert.equal(states.size, 2);
  assert.deepEqual(states.get(documentKey(create({}))), only([create({ title: "Soup" })]));
});

test("of two values the one with the higher sequence number is later, field by field (M-11)", () => {
  const older = update(2, { title: "two", note: "two" });
  const newer = update(3, { title: "three" });
  assert.deepEqual(fieldsOf([create({ title: "one" }), newer, older]), { title: "three", note: "two", ...DEFAULTS });
});

test("a forked log has two operations of one number: the lower operation id counts (M-11, M-32)", () => {
  const low = update(2, { title: "low" }, { seqNum: 5 });
  const high = update(3, { title: "high", note: "only here" }, { seqNum: 5 });
  const made = create({ title: "one" });
  for (const order of [
    [made, low, high],
    [made, high, low],
    [high, low, made],
  ]) {
    assert.deepEqual(fieldsOf(order), { title: "low", note: "only here", ...DEFAULTS });
    assert.equal(shown(order).version, id(2));
  }
});

test("the version that a writer had seen is a hint and orders nothing (M-12)", () => {
  const hinting = (v: string): BodyOperation =>
    operation(2, { a: "update", s: "event/1", d: DOC, v, f: { title: "Stew" } });
  const made = create({ title: "Soup" });
  for (const v of [DOC, id(9)]) assert.deepEqual(only([hinting(v), made]), only([made, update(2, { title: "Stew" })]));
});

test("deleted is for ever: nothing but id, author and tombstone is left, whatever comes when (M-13)", () => {
  const all = [create({ title: "Soup" }), update(2, { note: "hot" }), remove(3), update(4, { title: "Zombie" })];
  const tombstone = { kind: "withdrawn", schema: "event/1", doc: DOC, author: ADA };
  for (const order of [all, all.toReversed(), [remove(3)], [remove(3), create({ title: "Soup" }), remove(5)]]) {
    assert.deepEqual(only(order), tombstone);
    assert.deepEqual(view(only(order)), { status: "withdrawn" });
  }
});

test("cancelled is not deleted (M-15)", () => {
  const all = [create({ title: "Soup" }), update(2, { status: "cancelled" })];
  assert.equal(fieldsOf(all)["status"], "cancelled");
});

test("a keyed document is its latest set, whole (M-01)", () => {
  const first = rsvp(1, { going: "yes", n: 3 });
  const second = rsvp(2, { going: "maybe" });
  for (const order of [
    [first, second],
    [second, first],
  ])
    assert.deepEqual(fieldsOf(order), { going: "maybe" });
  const twin = rsvp(1, { going: "no" }, { seqNum: 2 });
  for (const order of [
    [twin, second],
    [second, twin],
  ])
    assert.deepEqual(fieldsOf(order), { going: "no" });
});

test("keyed documents are told apart by author, schema and key (M-01)", () => {
  const mine = rsvp(1, { going: "yes" });
  const another = operation(2, { a: "set", s: "rsvp/1", k: `${DOC}@60`, f: { going: "no" } });
  const profile = operation(3, { a: "set", s: "profile/1", k: "", f: { name: "Ada" } });
  assert.equal(reduce([mine, another, profile, { ...mine, author: BEN }]).size, 4);
});

test("a document that breaks a rule is not shown, and says why, until an update mends it (M-08)", () => {
  const broken = [create({ title: "Soup" }), update(2, { title: "x".repeat(201) })];
  assert.deepEqual(view(only(broken)), { status: "invalid", reasons: ['event/1 "title" has more than 200 bytes'] });
  assert.equal(fieldsOf([...broken, update(3, { title: "Stew" })])["title"], "Stew");
  assert.deepEqual(view(only([operation(1, { a: "set", s: "rsvp/1", k: "party", f: { going: "yes" } })])), {
    status: "invalid",
    reasons: ['rsvp/1 "k" is not an event id, alone or with "@" and a start'],
  });
});

test("a required field that was cleared makes a document invalid (M-02, M-08)", () => {
  const cleared = view(only([create({ title: "Soup" }), update(2, { title: null })]));
  assert.deepEqual(cleared, { status: "invalid", reasons: ['event/1 "title" is missing'] });
});

test("fields that nobody knows are kept; beyond 32 the first by name, in any order (M-02)", () => {
  const names = Array.from({ length: MAX_EXTRA_FIELDS + 3 }, (_, i) => `x${String(i).padStart(2, "0")}`);
  const single = names.map((name, i) => update(i + 2, { [name]: i, ["__proto__"]: "kept" }));
  const made = create({ title: "Soup", constructor: "kept" });
  const forward = only([made, ...single]);
  assert.deepEqual(only([...single.toReversed(), made]), forward);
  const kept = Object.keys((forward as { fields: CborMap }).fields);
  assert.deepEqual(kept.sort(), ["__proto__", "constructor", "title", ...names.slice(0, 30)].sort());
});

test("a state has room for all fields of a schema and all that it keeps beside them", () => {
  for (const schema of SCHEMA_NAMES) {
    assert.ok(fieldNames(schema).length + MAX_EXTRA_FIELDS <= BODY_LIMITS.mapKeys, schema);
  }
});

const fieldValues = fc.dictionary(
  fc.constantFrom("title", "note", "kind", "mood", "__proto__", "status"),
  fc.oneof(fc.string({ maxLength: 3 }), fc.constant(null), fc.nat(3), fc.array(fc.nat(2), { maxLength: 2 })),
  { maxKeys: 4 },
);
const bodies: fc.Arbitrary<Body> = fc.oneof(
  { weight: 8, arbitrary: fieldValues.map((f): Body => ({ a: "update", s: "event/1", d: DOC, f })) },
  { weight: 1, arbitrary: fc.constant<Body>({ a: "delete", s: "event/1", d: DOC }) },
  { weight: 1, arbitrary: fieldValues.map((f): Body => ({ a: "update", s: "frame/1", d: DOC, f })) },
  { weight: 3, arbitrary: fieldValues.map((f): Body => ({ a: "set", s: "rsvp/1", k: DOC, f })) },
);

/** A forked log of two authors in two orders, with repeats: few sequence numbers, so that many are equal. */
const histories = fc
  .tuple(
    fieldValues,
    fc.array(fc.tuple(bodies, fc.nat(5), fc.constantFrom(ADA, ADA, ADA, BEN)), { minLength: 1, maxLength: 12 }),
  )
  .map(([f, rest]) => [
    create(f),
    ...rest.map(([body, seqNum, author], i) => operation(i + 2, body, { seqNum, author })),
  ])
  .chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.shuffledSubarray(all)),
  );

test("any order and any repetition of the same operations gives the same documents", () => {
  fc.assert(
    fc.property(histories, ([all, shuffled, repeated]) => {
      const expected = reduce(all);
      const actual = reduce([...shuffled, ...repeated]);
      assert.deepEqual(actual, expected);
    }),
    { numRuns: RUNS },
  );
});

test("the merge gives what sorting by number and id would give", () => {
  fc.assert(
    fc.property(histories, ([all, shuffled]) => {
      const own = all.filter((one) => documentKey(one) === documentKey(create({})));
      const state = reduce(shuffled).get(documentKey(create({}))) as DocumentState;
      if (own.some(({ body }) => body.a === "delete")) return assert.equal(state.kind, "withdrawn");
      const sorted = own.toSorted((a, b) => a.seqNum - b.seqNum || (a.id < b.id ? 1 : -1));
      const expected = Object.assign(Object.create(null), ...sorted.map(({ body }) => (body as { f: CborMap }).f));
      assert.deepEqual((state as { fields: CborMap }).fields, expected);
    }),
    { numRuns: RUNS },
  );
});

// What several keys of one person wrote, in the order of one log (M-12, SPEC.md §8.4).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergeOperation } from "../../../protocol/festival/document.ts";
import type { DocumentState } from "../../../protocol/festival/document-state.ts";
import { asOneLog, type LinkedOperation } from "../../../protocol/festival/writing-order.ts";

const RUNS = 2_000;
const ADA = "aa".repeat(32);
const PHONE = "bb".repeat(32);
const LOST = "cc".repeat(32);
const DOC = id(1);

function id(n: number): string {
  return n.toString(16).padStart(64, "0");
}

function create(timestamp = 1): LinkedOperation {
  return { id: DOC, author: ADA, seqNum: 0, timestamp, body: { a: "create", s: "event/1", f: { title: "Soup" } } };
}

interface Written {
  readonly n: number;
  readonly by: string;
  readonly seqNum: number;
  readonly timestamp: number;
  /** Number of the operation that its writer had seen. */
  readonly seen?: number | undefined;
}

/** Its title says which it was. */
function update({ n, by, seqNum, timestamp, seen }: Written): LinkedOperation {
  const v = seen === undefined ? {} : { v: id(seen) };
  return {
    id: id(n),
    author: by,
    seqNum,
    timestamp,
    body: { a: "update", s: "event/1", d: DOC, ...v, f: { title: `${n}` } },
  };
}

function titleOf(operations: readonly LinkedOperation[]): unknown {
  let state: DocumentState | undefined;
  for (const operation of asOneLog(operations, ADA)) state = mergeOperation(state, operation);
  return state?.kind === "open" ? state.fields["title"] : undefined;
}

test("of two changes made without knowledge of each other, the one with the later timestamp counts", () => {
  const mine = update({ n: 2, by: ADA, seqNum: 1, timestamp: 20 });
  const phone = update({ n: 3, by: PHONE, seqNum: 0, timestamp: 30 });
  assert.equal(titleOf([create(), mine, phone]), "3");
  assert.equal(titleOf([create(), mine, { ...phone, timestamp: 10 }]), "2");
});

test("with equal timestamps the higher operation id counts", () => {
  const mine = update({ n: 2, by: ADA, seqNum: 1, timestamp: 20 });
  assert.equal(titleOf([create(), mine, update({ n: 3, by: PHONE, seqNum: 0, timestamp: 20 })]), "3");
});

test("whoever had seen a version changes it, whatever the clock of the device says", () => {
  const mine = update({ n: 2, by: ADA, seqNum: 1, timestamp: 20 });
  assert.equal(titleOf([create(), mine, update({ n: 3, by: PHONE, seqNum: 0, timestamp: 5, seen: 2 })]), "3");
  assert.equal(titleOf([create(100), update({ n: 3, by: PHONE, seqNum: 0, timestamp: 5 })]), "3");
});

test("each key's own order stays, whatever its timestamps (M-11)", () => {
  const first = update({ n: 2, by: PHONE, seqNum: 4, timestamp: 90 });
  const second = update({ n: 3, by: PHONE, seqNum: 5, timestamp: 10 });
  assert.equal(titleOf([create(), second, first]), "3");
});

test("a version that is not here holds nobody up", () => {
  const phone = update({ n: 3, by: PHONE, seqNum: 0, timestamp: 5, seen: 99 });
  assert.equal(titleOf([create(), update({ n: 2, by: ADA, seqNum: 1, timestamp: 20 }), phone]), "2");
});

test("a forked log that has seen what came from its other branch still has one order", () => {
  const branch = update({ n: 2, by: ADA, seqNum: 1, timestamp: 20 });
  const phone = update({ n: 3, by: PHONE, seqNum: 0, timestamp: 30, seen: 2 });
  const other = update({ n: 4, by: ADA, seqNum: 1, timestamp: 40, seen: 3 });
  const all = [create(), branch, phone, other];
  assert.deepEqual(idsOf(all.toReversed()), idsOf(all));
  assert.equal(idsOf(all).length, 4);
});

const festivals = fc
  .array(fc.tuple(fc.constantFrom(ADA, PHONE, LOST), fc.nat(3), fc.nat(5), fc.option(fc.nat(11), { nil: undefined })), {
    maxLength: 10,
  })
  .map((changes) => [
    create(3),
    ...changes.map(([by, seqNum, timestamp, seen], i) => update({ n: i + 2, by, seqNum, timestamp, seen })),
  ])
  .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

test("the same operations have the same order, however they stand, and each has one place", () => {
  fc.assert(
    fc.property(festivals, ([all, shuffled]) => {
      const ordered = asOneLog(all, ADA);
      assert.deepEqual(asOneLog(shuffled, ADA), ordered);
      assert.deepEqual(
        ordered.map(({ seqNum }) => seqNum),
        [...all.keys()],
      );
      assert.deepEqual(ordered.map((one) => one.id).sort(), all.map((one) => one.id).sort());
    }),
    { numRuns: RUNS },
  );
});

test("within each key the order is that of a document that it wrote alone", () => {
  fc.assert(
    fc.property(festivals, ([all, shuffled]) => {
      const place = new Map(asOneLog(shuffled, ADA).map((one) => [one.id, one.seqNum]));
      const placeOf = (one: LinkedOperation) => place.get(one.id) as number;
      for (const a of all)
        for (const b of all)
          if (a.author === b.author && (a.seqNum < b.seqNum || (a.seqNum === b.seqNum && a.id > b.id)))
            assert.ok(placeOf(a) < placeOf(b));
    }),
    { numRuns: RUNS },
  );
});

function idsOf(operations: readonly LinkedOperation[]): readonly string[] {
  return asOneLog(operations, ADA).map((one) => one.id);
}

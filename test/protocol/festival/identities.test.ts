// Which keys are one person's, what they may change, and how many come (SPEC.md §9.8; M-35, M-50).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { attendance, type RsvpEntry } from "../../../protocol/festival/attendance.ts";
import { type Identities, identities, type Keylink } from "../../../protocol/festival/identities.ts";
import { ADA, BEN, CLEO } from "./answering.ts";

function link(author: string, other: string, more: Partial<Keylink> = {}): Keylink {
  return { author, other, may: ["event/1"], ...more };
}

function mutual(a: string, b: string): readonly Keylink[] {
  return [link(a, b), link(b, a)];
}

function areOne(joined: Identities, a: string, b: string): boolean {
  return joined.identityOf({ key: a, seqNum: 0 }) === joined.identityOf({ key: b, seqNum: 0 });
}

test("two keys that name each other are one identity; a one-sided link does nothing (M-50)", () => {
  assert.ok(areOne(identities(mutual(ADA, BEN)), ADA, BEN));
  assert.ok(!areOne(identities([link(ADA, BEN)]), ADA, BEN));
  assert.ok(!areOne(identities([link(ADA, BEN), link(BEN, CLEO), link(CLEO, ADA)]), ADA, BEN));
  assert.ok(areOne(identities([]), ADA, ADA));
});

test("links join in chains", () => {
  const joined = identities([...mutual(BEN, CLEO), ...mutual(ADA, BEN)]);
  assert.ok(areOne(joined, ADA, CLEO));
});

test("a key that names itself says nothing", () => {
  const joined = identities([link(ADA, ADA, { until: 3 })]);
  assert.equal(joined.identityOf({ key: ADA, seqNum: 9 }), ADA);
});

test("after a link is closed, what the other key said up to then is still of the identity, later things are not", () => {
  for (const [phone, lost] of [
    [ADA, BEN],
    [BEN, ADA],
  ] as const) {
    const joined = identities([link(phone, lost, { until: 5 }), link(lost, phone)]);
    assert.equal(joined.identityOf({ key: lost, seqNum: 5 }), joined.identityOf({ key: phone, seqNum: 9 }));
    assert.notEqual(joined.identityOf({ key: lost, seqNum: 6 }), joined.identityOf({ key: phone, seqNum: 9 }));
  }
});

test("a linked key may write in the schemas for which it was linked, and in no others (M-10, M-50)", () => {
  const { mayWrite } = identities(mutual(ADA, BEN));
  const ben = { key: BEN, seqNum: 7 };
  assert.equal(mayWrite(ben, ADA, "event/1"), true);
  assert.equal(mayWrite(ben, ADA, "resource/1"), false);
  assert.equal(mayWrite({ key: CLEO, seqNum: 7 }, ADA, "event/1"), false);
  assert.equal(mayWrite({ key: ADA, seqNum: 7 }, ADA, "resource/1"), true);
});

test("who was named by one side only may write nothing", () => {
  const { mayWrite } = identities([link(ADA, BEN), link(CLEO, ADA)]);
  assert.equal(mayWrite({ key: BEN, seqNum: 0 }, ADA, "event/1"), false);
  assert.equal(mayWrite({ key: CLEO, seqNum: 0 }, ADA, "event/1"), false);
});

test("a closed link lets changes up to its end count, without a clock", () => {
  const { mayWrite } = identities([link(ADA, BEN, { until: 5 }), link(BEN, ADA)]);
  assert.equal(mayWrite({ key: BEN, seqNum: 5 }, ADA, "event/1"), true);
  assert.equal(mayWrite({ key: BEN, seqNum: 6 }, ADA, "event/1"), false);
});

test("to write is for keys that the author linked itself, not for their friends", () => {
  const { mayWrite } = identities([...mutual(ADA, BEN), ...mutual(BEN, CLEO)]);
  assert.equal(mayWrite({ key: CLEO, seqNum: 0 }, ADA, "event/1"), false);
});

test("answers are never shared: one key answers (M-12, M-20)", () => {
  const may = ["answer/1", "keylink/1", "rsvp/1"];
  const { mayWrite } = identities([link(ADA, BEN, { may }), link(BEN, ADA, { may })]);
  for (const schema of may) assert.equal(mayWrite({ key: BEN, seqNum: 0 }, ADA, schema), false);
});

test("identities do not depend on the order of links, and are those that walking from key to key finds", () => {
  const keys = ["a", "b", "c", "d", "e", "f"];
  const links = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys)), { selector: ([a, b]) => a + b })
    .map((pairs) => pairs.map(([a, b]) => link(a, b)));
  fc.assert(
    fc.property(links, (all) => {
      const [forward, backward] = [identities(all), identities(all.toReversed())];
      for (const key of keys) {
        const found = forward.identityOf({ key, seqNum: 0 });
        assert.equal(found, [...reachable(key, all)].sort()[0]);
        assert.equal(found, backward.identityOf({ key, seqNum: 0 }));
      }
    }),
    { numRuns: 1_000 },
  );
});

function reachable(key: string, links: readonly Keylink[], seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  const names = (a: string, b: string) => links.some(({ author, other }) => author === a && other === b);
  for (const { author, other } of links) if (author === key && names(other, key)) reachable(other, links, seen);
  return seen;
}

function comes(author: string, more: Partial<RsvpEntry> = {}): RsvpEntry {
  return { author, seqNum: 1, going: "yes", ...more };
}

test("linked keys that say yes are one who comes, with the larger number of friends (M-35)", () => {
  const rsvps = [comes(ADA, { n: 2 }), comes(BEN, { n: 4 }), comes(CLEO)];
  assert.deepEqual(attendance(rsvps, identities([])), { identities: 3, people: 7 });
  assert.deepEqual(attendance(rsvps, identities(mutual(ADA, BEN))), { identities: 2, people: 5 });
});

test("who may come is not counted, nor what a door counted", () => {
  const rsvps = [comes(ADA, { going: "maybe" }), comes(BEN, { going: "no" }), comes(CLEO, { door: 40 })];
  assert.deepEqual(attendance(rsvps, identities([])), { identities: 0, people: 0 });
});

test("what a lost phone said before its link was closed is not counted twice", () => {
  const joined = identities([link(BEN, ADA, { until: 5 }), link(ADA, BEN)]);
  assert.equal(attendance([comes(BEN), comes(ADA, { seqNum: 5 })], joined).identities, 1);
  assert.equal(attendance([comes(BEN), comes(ADA, { seqNum: 6 })], joined).identities, 2);
});

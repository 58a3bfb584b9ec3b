// strict-v1 (SPEC.md §3) on both crypto suites: our own vectors, the four public suites where ../shared has them, and
// odd inputs. One disagreement is enough to split the network, so every vector is asked of every suite.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { asSigningKey, concatBytes, fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { passesStrictPrechecks } from "../../../protocol/operation/strict-signature.ts";
import { createNobleCrypto } from "../../../sync/crypto/noble.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { needsShared, sharedJson } from "../../support/shared-data.ts";

interface Vector {
  readonly comment: string;
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly valid: boolean;
}

const SEED = 20260619;
const node = await createNodeCrypto();
const noble = createNobleCrypto();
const both = [node, noble];
const named = Object.entries({ node, noble });

const OWN_VECTORS = new URL("../../vectors/ed25519.json", import.meta.url);
const PUBLIC_VECTORS = "data/vectors/ed25519/";

function readOwn(): Vector[] {
  type Row = { comment: string; key: string; message: string; signature: string; valid: boolean };
  const rows = JSON.parse(readFileSync(OWN_VECTORS, "utf8")) as Row[];
  return rows.map(({ comment, key, message, signature, valid }) => {
    return { comment, key: fromHex(key), message: fromHex(message), signature: fromHex(signature), valid };
  });
}

/** C2SP/CCTV states facts about each vector; strict-v1 refuses all of these and accepts whatever remains. */
function readCctv(path: string): Vector[] {
  type Row = { number: number; key: string; sig: string; msg: string; flags: readonly string[] | null };
  const refused = ["low_order_A", "low_order_R", "low_order_residue", "non_canonical_A", "non_canonical_R"];
  return sharedJson<Row[]>(path).map((row) => ({
    comment: `${row.number} ${row.flags}`,
    key: fromHex(row.key),
    message: new TextEncoder().encode(row.msg),
    signature: fromHex(row.sig),
    valid: !refused.some((flag) => row.flags?.includes(flag)),
  }));
}

/** Wycheproof. */
function readWycheproof(path: string): Vector[] {
  type Case = { tcId: number; comment: string; msg: string; sig: string; result: string };
  type Suite = { testGroups: { publicKey: { pk: string }; tests: Case[] }[] };
  return sharedJson<Suite>(path).testGroups.flatMap((group) =>
    group.tests.map((one) => ({
      comment: `${one.tcId} ${one.comment}`,
      key: fromHex(group.publicKey.pk),
      message: fromHex(one.msg),
      signature: fromHex(one.sig),
      valid: one.result === "valid",
    })),
  );
}

/** novifinancial/ed25519-speccheck: only case 3, a mixed-order key whose cofactorless equation holds. */
function readSpeccheck(path: string): Vector[] {
  type Row = { message: string; pub_key: string; signature: string };
  return sharedJson<Row[]>(path).map((row, index) => ({
    comment: `case ${index}`,
    key: fromHex(row.pub_key),
    message: fromHex(row.message),
    signature: fromHex(row.signature),
    valid: index === 3,
  }));
}

/** ZIP 215: small-order keys throughout, all over the message "Zcash". */
function readZip215(path: string): Vector[] {
  type Row = { vk_bytes: string; sig_bytes: string };
  return sharedJson<Row[]>(path).map((row, index) => ({
    comment: `row ${index}`,
    key: fromHex(row.vk_bytes),
    message: new TextEncoder().encode("Zcash"),
    signature: fromHex(row.sig_bytes),
    valid: false,
  }));
}

function honest(): Vector {
  const found = readOwn().find((vector) => vector.comment === "honest signature");
  assert.ok(found);
  return found;
}

for (const vector of readOwn()) {
  test(`${vector.comment} is ${vector.valid ? "accepted" : "refused"}`, async () => {
    const { message, signature, key } = vector;
    for (const [name, suite] of named) {
      assert.equal(suite.verify(message, signature, key), vector.valid, name);
      assert.equal(await suite.verifyLater(message, signature, key), vector.valid, `${name}, later`);
    }
  });
}

const PUBLIC_SUITES = [
  { file: "cctv.json", read: readCctv, vectors: 914, accepted: 43 },
  { file: "ed25519_test.json", read: readWycheproof, vectors: 150, accepted: 88 },
  { file: "speccheck.json", read: readSpeccheck, vectors: 12, accepted: 1 },
  { file: "zip215.json", read: readZip215, vectors: 196, accepted: 0 },
];

for (const { file, read, vectors: expectedVectors, accepted: expectedAccepted } of PUBLIC_SUITES) {
  const path = PUBLIC_VECTORS + file;
  test(`both suites answer every vector of ${file} as strict-v1 does`, needsShared(path), (t) => {
    const vectors = read(path);
    assert.equal(vectors.length, expectedVectors);
    assert.equal(vectors.filter((vector) => vector.valid).length, expectedAccepted);
    for (const [name, suite] of named) {
      const answers = vectors.map(({ message, signature, key }) => suite.verify(message, signature, key));
      const wrong = vectors.filter((vector, index) => answers[index] !== vector.valid);
      t.diagnostic(`${name} accepts ${answers.filter(Boolean).length} of ${vectors.length}, ${wrong.length} wrong`);
      assert.deepEqual(wrong, [], name);
    }
  });
}

test("the prechecks alone draw the lines at L and p", () => {
  const { key, signature } = honest();
  const scalar = (hex: string) => concatBytes(signature.subarray(0, 32), fromHex(hex));
  const point = (first: string, last: string) => fromHex(`${first}${"ff".repeat(30)}${last}`);
  const asR = (y: Uint8Array) => concatBytes(y, signature.subarray(32));
  const lines: [string, Uint8Array, Uint8Array, boolean][] = [
    ["S = L − 1", scalar("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"), key, true],
    ["S = L", scalar("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"), key, false],
    ["S = L + 2¹²⁸", scalar("edd3f55c1a631258d69cf7a2def9de1401000000000000000000000000000010"), key, false],
    ["S = 2²⁵² − 1", scalar(`${"ff".repeat(31)}0f`), key, true],
    ["S = 2²⁵³", scalar(`${"00".repeat(31)}20`), key, false],
  ];
  for (const sign of ["7f", "ff"]) {
    for (const [first, passes] of Object.entries({ eb: true, ef: false, ff: false })) {
      lines.push([`A ${first}…${sign}`, signature, point(first, sign), passes]);
      lines.push([`R ${first}…${sign}`, asR(point(first, sign)), key, passes]);
    }
  }
  for (const [line, ofSignature, ofKey, passes] of lines) {
    assert.equal(passesStrictPrechecks(ofSignature, ofKey), passes, line);
  }
});

test("a signature or key of any other length is refused, and nothing throws", async () => {
  const { key, message, signature } = honest();
  const resized = (bytes: Uint8Array, length: number) => concatBytes(bytes, bytes).slice(0, length);
  const lengths = [0, 1, 31, 32, 33, 63, 64];
  for (const suite of both) {
    for (const keyLength of lengths) {
      for (const signatureLength of [...lengths, 65, 128]) {
        const odd = [message, resized(signature, signatureLength), resized(key, keyLength)] as const;
        const fits = keyLength === 32 && signatureLength === 64;
        assert.equal(suite.verify(...odd), fits);
        assert.equal(await suite.verifyLater(...odd), fits);
      }
    }
  }
});

test("a view into the middle of a buffer counts as the bytes it shows", () => {
  const seed = Uint8Array.from({ length: 32 }, (_, index) => index);
  const { key, message, signature } = honest();
  const views = [
    (bytes: Uint8Array) => Buffer.concat([Buffer.alloc(7, 0xaa), bytes, Buffer.alloc(5, 0xbb)]).subarray(7, -5),
    (bytes: Uint8Array) => concatBytes(new Uint8Array(3), bytes, new Uint8Array(1)).subarray(3, -1),
  ];
  for (const suite of both) {
    for (const view of views) {
      assert.equal(suite.verify(view(message), view(signature), view(key)), true);
      assert.deepEqual(suite.hash(view(message)), suite.hash(message));
      assert.deepEqual(suite.verifyingKey(asSigningKey(view(seed))), suite.verifyingKey(asSigningKey(seed)));
      assert.deepEqual(suite.sign(view(message), asSigningKey(view(seed))), suite.sign(message, asSigningKey(seed)));
    }
  }
});

test("an answer promised for later is about the bytes as they were", async () => {
  for (const suite of both) {
    const { key, message, signature } = honest();
    const later = suite.verifyLater(message, signature, key);
    for (const bytes of [key, message, signature]) bytes.fill(0);
    assert.equal(await later, true);
  }
});

test("an author whose key object was forgotten is verified again", () => {
  const { key, message, signature } = honest();
  assert.equal(node.verify(message, signature, key), true);
  for (let stranger = 0; stranger < 1100; stranger++) {
    assert.equal(node.verify(message, signature, node.hash(Uint8Array.of(stranger, stranger >> 8))), false);
  }
  assert.equal(node.verify(message, signature, key), true);
});

test("both suites derive the same key and sign the same bytes, and accept each other", () => {
  const rfc8032 = asSigningKey(fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(asSigningKey);
  const agree = fc.property(seeds, fc.uint8Array({ maxLength: 600 }), (seed, message) => {
    const key = node.verifyingKey(seed);
    const signature = node.sign(message, seed);
    assert.deepEqual(noble.verifyingKey(seed), key);
    assert.deepEqual(noble.sign(message, seed), signature);
    assert.ok(node.verify(message, signature, key) && noble.verify(message, signature, key));
  });
  fc.assert(agree, { seed: SEED, numRuns: 40, examples: [[rfc8032, new Uint8Array()]] });
});

test("one changed byte anywhere is refused by both suites", () => {
  const whole = honest();
  const parts = fc.constantFrom("key", "message", "signature");
  const refused = fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 255 }), (part, at, xor) => {
    const bytes = whole[part].map((byte, index) => (index === at % whole[part].length ? byte ^ xor : byte));
    const changed: Vector = { ...whole, [part]: bytes };
    for (const suite of both) assert.equal(suite.verify(changed.message, changed.signature, changed.key), false);
  });
  fc.assert(refused, { seed: SEED, numRuns: 150 });
});

test("both suites compute BLAKE3, whatever the length", () => {
  const known = "b177ec1bf26dfb3b7010d473e6d44713b29b765b99c6e60ecbfae742de496543";
  for (const suite of both) assert.equal(toHex(suite.hash(Uint8Array.of(1, 2, 3))), known);
  const lengths = [0, 1, 63, 64, 65, 1023, 1024, 1025, 2048, 16_384, 16_385, 70_000];
  for (const length of lengths) assert.deepEqual(node.hash(new Uint8Array(length)), noble.hash(new Uint8Array(length)));
  const agree = fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
    assert.deepEqual(node.hash(bytes), noble.hash(bytes));
  });
  fc.assert(agree, { seed: SEED, numRuns: 200 });
});

test("a hash stays what it was when the next one is computed", () => {
  for (const suite of both) {
    const first = suite.hash(Uint8Array.of(1));
    const before = toHex(first);
    suite.hash(Uint8Array.of(2));
    assert.equal(toHex(first), before);
    first.fill(0);
    assert.equal(toHex(suite.hash(Uint8Array.of(1))), before);
  }
});

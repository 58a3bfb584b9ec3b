// Bodies have one encoding: what is refused, what is written, and that an independent encoder (cborg) agrees.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as cborg from "cborg";
import fc from "fast-check";
import { fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import {
  BODY_LIMITS,
  type CborCode,
  CborError,
  type CborMap,
  type CborValue,
  decodeCbor,
  encodeCbor,
} from "../../../protocol/operation/cbor.ts";

const RUNS = 2_000;
const SYNTAX = "E_CBOR_SYNTAX";
const CANONICAL = "E_CBOR_CANONICAL";
const LIMIT = "E_CBOR_LIMIT";

function refuses(bytes: Uint8Array, code: CborCode): void {
  assert.throws(
    () => decodeCbor(bytes),
    (error) => error instanceof CborError && error.code === code,
    `${toHex(bytes.subarray(0, 40))} is not ${code}`,
  );
}

/** Maps without a prototype, as `decodeCbor` returns them. */
function bare(value: CborValue): CborValue {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(bare);
  const map: Record<string, CborValue> = Object.create(null);
  for (const [key, item] of Object.entries(value)) map[key] = bare(item);
  return map;
}

/** What cborg takes for a map with any text as key. */
function forCborg(value: CborValue): unknown {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(forCborg);
  return new Map(Object.entries(value).map(([key, item]) => [key, forCborg(item)]));
}

const texts = fc.string({ unit: "binary", maxLength: 90 }).filter((text) => !text.startsWith("\uFEFF"));
const leaves: fc.Arbitrary<CborValue> = fc.oneof(
  fc.constantFrom(null, true, false),
  fc.maxSafeInteger(),
  fc.constantFrom(23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, -(2 ** 31) - 1, -(2 ** 32), -(2 ** 32) - 1),
  texts,
  fc.uint8Array({ maxLength: 300 }),
);
const values = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "xsmall", maxDepth: 5 },
    leaves,
    fc.array(tie("value"), { maxLength: 26 }),
    fc.dictionary(fc.oneof(texts, fc.constantFrom("__proto__", "constructor", "10", "9")), tie("value"), {
      maxKeys: 26,
    }),
  ),
})).value;

test("cborg and we write the same bytes, and read the same value from them", () => {
  fc.assert(
    fc.property(values, (value) => {
      const bytes = encodeCbor(value);
      assert.equal(toHex(bytes), toHex(cborg.encode(forCborg(value), cborg.rfc8949EncodeOptions)));
      assert.deepEqual(decodeCbor(bytes), bare(value));
      assert.deepEqual(forCborg(decodeCbor(bytes)), cborg.decode(bytes, { useMaps: true, strict: true }));
    }),
    { numRuns: RUNS },
  );
});

test("whatever bytes are accepted are the encoding of what was read; all others throw CborError", () => {
  const noise = fc.uint8Array({ maxLength: 200 });
  const damaged = fc
    .tuple(values, fc.nat(), fc.nat(255))
    .map(([value, at, byte]) => encodeCbor(value).map((old, i, all) => (i === at % all.length ? byte : old)));
  fc.assert(
    fc.property(fc.oneof(noise, damaged), (bytes) => {
      try {
        assert.equal(toHex(encodeCbor(decodeCbor(bytes))), toHex(bytes));
      } catch (error) {
        assert.ok(error instanceof CborError, String(error));
      }
    }),
    { numRuns: 3 * RUNS },
  );
});

const EXAMPLE: CborMap = {
  a: "create",
  s: "event/1",
  f: { title: "Löten", tags: ["solder", "🔥"], when: { m: "exact", start: 1_785_838_020, tz: "Europe/Berlin" } },
};

test("a body cut short at any byte is refused", () => {
  const bytes = encodeCbor(EXAMPLE);
  for (let length = 0; length < bytes.length; length++) refuses(bytes.subarray(0, length), SYNTAX);
});

test("one more byte, or a second body behind the first, is refused", () => {
  const bytes = encodeCbor(EXAMPLE);
  refuses(Uint8Array.of(...bytes, 0), SYNTAX);
  refuses(Uint8Array.of(...bytes, ...bytes), SYNTAX);
});

const REFUSED: readonly (readonly [what: string, hex: string, code: CborCode])[] = [
  ["an integer in one byte more than it needs", "1801", CANONICAL],
  ["an integer in two bytes more than it needs", "190018", CANONICAL],
  ["an integer in four bytes more than it needs", "1a0000ffff", CANONICAL],
  ["an integer in eight bytes more than it needs", "1b00000000ffffffff", CANONICAL],
  ["a negative integer in a long form", "3800", CANONICAL],
  ["a negative integer in eight bytes that fits four", "3b00000000ffffffff", CANONICAL],
  ["a text length in a long form", "780161", CANONICAL],
  ["a byte string length in a long form", "580100", CANONICAL],
  ["an array length in a long form", "980100", CANONICAL],
  ["a map length in a long form", "b801616101", CANONICAL],
  ["an array of indefinite length", "9f01ff", CANONICAL],
  ["a map of indefinite length", "bf616101ff", CANONICAL],
  ["a text of indefinite length", "7f6161ff", CANONICAL],
  ["a byte string of indefinite length", "5f4100ff", CANONICAL],
  ["a break outside of anything", "ff", CANONICAL],
  ["a key that repeats", "a2616101616102", CANONICAL],
  ["a key that repeats with the same value", "a2616101616101", CANONICAL],
  ["keys out of order", "a2616201616101", CANONICAL],
  ["a longer key before a shorter one", "a262616101616202", CANONICAL],
  ["an integer as key", "a10101", CANONICAL],
  ["a byte string as key", "a1416101", CANONICAL],
  ["null as key", "a1f601", CANONICAL],
  ["a map as key", "a1a001", CANONICAL],
  ["1.5 as half float", "f93e00", CANONICAL],
  ["1.0 as half float", "f93c00", CANONICAL],
  ["-0 as half float", "f98000", CANONICAL],
  ["NaN", "f97e00", CANONICAL],
  ["Infinity", "f97c00", CANONICAL],
  ["a single float", "fa47c35000", CANONICAL],
  ["a double float", "fb3ff199999999999a", CANONICAL],
  ["undefined", "f7", CANONICAL],
  ["a simple value", "e0", CANONICAL],
  ["a simple value in two bytes", "f8ff", CANONICAL],
  ["a date tag", "c074323031332d30332d32315432303a30343a30305a", CANONICAL],
  ["a bignum tag", "c249010000000000000000", CANONICAL],
  ["the tag that announces CBOR", "d9d9f700", CANONICAL],
  ["cbor-x's record tag", "d9dfff81f6", CANONICAL],
  ["a text that begins with a byte order mark", "63efbbbf", CANONICAL],
  ["no byte at all", "", SYNTAX],
  ["a reserved head", "1c", SYNTAX],
  ["text that is not UTF-8", "62c328", SYNTAX],
  ["an overlong UTF-8 form", "62c0af", SYNTAX],
  ["half of a surrogate pair", "63eda080", SYNTAX],
  ["UTF-8 cut inside a character", "61c3", SYNTAX],
  ["UTF-8 beyond U+10FFFF", "64f4908080", SYNTAX],
  ["a long text that is not UTF-8", `7850${"61".repeat(79)}ff`, SYNTAX],
  ["a key that is not UTF-8", "a161ff01", SYNTAX],
  ["an array that claims 2^32 - 1 items", "9affffffff", SYNTAX],
  ["an array that claims 2^53 - 1 items", "9b001fffffffffffff", SYNTAX],
  ["a byte string that claims 2^32 - 1 bytes", "5affffffff", SYNTAX],
  ["a byte string that claims 2^53 - 1 bytes", "5b001fffffffffffff", SYNTAX],
  ["a text that claims 2^53 - 1 bytes", "7b001fffffffffffff", SYNTAX],
  ["a map that claims 2^32 - 1 keys", "baffffffff", LIMIT],
  ["a map that claims 2^53 - 1 keys", "bb001fffffffffffff", LIMIT],
  ["an array that claims 2^64 - 1 items", "9bffffffffffffffff", LIMIT],
  ["2^53", "1b0020000000000000", LIMIT],
  ["-2^53", "3b001fffffffffffff", LIMIT],
  ["2^64 - 1", "1bffffffffffffffff", LIMIT],
];

for (const [what, hex, code] of REFUSED) test(`refuses ${what}`, () => refuses(fromHex(hex), code));

test("refuses a million nested arrays, maps and tags in less than 5 ms, whatever the size limit", () => {
  for (const head of [0x81, 0xa1, 0xc0, 0x9f]) {
    const bomb = new Uint8Array(1_000_000).fill(head);
    refuses(bomb, LIMIT);
    refuses(bomb.subarray(0, BODY_LIMITS.bytes), head === 0x81 ? LIMIT : CANONICAL);
    const took = Array.from({ length: 3 }, () => {
      const start = performance.now();
      assert.throws(() => decodeCbor(bomb, { ...BODY_LIMITS, bytes: bomb.length }), CborError);
      return performance.now() - start;
    });
    assert.ok(Math.min(...took) < 5, `it took ${Math.min(...took)} ms`);
  }
});

function nested(depth: number): CborValue {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

/** `count` items, the outer and inner arrays included. */
function items(count: number): CborValue {
  return Array.from({ length: count - 1 }, () => 0);
}

function keys(count: number): CborMap {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
}

/** A text as large as makes `bytes` in all; its head has three bytes. */
function sized(bytes: number): CborValue {
  return "x".repeat(bytes - 3);
}

test("depth, items and keys are bounded, in reading and in writing", () => {
  const unbounded = { bytes: 2 ** 20, depth: 100, items: 2 ** 20, mapKeys: 1000 };
  const bounds: readonly (readonly [max: number, make: (n: number) => CborValue])[] = [
    [BODY_LIMITS.depth, nested],
    [BODY_LIMITS.items, items],
    [BODY_LIMITS.mapKeys, keys],
  ];
  for (const [max, make] of bounds) {
    for (const n of [max - 1, max]) assert.deepEqual(decodeCbor(encodeCbor(make(n))), bare(make(n)));
    refuses(encodeCbor(make(max + 1), unbounded), LIMIT);
    assert.throws(() => encodeCbor(make(max + 1)), { code: LIMIT });
  }
});

test("a body has up to 64 KiB", () => {
  const half = sized(BODY_LIMITS.bytes / 2);
  for (const missing of [2, 1]) {
    const value = [half, sized(BODY_LIMITS.bytes / 2 - missing)];
    assert.equal(encodeCbor(value).length, BODY_LIMITS.bytes + 1 - missing);
    assert.deepEqual(decodeCbor(encodeCbor(value)), value);
  }
  const over = [half, sized(BODY_LIMITS.bytes / 2)];
  assert.throws(() => encodeCbor(over), { code: LIMIT });
  refuses(encodeCbor(over, { ...BODY_LIMITS, bytes: 2 ** 20 }), LIMIT);
});

test("integers reach from -(2^53 - 1) to 2^53 - 1", () => {
  for (const edge of [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]) {
    assert.equal(decodeCbor(encodeCbor(edge)), edge);
  }
  for (const over of [2 ** 53, -(2 ** 53)]) assert.throws(() => encodeCbor(over), { code: CANONICAL });
});

test("does not write what a body cannot hold", () => {
  const unwritable: readonly unknown[] = [
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    1n,
    Symbol("x"),
    () => 1,
  ];
  for (const value of [...unwritable, "\ud800", `${"x".repeat(99)}\udc00`, "\uFEFFx"]) {
    assert.throws(() => encodeCbor({ a: value as CborValue }), { name: "CborError", code: CANONICAL });
  }
  const endless: CborValue[] = [];
  endless.push(endless);
  assert.throws(() => encodeCbor(endless), { code: LIMIT });
  assert.equal(toHex(encodeCbor(-0)), "00");
});

test('"__proto__" is a key like any other', () => {
  const bytes = fromHex("a1695f5f70726f746f5f5fa1617801");
  const map = decodeCbor(bytes) as CborMap;
  assert.deepEqual(Object.keys(map), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(map), null);
  assert.equal(({} as Record<string, unknown>)["x"], undefined);
  assert.equal(toHex(encodeCbor(map)), toHex(bytes));
});

test("keys are ordered by the bytes of their encodings, not as JavaScript would", () => {
  const map = { "10": 1, "9": 2, z: 3, aa: 4, "\u{1F525}": 5, "\uE000x": 6 };
  assert.deepEqual(
    [...(cborg.decode(encodeCbor(map), { useMaps: true }) as Map<string, number>).keys()],
    ["9", "z", "10", "aa", "\uE000x", "\u{1F525}"],
  );
});

test("what is read shares no memory with the bytes and leaves no trace on them", () => {
  const bytes = encodeCbor({ a: Uint8Array.of(1, 2, 3) });
  const { a } = decodeCbor(bytes) as { a: Uint8Array };
  bytes.fill(0);
  assert.deepEqual(a, Uint8Array.of(1, 2, 3));
  assert.deepEqual(Object.getOwnPropertyNames(bytes), Object.getOwnPropertyNames(new Uint8Array(bytes.length)));
  assert.equal(bytes.constructor, Uint8Array);
  assert.equal(bytes.buffer.byteLength, bytes.length);
});

// Bodies: what is understood, what is carried without being understood, what is unreadable. Nothing throws.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { type BodyReading, type BodyToWrite, encodeBody, readBody } from "../../../protocol/festival/body.ts";
import { fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { encodeCbor } from "../../../protocol/operation/cbor.ts";
import { MAX_BODY_BYTES } from "../../../protocol/operation/limits.ts";

const ID = "ab".repeat(32);
const RUNS = 2_000;

interface Vector {
  readonly comment: string;
  readonly hex: string;
  readonly expected: BodyReading;
}

const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/bodies.json", import.meta.url), "utf8"),
) as readonly Vector[];

/** Maps that were read have no prototype; those of JSON have one. */
function plain(reading: BodyReading): unknown {
  return JSON.parse(JSON.stringify(reading));
}

for (const { comment, hex, expected } of vectors) {
  test(`${expected.status}: ${comment} (M-02, M-03)`, () => {
    assert.deepEqual(plain(readBody(fromHex(hex))), expected);
  });
}

test("the vectors cover all three readings", () => {
  const counts = Object.groupBy(vectors, ({ expected }) => expected.status);
  assert.deepEqual(Object.keys(counts).sort(), ["understood", "unknown", "unreadable"]);
  assert.ok(vectors.length >= 30);
});

test("what is written is read back", () => {
  const bodies: readonly BodyToWrite[] = [
    { a: "create", s: "event/1", f: { title: "Soup", tags: ["hot"] } },
    { a: "update", s: "event/1", d: ID, v: ID, f: { note: null } },
    { a: "delete", s: "frame/1", d: ID },
    { a: "set", s: "rsvp/1", k: `${ID}@60`, f: { going: "yes" } },
  ];
  for (const body of bodies) assert.deepEqual(plain(readBody(encodeBody(body))), { status: "understood", body });
});

test("writers are given the fields of each schema by the compiler", () => {
  const bytes = encodeBody({
    a: "create",
    s: "event/1",
    f: { title: "Soup", when: { m: "exact", start: 1_785_838_020, tz: "Europe/Berlin" }, hosts: [{ name: "Ada" }] },
  });
  assert.equal(readBody(bytes).status, "understood");
  // @ts-expect-error: an event has a title
  encodeBody({ a: "create", s: "event/1", f: {} });
  // @ts-expect-error: "maybe" is no status of an event
  encodeBody({ a: "update", s: "event/1", d: ID, f: { status: "maybe" } });
  // @ts-expect-error: an rsvp is set, not created
  encodeBody({ a: "create", s: "rsvp/1", f: { going: "yes" } });
});

test("a body has up to 64 KiB, in writing and in reading (M-07)", () => {
  const sized = (bytes: number): BodyToWrite => ({ a: "create", s: "event/1", f: { title: "x".repeat(bytes - 32) } });
  for (const bytes of [MAX_BODY_BYTES - 1, MAX_BODY_BYTES]) {
    const written = encodeBody(sized(bytes));
    assert.equal(written.length, bytes);
    assert.equal(readBody(written).status, "understood");
  }
  assert.throws(() => encodeBody(sized(MAX_BODY_BYTES + 1)), { code: "E_CBOR_LIMIT" });
  const over = encodeCbor({ ...sized(MAX_BODY_BYTES + 1) } as never, {
    bytes: 2 ** 20,
    depth: 9,
    items: 99,
    mapKeys: 9,
  });
  assert.equal(readBody(over).status, "unreadable");
});

test("no bytes whatsoever make reading throw", () => {
  const damaged = fc
    .tuple(fc.constantFrom(...vectors), fc.nat(), fc.nat(255))
    .map(([{ hex }, at, byte]) => fromHex(hex).map((old, i, all) => (i === at % all.length ? byte : old)));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (bytes) => {
      const reading = readBody(bytes);
      if (reading.status === "unreadable") assert.match(reading.reason, /^Cannot read (CBOR|body): /, toHex(bytes));
    }),
    { numRuns: RUNS },
  );
});

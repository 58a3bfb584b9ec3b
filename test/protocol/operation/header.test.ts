// Headers, byte for byte: p2panda's own fixtures, our own vectors, and what must not be read as a header.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { asLogId, asSigningKey, fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { DecodeError } from "../../../protocol/operation/errors.ts";
import { decodeHeader, encodeHeader } from "../../../protocol/operation/header.ts";
import { MAX_HEADER_BYTES } from "../../../protocol/operation/limits.ts";
import { createOperation, decodeOperation } from "../../../protocol/operation/operation.ts";
import { validateOperation } from "../../../protocol/operation/validate.ts";
import { createNobleCrypto } from "../../../sync/crypto/noble.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { needsShared, sharedJson } from "../../support/shared-data.ts";

const suites = [
  ["node", await createNodeCrypto()],
  ["noble", createNobleCrypto()],
] as const;
const [, suite] = suites[0];

interface HeaderVector {
  readonly comment: string;
  readonly header: string;
  readonly unsigned?: string;
  readonly body?: string;
  readonly id?: string;
  readonly error?: string;
}
const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/headers.json", import.meta.url), "utf8"),
) as readonly HeaderVector[];

function codeOf(bytes: Uint8Array): string {
  try {
    decodeHeader(bytes);
    return "ok";
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
}

for (const { comment, header, unsigned, body, id, error } of vectors) {
  test(`vector: ${comment}`, () => {
    const bytes = fromHex(header);
    if (error) {
      assert.equal(codeOf(bytes), error);
      return;
    }
    for (const [name, each] of suites) {
      const operation = decodeOperation(bytes, body ? fromHex(body) : undefined, each);
      assert.equal(toHex(operation.unsignedBytes), unsigned, name);
      assert.equal(toHex(operation.id), id, name);
      assert.equal(toHex(encodeHeader(operation.header)), header, name);
      assert.equal(validateOperation(operation, each), undefined, name);
    }
  });
}

test("all header fixtures of p2panda are reproduced, signatures included", needsShared("data/vectors"), (t) => {
  const wire = sharedJson<Record<string, string>>("data/vectors/p2panda-wire.json");
  const names = ["A", "B", "C", "N0", "N1"];
  for (const name of names) {
    for (const [, each] of suites) {
      const operation = decodeOperation(fromHex(wire[`${name}_signed`] ?? ""), undefined, each);
      assert.equal(toHex(operation.unsignedBytes), wire[`${name}_unsigned`]);
      assert.equal(toHex(operation.id), wire[`${name}_hash`]);
      assert.equal(toHex(encodeHeader(operation.header)), wire[`${name}_signed`]);
      assert.equal(validateOperation(operation, each), undefined);
    }
  }
  t.diagnostic(`${names.length} fixtures, ${suites.length} suites`);
});

test("an author with the fixture's seed writes the fixture's bytes", needsShared("data/vectors"), () => {
  const wire = sharedJson<Record<string, string>>("data/vectors/p2panda-wire.json");
  const signingKey = asSigningKey(fromHex("f47b55d7a1cc5ee3effd80a4e4a0c33112317d0432da9de6ae019ae7e78e16aa"));
  const logId = asLogId(fromHex(wire["logId"] ?? ""));
  for (const [, each] of suites) {
    const body = fromHex(wire["body"] ?? "");
    const first = createOperation({ signingKey, logId, timestamp: 1785838042000000, body }, each);
    assert.equal(toHex(first.headerBytes), wire["N0_signed"]);
    const previous = { id: first.id, seqNum: 0 };
    const second = createOperation({ signingKey, logId, previous, timestamp: 1785838042000001, pruneFlag: true }, each);
    assert.equal(toHex(second.headerBytes), wire["N1_signed"]);
  }
});

const sample = fromHex(vectors.find((vector) => vector.comment.startsWith("second operation"))?.header ?? "");

test("a header cut off at any byte is refused", () => {
  assert.ok(sample.length > 200);
  for (let length = 0; length < sample.length; length++) {
    assert.notEqual(codeOf(sample.subarray(0, length)), "ok", `cut at ${length}`);
  }
});

test("a header with a byte behind it is refused", () => {
  assert.equal(codeOf(Uint8Array.of(...sample, 0)), "E_HEADER_CANONICAL");
});

test("a header over the limit is refused before it is read", () => {
  assert.equal(codeOf(new Uint8Array(MAX_HEADER_BYTES + 1)), "E_HEADER_LIMIT");
  assert.equal(codeOf(new Uint8Array(MAX_HEADER_BYTES)), "E_HEADER_SYNTAX");
});

test("random bytes are refused with a code, never with another exception", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => codeOf(bytes) !== "ok"),
    { numRuns: 20_000 },
  );
});

test("a changed byte never decodes to an operation that still validates", () => {
  fc.assert(
    fc.property(fc.nat(sample.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const mutated = sample.slice();
      mutated[at] = (mutated[at] as number) ^ change;
      if (codeOf(mutated) !== "ok") return true;
      return validateOperation(decodeOperation(mutated, undefined, suite), suite) === "E_SIGNATURE";
    }),
    { numRuns: 2_000 },
  );
});

test("whatever can be created decodes to itself", () => {
  const logId = asLogId(new Uint8Array(32).fill(7));
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.nat(2 ** 32 - 3),
      fc.nat(Number.MAX_SAFE_INTEGER),
      fc.boolean(),
      fc.uint8Array({ maxLength: 64 }),
      (seed, past, timestamp, pruneFlag, body) => {
        const previous = past > 0 ? { previous: { id: suite.hash(seed), seqNum: past } } : {};
        const input = { signingKey: asSigningKey(seed), logId, timestamp, pruneFlag, body, ...previous };
        const operation = createOperation(input, suite);
        const decoded = decodeOperation(operation.headerBytes, operation.body, suite);
        assert.deepEqual(decoded, operation);
        assert.equal(validateOperation(decoded, suite), undefined);
      },
    ),
    { numRuns: 500 },
  );
});

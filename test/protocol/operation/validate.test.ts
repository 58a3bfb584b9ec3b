// The rules of validity, one broken at a time, and the table for prunable logs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asLogId, asSignature, asSigningKey } from "../../../protocol/operation/bytes.ts";
import { encodeHeader, encodeUnsigned, type Header, type UnsignedHeader } from "../../../protocol/operation/header.ts";
import { MAX_BODY_BYTES } from "../../../protocol/operation/limits.ts";
import { createOperation, type NewOperation, type Operation } from "../../../protocol/operation/operation.ts";
import {
  type Past,
  validateBacklink,
  validateOperation,
  validatePrunableBacklink,
} from "../../../protocol/operation/validate.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";

const suite = await createNodeCrypto();
const signingKey = asSigningKey(new Uint8Array(32).fill(1));
const logId = asLogId(new Uint8Array(32).fill(2));
const body = new TextEncoder().encode("soup at eight");

function create(input: Partial<NewOperation> = {}): Operation {
  return createOperation({ signingKey, logId, timestamp: 1_790_000_000_000_000, ...input }, suite);
}

/** An operation with a header that `createOperation` would never make, truly signed. */
function sign(header: UnsignedHeader): Operation {
  const unsignedBytes = encodeUnsigned(header);
  const signed: Header = { ...header, signature: suite.sign(unsignedBytes, signingKey) };
  const headerBytes = encodeHeader(signed);
  return { id: suite.hash(headerBytes), header: signed, headerBytes, unsignedBytes };
}

function pastOf({ id, header }: Operation): Past {
  return { id, verifyingKey: header.verifyingKey, seqNum: header.seqNum };
}

const first = create({ body });
const second = create({ previous: { id: first.id, seqNum: 0 }, body });
const third = create({ previous: { id: second.id, seqNum: 1 } });
const { signature: _, ...unsigned } = first.header;
const { payloadHash: __, ...unsignedWithoutHash } = unsigned;

const cases: readonly (readonly [string, Operation, string | undefined])[] = [
  ["an operation with a body", first, undefined],
  ["an operation whose body is not here", { ...first, body: undefined as never }, undefined],
  ["an operation without a body", create(), undefined],
  [
    "a signature of somebody else",
    { ...first, header: { ...first.header, signature: asSignature(new Uint8Array(64)) } },
    "E_SIGNATURE",
  ],
  ["a version that is not 1", sign({ ...unsigned, version: 2 }), "E_VERSION"],
  ["a payload size without a payload hash", sign(unsignedWithoutHash), "E_PAYLOAD_HASH"],
  ["a payload hash without a payload size", sign({ ...unsigned, payloadSize: 0 }), "E_PAYLOAD_HASH"],
  ["a backlink on the first operation", sign({ ...unsigned, backlink: first.id }), "E_BACKLINK_UNEXPECTED"],
  ["no backlink on a later operation", sign({ ...unsigned, seqNum: 1 }), "E_BACKLINK_MISSING"],
  ["a body of another hash", { ...first, body: new TextEncoder().encode("soup at nine!") }, "E_BODY"],
  ["a body of another length", { ...first, body: body.subarray(1) }, "E_BODY"],
  ["a body where the header has none", { ...create(), body }, "E_BODY"],
  ["an empty body where the header has none", { ...create(), body: new Uint8Array(0) }, "E_BODY"],
  ["a body at the limit", create({ body: new Uint8Array(MAX_BODY_BYTES) }), undefined],
  ["a body over the limit", create({ body: new Uint8Array(MAX_BODY_BYTES + 1) }), "E_BODY_LIMIT"],
  ["a body over the limit that is not here", sign({ ...unsigned, payloadSize: MAX_BODY_BYTES + 1 }), "E_BODY_LIMIT"],
];

for (const [what, operation, fault] of cases) {
  test(`${what} is ${fault ?? "valid"}`, () => {
    assert.equal(validateOperation(operation, suite), fault);
  });
}

test("an operation follows the one its backlink names, by the same author, one number later", () => {
  assert.equal(validateBacklink(second.header, pastOf(first)), undefined);
  assert.equal(validateBacklink(third.header, pastOf(first)), "E_SEQ_NUM");
  const stranger = create({ signingKey: asSigningKey(new Uint8Array(32).fill(9)), body });
  assert.equal(validateBacklink(second.header, pastOf(stranger)), "E_AUTHOR");
  const otherFirst = create({ body: body.subarray(1) });
  assert.equal(validateBacklink(second.header, pastOf(otherFirst)), "E_BACKLINK");
});

test("the table of prunable logs (p2panda-wire §1.5)", () => {
  const pruning = create({ previous: { id: second.id, seqNum: 1 }, pruneFlag: true });
  const rows: readonly (readonly [Operation, Operation | undefined, string | undefined])[] = [
    [second, first, undefined],
    [second, third, "E_SEQ_NUM"],
    [second, undefined, "E_BACKLINK_MISSING"],
    [pruning, undefined, undefined],
    [pruning, first, undefined],
    [first, undefined, undefined],
    [first, second, "E_SEQ_NUM"],
    [create({ pruneFlag: true }), second, "E_SEQ_NUM"],
  ];
  for (const [operation, past, fault] of rows) {
    assert.equal(validatePrunableBacklink(operation, past && pastOf(past)), fault);
  }
});

// Messages and frames, byte for byte: p2panda's fixtures, our own, and everything that must not be read as one.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { asHash, asTopic, asVerifyingKey, fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES } from "../../../protocol/operation/limits.ts";
import { MAX_PART_BYTES } from "../../../sync/session/blob-message.ts";
import { SessionError } from "../../../sync/session/errors.ts";
import { decodeFrame, encodeFrame, MAX_MESSAGE_BYTES } from "../../../sync/session/frame.ts";
import { decodeMessage, encodeMessage, type Message, type Stage } from "../../../sync/session/message.ts";
import { needsShared, sharedJson } from "../../support/shared-data.ts";

const key = "e4".repeat(32);
const log = "eb".repeat(32);
const blob = asHash(new Uint8Array(32).fill(0xb1));

const messages: readonly (readonly [Stage, Message])[] = [
  ["hello", { type: "hello", verifyingKey: asVerifyingKey(fromHex(key)), nonce: new Uint8Array(16).fill(9) }],
  ["hello", { type: "proof", signature: new Uint8Array(64).fill(5) as never }],
  ["handshake", { type: "topic", topic: asTopic(new Uint8Array(32).fill(7)) }],
  ["handshake", { type: "handshakeDone" }],
  ["sync", { type: "have", heights: new Map() }],
  [
    "sync",
    {
      type: "have",
      heights: new Map([
        [key, new Map([[log, 4_294_967_294]])],
        [
          log,
          new Map([
            [key, 0],
            [log, 300],
          ]),
        ],
      ]),
    },
  ],
  ["sync", { type: "preSync", operations: 2, bytes: 70_000 }],
  ["sync", { type: "operation", headerBytes: new Uint8Array(150).fill(1), body: new Uint8Array(300).fill(2) }],
  ["sync", { type: "operation", headerBytes: new Uint8Array(104).fill(1) }],
  ["sync", { type: "done" }],
  ["sync", { type: "live", headerBytes: new Uint8Array(104).fill(1), body: Uint8Array.of(1), form: "bytes" }],
  ["sync", { type: "close" }],
  ["sync", { type: "fingerprint", hash: asHash(new Uint8Array(32).fill(3)) }],
  [
    "sync",
    {
      type: "heads",
      heads: new Map([[key, new Map([[log, { height: 9, digest: new Uint8Array(8).fill(1), gap: true }]])]]),
    },
  ],
  ["sync", { type: "wantBlob", hash: blob, from: 0 }],
  ["sync", { type: "wantBlob", hash: blob, from: MAX_BLOB_BYTES - 1 }],
  ["sync", { type: "blobPart", hash: blob, total: MAX_BLOB_BYTES, bytes: new Uint8Array(300).fill(4) }],
  ["sync", { type: "noBlob", hash: blob }],
  ["sync", { type: "blobHere", hash: blob }],
];

function codeOf(read: () => unknown): string {
  try {
    read();
    return "ok";
  } catch (error) {
    if (error instanceof SessionError) return error.code;
    throw error;
  }
}

for (const [stage, message] of messages) {
  test(`${message.type} is read as it was written, and not when cut short or followed by more`, () => {
    const bytes = encodeMessage(message);
    assert.deepEqual(decodeMessage(bytes, stage), message);
    for (let length = 0; length < bytes.length; length++) {
      assert.equal(
        codeOf(() => decodeMessage(bytes.subarray(0, length), stage)),
        "E_MESSAGE",
        `cut at ${length}`,
      );
    }
    assert.equal(
      codeOf(() => decodeMessage(Uint8Array.of(...bytes, 0), stage)),
      "E_MESSAGE",
    );
  });
}

test("every frame of p2panda's fixtures is read and written alike", needsShared("data/vectors"), () => {
  const wire = sharedJson<Record<string, string>>("data/vectors/p2panda-wire.json");
  const frames: readonly (readonly [string, Stage, Message["type"]])[] = [
    ["w_topic", "handshake", "topic"],
    ["w_hdone", "handshake", "handshakeDone"],
    ["w_have0", "sync", "have"],
    ["w_have1", "sync", "have"],
    ["w_presync", "sync", "preSync"],
    ["w_op0", "sync", "operation"],
    ["w_op1", "sync", "operation"],
    ["w_done", "sync", "done"],
    ["w_live0", "sync", "live"],
    ["w_live1", "sync", "live"],
    ["w_live0_next", "sync", "live"],
    ["w_close", "sync", "close"],
  ];
  for (const [name, stage, type] of frames) {
    const message = decodeMessage(decodeFrame(fromHex(wire[name] ?? "")), stage);
    assert.equal(message.type, type, name);
    assert.equal(toHex(encodeFrame(encodeMessage(message))), wire[name], name);
  }
});

test("a live header in p2panda's postcard form gives the header's own bytes", needsShared("data/vectors"), () => {
  const wire = sharedJson<Record<string, string>>("data/vectors/p2panda-wire.json");
  for (const [frame, header] of [
    ["w_live0", "N0_signed"],
    ["w_live1", "N1_signed"],
    ["w_live0_next", "N0_signed"],
  ] as const) {
    const message = decodeMessage(decodeFrame(fromHex(wire[frame] ?? "")), "sync");
    assert.ok(message.type === "live");
    assert.equal(toHex(message.headerBytes), wire[header]);
    assert.equal(message.form, frame === "w_live0_next" ? "bytes" : "fields");
  }
});

const refused: readonly (readonly [string, Stage, string])[] = [
  ["an unknown handshake variant", "handshake", "02"],
  ["an unknown message variant", "sync", "09"],
  ["an unknown log sync variant", "sync", "0004"],
  ["a variant in two bytes instead of one", "sync", "8200"],
  ["a varint without an end", "sync", "ffffffffffffffffffffff"],
  ["a boolean of 2", "sync", `0002${"68"}${"00".repeat(104)}02`],
  ["a topic of 31 bytes", "handshake", `001f${"07".repeat(31)}`],
  ["a Have that claims 2^32 authors", "sync", "0000ffffffff0f"],
  ["a Have that names an author twice", "sync", `000002${`20${key}00`.repeat(2)}`],
  ["a Have that names a log twice", "sync", `00000120${key}02${`20${log}01`.repeat(2)}`],
  ["a question for a blob beyond its largest end", "sync", `05${"b1".repeat(32)}808020`],
  ["a blob over the limit", "sync", `06${"b1".repeat(32)}8180200100`],
  ["an empty part of a blob", "sync", `06${"b1".repeat(32)}0500`],
  ["a part of a blob over its limit", "sync", `06${"b1".repeat(32)}80802081f803${"00".repeat(64_513)}`],
  ["a hash of a blob with 31 bytes", "sync", `07${"b1".repeat(31)}`],
  ["a header over the limit", "sync", `0002812000${"00".repeat(4097)}`],
];

for (const [what, stage, hex] of refused) {
  test(`${what} is refused`, () => {
    assert.equal(
      codeOf(() => decodeMessage(fromHex(hex), stage)),
      "E_MESSAGE",
    );
  });
}

test("random bytes are refused with a code or read as a message, never anything else", () => {
  const stages: readonly Stage[] = ["hello", "handshake", "sync"];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...stages), (bytes, stage) => {
      const code = codeOf(() => decodeMessage(bytes, stage));
      return code === "ok" || code === "E_MESSAGE";
    }),
    { numRuns: 20_000 },
  );
});

test("the largest part of a blob fits into a frame of 64 KiB", () => {
  const part: Message = { type: "blobPart", hash: blob, total: MAX_BLOB_BYTES, bytes: new Uint8Array(MAX_PART_BYTES) };
  const frame = encodeFrame(encodeMessage(part));
  assert.ok(frame.length <= 64 * 1024, `${frame.length} bytes`);
  assert.deepEqual(decodeMessage(decodeFrame(frame), "sync"), part);
});

test("a frame that claims more than the limit is refused before its bytes come", () => {
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, MAX_MESSAGE_BYTES + 1);
  assert.equal(
    codeOf(() => decodeFrame(prefix)),
    "E_FRAME_LIMIT",
  );
});

test("a transport unit holds exactly one frame", () => {
  const frame = encodeFrame(Uint8Array.of(1));
  assert.deepEqual(decodeFrame(frame), Uint8Array.of(1));
  for (const wrong of [
    new Uint8Array(0),
    frame.subarray(0, 3),
    frame.subarray(0, 4),
    Uint8Array.of(...frame, ...frame),
  ]) {
    assert.equal(
      codeOf(() => decodeFrame(wrong)),
      "E_FRAME",
    );
  }
});

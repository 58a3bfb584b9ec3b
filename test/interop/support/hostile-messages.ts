// What a node says that does not keep to the protocol: messages out of order, bytes that are no message, operations that are
// forged or of tomorrow. Written with our own codec where it can, by hand where it refuses to.
import { asSigningKey, concatBytes } from "../../../protocol/operation/bytes.ts";
import { encodeHeader, encodeUnsigned } from "../../../protocol/operation/header.ts";
import { decodeOperation, type Operation } from "../../../protocol/operation/operation.ts";
import { encodeFrame, MAX_MESSAGE_BYTES } from "../../../sync/session/frame.ts";
import type { Message } from "../../../sync/session/message.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { TestLog } from "../../support/test-log.ts";
import { framed, suite } from "./hostile-stage.ts";

const SEED = 20260718;

export const NOTHING: Message = { type: "have", heights: new Map() };
export const PRE_SYNC: Message = { type: "preSync", operations: 1, bytes: 1 };
export const DONE: Message = { type: "done" };

export const OUT_OF_ORDER: Readonly<Record<string, (log: TestLog) => readonly Message[]>> = {
  "PreSync before Have": () => [PRE_SYNC],
  "Done before Have": () => [DONE],
  "an operation before Have": (log) => [operation(log.append())],
  "an operation before PreSync": (log) => [NOTHING, operation(log.append())],
  "a live operation before Have": (log) => [live(log.append())],
  "a live operation before Done": (log) => [NOTHING, PRE_SYNC, live(log.append())],
  "Close before Done": () => [NOTHING, { type: "close" }],
  "Have twice": () => [NOTHING, NOTHING],
  "PreSync twice": () => [NOTHING, PRE_SYNC, PRE_SYNC],
  "Done twice": () => [NOTHING, DONE, DONE],
  "an operation after Done": (log) => [NOTHING, DONE, operation(log.append())],
  "a message that only our own boxes know": () => [{ type: "fingerprint", hash: suite.hash(new Uint8Array()) }],
};

export const BROKEN: Readonly<Record<string, Uint8Array>> = {
  "an unknown message": encodeFrame(Uint8Array.of(9)),
  "an unknown message of log sync": encodeFrame(Uint8Array.of(0, 9)),
  "an empty frame": encodeFrame(new Uint8Array()),
  "a message with bytes behind it": encodeFrame(Uint8Array.of(0, 0, 0, 0)),
  "a message that ends early": encodeFrame(Uint8Array.of(0, 1)),
  "four billion authors": encodeFrame(Uint8Array.of(0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f)),
  "a number without an end": encodeFrame(concatBytes(Uint8Array.of(0, 1), new Uint8Array(64).fill(0xff))),
  "random bytes": encodeFrame(Uint8Array.from({ length: 500 }, randomByte(SEED))),
};

export const HANDSHAKES: Readonly<Record<string, { readonly code: string; readonly bytes: Uint8Array }>> = {
  "a topic of its own": { code: "E_ORDER", bytes: framed([{ type: "topic", topic: new TestLog(suite, "x").topic }]) },
  "an unknown message": { code: "E_MESSAGE", bytes: encodeFrame(Uint8Array.of(7)) },
  "a frame over the limit": { code: "E_FRAME_LIMIT", bytes: lengthPrefix(MAX_MESSAGE_BYTES + 1) },
  "Done twice": { code: "E_TRANSPORT", bytes: framed([{ type: "handshakeDone" }, { type: "handshakeDone" }]) },
};

export function operation({ headerBytes, body }: Operation): Message {
  return { type: "operation", headerBytes, ...(body && { body }) };
}

export function live({ headerBytes, body }: Operation): Message {
  return { type: "live", form: "fields", headerBytes, ...(body && { body }) };
}

export function forged(operation: Operation): Operation {
  const { header, body } = operation;
  const { signature } = header;
  const headerBytes = encodeHeader({
    ...header,
    signature: signature.with(0, (signature[0] as number) ^ 1) as typeof signature,
  });
  return decodeOperation(headerBytes, body, suite);
}

/** The first operation of an author who uses variant 2 of p2panda's extensions, whatever that will be. */
export function withUnknownExtensions({ logId }: Pick<TestLog, "logId">): Operation {
  const author = asSigningKey(suite.hash(new TextEncoder().encode("author of tomorrow")));
  const bytes = concatBytes(Uint8Array.of(0x84, 0x01, 0x02, 0x58, 0x20), logId, Uint8Array.of(0x61, 0x21));
  const extensions = { kind: "opaque", bytes, logId } as const;
  const unsigned = { version: 1, verifyingKey: suite.verifyingKey(author), payloadSize: 0, seqNum: 0, extensions };
  const signature = suite.sign(encodeUnsigned(unsigned), author);
  return decodeOperation(encodeHeader({ ...unsigned, signature }), undefined, suite);
}

export function lengthPrefix(length: number): Uint8Array {
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, length);
  return prefix;
}

function randomByte(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.floor(random() * 256);
}

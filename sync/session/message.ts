// The messages of a session and their bytes (SPEC.md §5.1, §5.5): p2panda 0.7's handshake, log sync and live messages,
// and those that only our own boxes exchange after they agreed on the subprotocol (hello, fingerprint, heads, and blobs:
// blob-message.ts).
import {
  asHash,
  asSignature,
  asTopic,
  asVerifyingKey,
  fromHex,
  HASH_BYTES,
  type Hash,
  KEY_BYTES,
  SIGNATURE_BYTES,
  type Signature,
  type Topic,
  toHex,
  type VerifyingKey,
} from "../../protocol/operation/bytes.ts";
import { MAX_HEADER_BYTES, MAX_SEQ_NUM, MAX_UINT32 } from "../../protocol/operation/limits.ts";
import type { LogHeights } from "../../protocol/operation/log.ts";
import { type BlobMessage, readBlobMessage, writeBlobMessage } from "./blob-message.ts";
import { SessionError } from "./errors.ts";
import { MAX_MESSAGE_BYTES } from "./frame.ts";
import { readLiveHeader, writeLiveHeader } from "./live-header.ts";
import { PostcardReader, PostcardWriter } from "./postcard.ts";

export const HELLO_NONCE_BYTES = 16;
export const HEAD_DIGEST_BYTES = 8;

/** Bytes of one author with one log in `Have`: bounds how many a message of that size can claim. */
const MIN_HAVE_ENTRY_BYTES = 34;

/** How `Live` carries its header: p2panda 0.7.0 writes its fields in postcard, its successor the CBOR bytes. */
export type LiveForm = "fields" | "bytes";

export interface HeadEntry {
  readonly height: number;
  /** First bytes of a hash over all branch ends of the log. */
  readonly digest: Uint8Array;
  /** The sender met an operation of this log whose predecessor it does not have: it wants the log from its beginning. */
  readonly gap: boolean;
}

/** author hex → log id hex → how its branches end. */
export type Heads = ReadonlyMap<string, ReadonlyMap<string, HeadEntry>>;

export type Message =
  | { readonly type: "hello"; readonly verifyingKey: VerifyingKey; readonly nonce: Uint8Array }
  | { readonly type: "proof"; readonly signature: Signature }
  | { readonly type: "topic"; readonly topic: Topic }
  | { readonly type: "handshakeDone" }
  | { readonly type: "have"; readonly heights: LogHeights }
  | { readonly type: "preSync"; readonly operations: number; readonly bytes: number }
  | { readonly type: "operation"; readonly headerBytes: Uint8Array; readonly body?: Uint8Array }
  | { readonly type: "done" }
  | { readonly type: "live"; readonly headerBytes: Uint8Array; readonly body?: Uint8Array; readonly form: LiveForm }
  | { readonly type: "close" }
  | { readonly type: "fingerprint"; readonly hash: Hash }
  | { readonly type: "heads"; readonly heads: Heads }
  | BlobMessage;

/** Which family of messages a session expects now: variant numbers mean different things in each. */
export type Stage = "hello" | "handshake" | "sync";

const HELLO = { hello: 0, proof: 1 } as const;
const HANDSHAKE = { topic: 0, done: 1 } as const;
const SYNC = { sync: 0, live: 1, close: 2, fingerprint: 3, heads: 4 } as const;
const LOG_SYNC = { have: 0, preSync: 1, operation: 2, done: 3 } as const;

export function encodeMessage(message: Message): Uint8Array {
  const writer = new PostcardWriter();
  switch (message.type) {
    case "hello":
      return writer.uint(HELLO.hello).raw(message.verifyingKey).raw(message.nonce).finish();
    case "proof":
      return writer.uint(HELLO.proof).raw(message.signature).finish();
    case "topic":
      return writer.uint(HANDSHAKE.topic).bytes(message.topic).finish();
    case "handshakeDone":
      return writer.uint(HANDSHAKE.done).finish();
    case "have":
      return writeHeights(writer.uint(SYNC.sync).uint(LOG_SYNC.have), message.heights).finish();
    case "preSync":
      return writer.uint(SYNC.sync).uint(LOG_SYNC.preSync).uint(message.operations).uint(message.bytes).finish();
    case "operation":
      writer.uint(SYNC.sync).uint(LOG_SYNC.operation).bytes(message.headerBytes);
      return writer.option(message.body).finish();
    case "done":
      return writer.uint(SYNC.sync).uint(LOG_SYNC.done).finish();
    case "live":
      writer.uint(SYNC.live);
      if (message.form === "bytes") writer.bytes(message.headerBytes);
      else writeLiveHeader(writer, message.headerBytes);
      return writer.option(message.body).finish();
    case "close":
      return writer.uint(SYNC.close).finish();
    case "fingerprint":
      return writer.uint(SYNC.fingerprint).raw(message.hash).finish();
    case "heads":
      return writeHeads(writer.uint(SYNC.heads), message.heads).finish();
    default:
      return writeBlobMessage(writer, message).finish();
  }
}

export function decodeMessage(bytes: Uint8Array, stage: Stage): Message {
  const reader = new PostcardReader(bytes);
  const message = READERS[stage](reader);
  reader.end();
  return message;
}

const READERS: Readonly<Record<Stage, (reader: PostcardReader) => Message>> = {
  hello: readHello,
  handshake: readHandshake,
  sync: readSync,
};

function readHello(reader: PostcardReader): Message {
  const variant = reader.uint("hello variant", MAX_UINT32);
  if (variant === HELLO.hello) {
    const verifyingKey = asVerifyingKey(reader.raw(KEY_BYTES, "verifying key"));
    return { type: "hello", verifyingKey, nonce: reader.raw(HELLO_NONCE_BYTES, "nonce") };
  }
  if (variant === HELLO.proof) {
    return { type: "proof", signature: asSignature(reader.raw(SIGNATURE_BYTES, "signature")) };
  }
  throw unknown("hello", variant);
}

function readHandshake(reader: PostcardReader): Message {
  const variant = reader.uint("handshake variant", MAX_UINT32);
  if (variant === HANDSHAKE.topic) return { type: "topic", topic: asTopic(reader.sizedBytes("topic", HASH_BYTES)) };
  if (variant === HANDSHAKE.done) return { type: "handshakeDone" };
  throw unknown("handshake", variant);
}

function readSync(reader: PostcardReader): Message {
  const variant = reader.uint("message variant", MAX_UINT32);
  switch (variant) {
    case SYNC.sync:
      return readLogSync(reader);
    case SYNC.live:
      return readLive(reader);
    case SYNC.close:
      return { type: "close" };
    case SYNC.fingerprint:
      return { type: "fingerprint", hash: asHash(reader.raw(HASH_BYTES, "fingerprint")) };
    case SYNC.heads:
      return { type: "heads", heads: readHeads(reader) };
    default:
      return readBlobMessage(variant, reader);
  }
}

function readLogSync(reader: PostcardReader): Message {
  const variant = reader.uint("log sync variant", MAX_UINT32);
  switch (variant) {
    case LOG_SYNC.have:
      return { type: "have", heights: readHeights(reader) };
    case LOG_SYNC.preSync: {
      const operations = reader.uint("total operations", MAX_UINT32);
      return { type: "preSync", operations, bytes: reader.uint("total bytes", MAX_UINT32) };
    }
    case LOG_SYNC.operation: {
      const headerBytes = reader.bytes("header", MAX_HEADER_BYTES);
      return { type: "operation", headerBytes, ...readBody(reader) };
    }
    case LOG_SYNC.done:
      return { type: "done" };
    default:
      throw unknown("log sync", variant);
  }
}

/** A header with extensions has at least 6 fields, and none more than 8; the shortest CBOR header has 104 bytes. */
const MAX_LIVE_FIELDS = 8;

function readLive(reader: PostcardReader): Message {
  const count = reader.uint("live header", MAX_HEADER_BYTES);
  const form: LiveForm = count <= MAX_LIVE_FIELDS ? "fields" : "bytes";
  const headerBytes = form === "fields" ? readLiveHeader(reader, count) : reader.raw(count, "live header");
  return { type: "live", headerBytes, form, ...readBody(reader) };
}

/** A body over our limit is that operation's fault, not the session's: it is read here and rejected at ingest. */
function readBody(reader: PostcardReader): { body?: Uint8Array } {
  return reader.bool("body option") ? { body: reader.bytes("body", MAX_MESSAGE_BYTES) } : {};
}

function writeHeights(writer: PostcardWriter, heights: LogHeights): PostcardWriter {
  writer.uint(heights.size);
  for (const [author, logs] of heights) {
    writer.bytes(fromHex(author)).uint(logs.size);
    for (const [logId, height] of logs) writer.bytes(fromHex(logId)).uint(height);
  }
  return writer;
}

function readHeights(reader: PostcardReader): LogHeights {
  return readLogs(reader, () => reader.uint("height", MAX_SEQ_NUM));
}

function writeHeads(writer: PostcardWriter, heads: Heads): PostcardWriter {
  writer.uint(heads.size);
  for (const [author, logs] of heads) {
    writer.bytes(fromHex(author)).uint(logs.size);
    for (const [logId, { height, digest, gap }] of logs) {
      writer.bytes(fromHex(logId)).uint(height).raw(digest).bool(gap);
    }
  }
  return writer;
}

function readHeads(reader: PostcardReader): Heads {
  return readLogs(reader, () => ({
    height: reader.uint("height", MAX_SEQ_NUM),
    digest: reader.raw(HEAD_DIGEST_BYTES, "head digest"),
    gap: reader.bool("gap"),
  }));
}

function readLogs<Value>(reader: PostcardReader, readValue: () => Value): Map<string, Map<string, Value>> {
  const authors = new Map<string, Map<string, Value>>();
  const authorCount = entryCount(reader, "authors");
  for (let a = 0; a < authorCount; a++) {
    const author = toHex(reader.sizedBytes("author", KEY_BYTES));
    if (authors.has(author)) throw new SessionError("E_MESSAGE", "Cannot read message: an author is named twice");
    const logs = new Map<string, Value>();
    const logCount = entryCount(reader, "logs");
    for (let l = 0; l < logCount; l++) {
      const logId = toHex(reader.sizedBytes("log id", HASH_BYTES));
      if (logs.has(logId)) throw new SessionError("E_MESSAGE", "Cannot read message: a log is named twice");
      logs.set(logId, readValue());
    }
    authors.set(author, logs);
  }
  return authors;
}

/** A count that the rest of the message cannot hold is a lie; refused before anything is made for it. */
function entryCount(reader: PostcardReader, what: string): number {
  return reader.uint(`number of ${what}`, Math.floor(reader.rest / MIN_HAVE_ENTRY_BYTES) + 1);
}

function unknown(family: string, variant: number): SessionError {
  return new SessionError("E_MESSAGE", `Cannot read message: ${family} variant ${variant} is unknown`);
}

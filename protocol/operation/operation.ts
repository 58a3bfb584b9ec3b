// An operation: header, its bytes, its id, and the body if it is here. Creating and reading them; not judging them
// (validate.ts).
import type { Hash, LogId, SigningKey } from "./bytes.ts";
import type { CryptoSuite } from "./crypto.ts";
import { decodeHeader, encodeHeader, encodeUnsigned, HEADER_VERSION, type Header } from "./header.ts";

export interface Operation {
  /** BLAKE3 of the header bytes, signature included. The body is covered by the payload hash inside. */
  readonly id: Hash;
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  /** The bytes under the signature. */
  readonly unsignedBytes: Uint8Array;
  readonly body?: Uint8Array;
}

export interface NewOperation {
  readonly signingKey: SigningKey;
  readonly logId: LogId;
  /** The operation before in this log; absent for the first. */
  readonly previous?: { readonly id: Hash; readonly seqNum: number };
  /** Microseconds since 1970 UTC. */
  readonly timestamp: number;
  readonly pruneFlag?: boolean;
  /** An empty body is the same as none: p2panda has no operation with an empty one. */
  readonly body?: Uint8Array;
}

/** Creates and signs the next operation of a log. Deterministic: the same input gives the same bytes. */
export function createOperation(input: NewOperation, suite: CryptoSuite): Operation {
  const { signingKey, logId, previous, timestamp, pruneFlag = false } = input;
  const body = input.body?.length ? input.body : undefined;
  const unsigned = {
    version: HEADER_VERSION,
    verifyingKey: suite.verifyingKey(signingKey),
    payloadSize: body?.length ?? 0,
    ...(body && { payloadHash: suite.hash(body) }),
    seqNum: previous ? previous.seqNum + 1 : 0,
    ...(previous && { backlink: previous.id }),
    extensions: { kind: "basic", logId, timestamp, pruneFlag } as const,
  };
  const unsignedBytes = encodeUnsigned(unsigned);
  const header: Header = { ...unsigned, signature: suite.sign(unsignedBytes, signingKey) };
  const headerBytes = encodeHeader(header);
  return { id: suite.hash(headerBytes), header, headerBytes, unsignedBytes, ...(body && { body }) };
}

/** Decodes what came over the wire or out of the store; throws DecodeError. Nothing is verified yet. */
export function decodeOperation(headerBytes: Uint8Array, body: Uint8Array | undefined, suite: CryptoSuite): Operation {
  const { header, unsignedBytes } = decodeHeader(headerBytes);
  return { id: suite.hash(headerBytes), header, headerBytes, unsignedBytes, ...(body && { body }) };
}

/** The log an operation belongs to: what its extensions say, else the festival's own log. */
export function logIdOf(operation: Operation, fallback: LogId): LogId {
  const { extensions } = operation.header;
  return extensions.kind === "none" ? fallback : (extensions.logId ?? fallback);
}

export function isPrune(operation: Operation): boolean {
  const { extensions } = operation.header;
  return extensions.kind === "basic" && extensions.pruneFlag;
}

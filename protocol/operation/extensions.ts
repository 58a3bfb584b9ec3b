// Header extensions in p2panda's "Node extensions format", variant 0 (SPEC.md §2.4): which log, when, whether to prune.
// Other versions and variants are carried as the bytes they came in, and marked.
import { asLogId, HASH_BYTES, type LogId } from "./bytes.ts";
import { CborReader, CborWriter } from "./cbor-cursor.ts";
import { DecodeError } from "./errors.ts";
import { MAX_UINT16 } from "./limits.ts";

const EXTENSIONS_VERSION = 1;
const VARIANT_BASIC = 0;
const BASIC_ITEMS = 5;

export interface BasicExtensions {
  readonly kind: "basic";
  readonly logId: LogId;
  /** Microseconds since 1970 UTC by the author's clock: a claim, never an order between authors. */
  readonly timestamp: number;
  readonly pruneFlag: boolean;
}

/** Understood by somebody else: stored and forwarded byte for byte. p2panda 0.7.0 cannot decode these. */
export interface OpaqueExtensions {
  readonly kind: "opaque";
  readonly bytes: Uint8Array;
  /** Present where the third item is 32 bytes, as in every variant published so far. */
  readonly logId?: LogId;
}

/** A header of an application that uses none. */
export interface NoExtensions {
  readonly kind: "none";
}

export type Extensions = BasicExtensions | OpaqueExtensions | NoExtensions;

export function encodeExtensions(extensions: BasicExtensions): Uint8Array {
  return new CborWriter()
    .array(BASIC_ITEMS)
    .uint(EXTENSIONS_VERSION)
    .uint(VARIANT_BASIC)
    .bytes(extensions.logId)
    .uint(extensions.timestamp)
    .bool(extensions.pruneFlag)
    .finish();
}

/** `bytes` is exactly one well-formed CBOR item. */
export function decodeExtensions(bytes: Uint8Array): BasicExtensions | OpaqueExtensions {
  const reader = new CborReader(bytes);
  const opening = readOpening(reader);
  if (opening === undefined) return { kind: "opaque", bytes };
  const { items, version, variant, logId } = opening;
  const basic = version === EXTENSIONS_VERSION && variant === VARIANT_BASIC;
  if (basic && logId === undefined) {
    throw new DecodeError("E_HEADER_SYNTAX", "Cannot decode header: extensions have no log id of 32 bytes");
  }
  if (!basic || items !== BASIC_ITEMS) return { kind: "opaque", bytes, ...(logId && { logId }) };
  const timestamp = reader.uint("timestamp", Number.MAX_SAFE_INTEGER);
  const pruneFlag = reader.bool("prune flag");
  return { kind: "basic", logId: logId as LogId, timestamp, pruneFlag };
}

interface Opening {
  readonly items: number;
  readonly version: number;
  readonly variant: number;
  readonly logId: LogId | undefined;
}

/** Reads as far as every variant so far agrees; undefined where the item has another shape altogether. */
function readOpening(reader: CborReader): Opening | undefined {
  try {
    const items = reader.array("extensions");
    const version = reader.uint("extensions version", MAX_UINT16);
    const variant = reader.uint("extensions variant", MAX_UINT16);
    return { items, version, variant, logId: readLogId(reader) };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function readLogId(reader: CborReader): LogId | undefined {
  try {
    return asLogId(reader.bytes("log id", HASH_BYTES));
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

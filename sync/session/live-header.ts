// The header inside `Live` as p2panda 0.7.0 writes it: field by field in postcard (SPEC.md §5.4). Reading rebuilds the
// canonical CBOR bytes, because only those verify and hash.
import {
  asHash,
  asLogId,
  asSignature,
  asVerifyingKey,
  HASH_BYTES,
  KEY_BYTES,
  SIGNATURE_BYTES,
} from "../../protocol/operation/bytes.ts";
import type { Extensions } from "../../protocol/operation/extensions.ts";
import { decodeHeader, encodeHeader } from "../../protocol/operation/header.ts";
import { MAX_SEQ_NUM, MAX_UINT16, MAX_UINT32 } from "../../protocol/operation/limits.ts";
import { SessionError } from "./errors.ts";
import type { PostcardReader, PostcardWriter } from "./postcard.ts";

/** version, verifying key, signature, payload size, sequence number. */
const FIXED_FIELDS = 5;
const EXTENSION_FIELDS = 5;
const EXTENSIONS_VERSION = 1;
const VARIANT_BASIC = 0;

/** True where this form can express the header: extensions of another variant have no postcard form that we know. */
export function hasLiveFields(headerBytes: Uint8Array): boolean {
  return decodeHeader(headerBytes).header.extensions.kind === "basic";
}

export function writeLiveHeader(writer: PostcardWriter, headerBytes: Uint8Array): void {
  const { header } = decodeHeader(headerBytes);
  const { extensions, payloadHash, backlink } = header;
  if (extensions.kind !== "basic")
    throw new TypeError("Cannot write live header: its extensions have no postcard form");
  writer.uint(FIXED_FIELDS + 1 + (payloadHash ? 1 : 0) + (backlink ? 1 : 0));
  writer.uint(header.version).bytes(header.verifyingKey).bytes(header.signature).uint(header.payloadSize);
  if (payloadHash) writer.bytes(payloadHash);
  writer.uint(header.seqNum);
  if (backlink) writer.bytes(backlink);
  writer.uint(EXTENSION_FIELDS).uint(EXTENSIONS_VERSION).uint(VARIANT_BASIC).bytes(extensions.logId);
  writer.uint(extensions.timestamp).bool(extensions.pruneFlag);
}

/** `fields` is the count that stands before the header and was read already. */
export function readLiveHeader(reader: PostcardReader, fields: number): Uint8Array {
  const version = reader.uint("version", MAX_UINT16);
  const verifyingKey = asVerifyingKey(reader.sizedBytes("verifying key", KEY_BYTES));
  const signature = asSignature(reader.sizedBytes("signature", SIGNATURE_BYTES));
  const payloadSize = reader.uint("payload size", MAX_UINT32);
  const payloadHash = payloadSize > 0 ? asHash(reader.sizedBytes("payload hash", HASH_BYTES)) : undefined;
  const seqNum = reader.uint("sequence number", MAX_SEQ_NUM);
  const backlink = seqNum > 0 ? asHash(reader.sizedBytes("backlink", HASH_BYTES)) : undefined;
  const without = FIXED_FIELDS + (payloadHash ? 1 : 0) + (backlink ? 1 : 0);
  if (fields !== without && fields !== without + 1) {
    throw new SessionError("E_MESSAGE", `Cannot read message: live header has ${fields} fields instead of ${without}`);
  }
  const extensions: Extensions = fields === without ? { kind: "none" } : readExtensions(reader);
  return encodeHeader({
    version,
    verifyingKey,
    signature,
    payloadSize,
    seqNum,
    extensions,
    ...(payloadHash && { payloadHash }),
    ...(backlink && { backlink }),
  });
}

function readExtensions(reader: PostcardReader): Extensions {
  const fields = reader.uint("extension fields", MAX_UINT16);
  const version = reader.uint("extensions version", MAX_UINT16);
  const variant = reader.uint("extensions variant", MAX_UINT16);
  if (fields !== EXTENSION_FIELDS || version !== EXTENSIONS_VERSION || variant !== VARIANT_BASIC) {
    throw new SessionError("E_MESSAGE", `Cannot read message: live extensions ${version}/${variant} are unknown`);
  }
  const logId = asLogId(reader.sizedBytes("log id", HASH_BYTES));
  const timestamp = reader.uint("timestamp", Number.MAX_SAFE_INTEGER);
  return { kind: "basic", logId, timestamp, pruneFlag: reader.bool("prune flag") };
}

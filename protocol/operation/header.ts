// The header: a definite-length CBOR array in a fixed order (SPEC.md §2.1). Decoding is position-driven and accepts
// canonical bytes only; what was decoded is encoded again and compared, as a second wall.
import {
  asHash,
  asSignature,
  asVerifyingKey,
  equalBytes,
  HASH_BYTES,
  type Hash,
  KEY_BYTES,
  SIGNATURE_BYTES,
  type Signature,
  type VerifyingKey,
} from "./bytes.ts";
import { CborReader, CborWriter } from "./cbor-cursor.ts";
import { DecodeError } from "./errors.ts";
import { decodeExtensions, type Extensions, encodeExtensions } from "./extensions.ts";
import { MAX_HEADER_BYTES, MAX_SEQ_NUM, MAX_UINT16, MAX_UINT32 } from "./limits.ts";

export const HEADER_VERSION = 1;

/** Items that are always there: version, verifying key, payload size, sequence number. */
const FIXED_ITEMS = 4;

/** What an author signs. */
export interface UnsignedHeader {
  readonly version: number;
  readonly verifyingKey: VerifyingKey;
  readonly payloadSize: number;
  /** Present iff payloadSize > 0. Stays when the body is dropped, so that the log still verifies. */
  readonly payloadHash?: Hash;
  readonly seqNum: number;
  /** Id of the operation before in the same log; present iff seqNum > 0. */
  readonly backlink?: Hash;
  readonly extensions: Extensions;
}

export interface Header extends UnsignedHeader {
  readonly signature: Signature;
}

export interface DecodedHeader {
  readonly header: Header;
  /** The bytes under the signature. */
  readonly unsignedBytes: Uint8Array;
}

/** The bytes an author signs: the header without its signature. */
export function encodeUnsigned(header: UnsignedHeader): Uint8Array {
  return encode(header);
}

/** The bytes that are stored, sent, and hashed into the operation's id. */
export function encodeHeader(header: Header): Uint8Array {
  return encode(header, header.signature);
}

function encode(header: UnsignedHeader, signature?: Signature): Uint8Array {
  const { version, verifyingKey, payloadSize, payloadHash, seqNum, backlink, extensions } = header;
  const optional = [signature, payloadHash, backlink, extensions.kind !== "none"].filter(Boolean).length;
  const writer = new CborWriter()
    .array(FIXED_ITEMS + optional)
    .uint(version)
    .bytes(verifyingKey);
  if (signature) writer.bytes(signature);
  writer.uint(payloadSize);
  if (payloadHash) writer.bytes(payloadHash);
  writer.uint(seqNum);
  if (backlink) writer.bytes(backlink);
  if (extensions.kind === "basic") writer.raw(encodeExtensions(extensions));
  if (extensions.kind === "opaque") writer.raw(extensions.bytes);
  return writer.finish();
}

/** Decodes exactly one signed header; throws DecodeError for anything that is not its canonical bytes. */
export function decodeHeader(bytes: Uint8Array): DecodedHeader {
  if (bytes.length > MAX_HEADER_BYTES) {
    throw new DecodeError("E_HEADER_LIMIT", `Cannot decode header: ${bytes.length} bytes is over ${MAX_HEADER_BYTES}`);
  }
  const reader = new CborReader(bytes);
  const items = reader.array("header");
  const version = reader.uint("version", MAX_UINT16);
  const verifyingKey = asVerifyingKey(reader.bytes("verifying key", KEY_BYTES));
  const signatureFrom = reader.offset;
  const signature = asSignature(reader.bytes("signature", SIGNATURE_BYTES));
  const signatureTo = reader.offset;
  const header: Header = { version, verifyingKey, signature, ...readAfterSignature(reader, items) };
  if (!reader.done) throw new DecodeError("E_HEADER_CANONICAL", "Cannot decode header: bytes follow after its end");
  if (!equalBytes(encodeHeader(header), bytes)) {
    throw new DecodeError("E_HEADER_CANONICAL", "Cannot decode header: its canonical form has other bytes");
  }
  return { header, unsignedBytes: withoutSignature(bytes, signatureFrom, signatureTo) };
}

type AfterSignature = Omit<Header, "version" | "verifyingKey" | "signature">;

function readAfterSignature(reader: CborReader, items: number): AfterSignature {
  const payloadSize = reader.uint("payload size", MAX_UINT32);
  const payloadHash = payloadSize > 0 ? asHash(reader.bytes("payload hash", HASH_BYTES)) : undefined;
  const seqNum = reader.uint("sequence number", MAX_SEQ_NUM);
  const backlink = seqNum > 0 ? asHash(reader.bytes("backlink", HASH_BYTES)) : undefined;
  const without = FIXED_ITEMS + 1 + (payloadHash ? 1 : 0) + (backlink ? 1 : 0);
  if (items !== without && items !== without + 1) {
    throw new DecodeError("E_HEADER_SYNTAX", `Cannot decode header: it has ${items} items instead of ${without}`);
  }
  const extensions: Extensions = items === without ? { kind: "none" } : decodeExtensions(reader.item("extensions"));
  return { payloadSize, seqNum, extensions, ...(payloadHash && { payloadHash }), ...(backlink && { backlink }) };
}

/** Canonical bytes differ from the unsigned form only in the array's length and the cut-out signature. */
function withoutSignature(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const unsigned = new Uint8Array(bytes.length - (to - from));
  unsigned.set(bytes.subarray(0, from));
  unsigned.set(bytes.subarray(to), from);
  unsigned[0] = (bytes[0] as number) - 1;
  return unsigned;
}

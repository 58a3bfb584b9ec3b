// The messages by which our own boxes fetch blobs from each other, and their bytes (SPEC.md §5.7): one question, one
// answer of at most a frame of 64 KiB, then the next question.
import { asHash, HASH_BYTES, type Hash } from "../../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES } from "../../protocol/operation/limits.ts";
import { SessionError } from "./errors.ts";
import type { PostcardReader, PostcardWriter } from "./postcard.ts";

/** With what stands around it a part stays below a frame of 64 KiB: 4 s at 128 kbit/s for whatever waits behind it. */
export const MAX_PART_BYTES = 63 * 1024;

export type BlobMessage =
  /** Asks for the blob from this byte on. */
  | { readonly type: "wantBlob"; readonly hash: Hash; readonly from: number }
  /** Answers with the bytes from there on, as many as fit; `total` is the length of the whole blob. */
  | { readonly type: "blobPart"; readonly hash: Hash; readonly total: number; readonly bytes: Uint8Array }
  /** Answers that it is not here. If it comes while the session lasts, `blobHere` follows. */
  | { readonly type: "noBlob"; readonly hash: Hash }
  | { readonly type: "blobHere"; readonly hash: Hash };

/** Variants of the family "sync". */
const BLOB = { wantBlob: 5, blobPart: 6, noBlob: 7, blobHere: 8 } as const;

export function isBlobMessage(message: { readonly type: string }): message is BlobMessage {
  return Object.hasOwn(BLOB, message.type);
}

export function writeBlobMessage(writer: PostcardWriter, message: BlobMessage): PostcardWriter {
  writer.uint(BLOB[message.type]).raw(message.hash);
  if (message.type === "wantBlob") return writer.uint(message.from);
  if (message.type === "blobPart") return writer.uint(message.total).bytes(message.bytes);
  return writer;
}

/** What comes after the variant. */
export function readBlobMessage(variant: number, reader: PostcardReader): BlobMessage {
  switch (variant) {
    case BLOB.wantBlob:
      return { type: "wantBlob", hash: readHash(reader), from: reader.uint("start of a blob", MAX_BLOB_BYTES - 1) };
    case BLOB.blobPart:
      return readPart(reader);
    case BLOB.noBlob:
      return { type: "noBlob", hash: readHash(reader) };
    case BLOB.blobHere:
      return { type: "blobHere", hash: readHash(reader) };
    default:
      throw new SessionError("E_MESSAGE", `Cannot read message: message variant ${variant} is unknown`);
  }
}

/** An empty part would be asked for again without end. */
function readPart(reader: PostcardReader): BlobMessage {
  const hash = readHash(reader);
  const total = reader.uint("length of a blob", MAX_BLOB_BYTES);
  const bytes = reader.bytes("part of a blob", MAX_PART_BYTES);
  if (bytes.length > 0) return { type: "blobPart", hash, total, bytes };
  throw new SessionError("E_MESSAGE", "Cannot read message: the part of a blob is empty");
}

function readHash(reader: PostcardReader): Hash {
  return asHash(reader.raw(HASH_BYTES, "hash of a blob"));
}

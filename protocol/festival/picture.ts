// Which pictures a document names, and which of all that are named a device carries (SPEC.md §8.7). Pure: the same
// documents in the same order of arrival give the same choice. What the bytes are, picture-bytes.ts reads.
import { MAX_BLOB_BYTES } from "../operation/limits.ts";
import { PICTURE_TYPES, type PictureSize, type PictureType } from "./picture-bytes.ts";
import type { Document } from "./view.ts";

/** A picture as a document names it. */
export interface NamedPicture {
  /** Hex. */
  readonly hash: string;
  readonly mediaType: PictureType;
  /** As its author says; what is longer is not taken for it. */
  readonly bytes: number;
  readonly size?: PictureSize;
  /** What is to be seen on it. */
  readonly alt?: string;
}

/** Only those that can be carried: sounds and what is too large are named in vain. */
export function picturesIn(document: Document): readonly NamedPicture[] {
  return blobsIn(document).flatMap(({ h, t, n, px, alt }) => {
    const mediaType = PICTURE_TYPES.find((type) => type === t);
    if (mediaType === undefined || n < 1 || n > MAX_BLOB_BYTES) return [];
    const size = px && { size: { width: px[0], height: px[1] } };
    return [{ hash: h, mediaType, bytes: n, ...size, ...(alt && { alt }) }];
  });
}

function blobsIn({ schema, fields }: Document) {
  switch (schema) {
    case "event/1":
    case "resource/1":
      return fields.images ?? [];
    case "note/1":
      return fields.blobs ?? [];
    case "frame/1":
      return fields.plan ? [fields.plan] : [];
    case "profile/1":
      return fields.avatar ? [fields.avatar] : [];
    default:
      return [];
  }
}

/** A picture that a living document names. */
export interface PictureClaim {
  /** Hex. */
  readonly hash: string;
  readonly bytes: number;
  /** Hex of the key that named it. */
  readonly author: string;
}

export interface PictureLimits {
  readonly totalBytes: number;
  readonly authorBytes: number;
}

/** A picture takes a page of a store, however small it is: else a crowd of tiny ones costs nothing. */
const LEAST_BYTES = 4096;

/**
 * What a device with so much room carries, most wanted first. Claims come in the order in which they arrived, the oldest
 * first. The newest are chosen first, so that the oldest go where there is no room; each counts for whoever named it
 * first, and takes the largest size that anybody says.
 */
export function choosePictures(claims: readonly PictureClaim[], limits: PictureLimits): readonly PictureClaim[] {
  const taken = new Map<string, number>();
  let total = 0;
  return mergeClaims(claims).filter(({ author, bytes }) => {
    const cost = Math.max(bytes, LEAST_BYTES);
    const share = (taken.get(author) ?? 0) + cost;
    if (total + cost > limits.totalBytes || share > limits.authorBytes) return false;
    taken.set(author, share);
    total += cost;
    return true;
  });
}

/** One for each picture; the one that was named last stands first. */
function mergeClaims(claims: readonly PictureClaim[]): readonly PictureClaim[] {
  const merged = new Map<string, PictureClaim>();
  for (const claim of claims) {
    const { hash, bytes } = claim;
    const earlier = merged.get(hash);
    merged.delete(hash);
    merged.set(hash, earlier ? { ...earlier, bytes: Math.max(earlier.bytes, bytes) } : claim);
  }
  return [...merged.values()].reverse();
}

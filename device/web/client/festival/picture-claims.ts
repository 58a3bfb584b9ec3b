// Which pictures the documents on this phone name (SPEC.md §8.7): what PictureTable is to a box.
import { type PictureClaim, picturesIn } from "../../../../protocol/festival/picture.ts";
import type { Document } from "../../../../protocol/festival/view.ts";
import type { Documents } from "./documents.ts";

/** Those that can name any. */
const SCHEMAS = ["event/1", "resource/1", "note/1", "frame/1", "profile/1"] as const;

/** In the order in which the documents first came, the oldest first. */
export function pictureClaims(documents: Documents): readonly PictureClaim[] {
  documents.settle();
  const shown = SCHEMAS.flatMap((schema) => documents.all(schema).map(({ document, first }) => ({ document, first })));
  return shown.sort((a, b) => a.first - b.first).flatMap(({ document }) => claimsOf(document));
}

function claimsOf(document: Document): readonly PictureClaim[] {
  const { author } = document;
  return picturesIn(document).map(({ hash, bytes }) => ({ hash, bytes, author }));
}

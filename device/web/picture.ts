// A picture that somebody carries here, by the hash of its bytes: it never changes, and it is nothing but a picture.
import type { Pages } from "./pages.ts";
import { Content } from "./reply.ts";
import { FOREIGN_POLICY } from "./security-headers.ts";

/** What browsers draw and do not run: an SVG may hold a script. */
const DRAWN_TYPES: readonly string[] = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"];

type Picture = Awaited<ReturnType<Pages["picture"]>>;

/** Undefined if there is none, or none of a kind that is shown. */
export function pictureContent(picture: Picture): Content | undefined {
  if (picture === undefined || !DRAWN_TYPES.includes(picture.mediaType)) return undefined;
  const { mediaType: type, bytes } = picture;
  return new Content({ type, bytes, keeping: "forever", headers: FOREIGN_POLICY });
}

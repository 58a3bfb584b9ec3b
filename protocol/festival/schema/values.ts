// Values that several schemas hold (SPEC.md §8.2): references, links, pictures, places, where a copy came from.
import { MAX_SEQ_NUM } from "../../operation/limits.ts";
import { fault, integer, listOf, longText, oneOf, optional, pattern, type Rule, record, text, tuple } from "../rule.ts";
import { endAfterStart, minute, seconds } from "../when-rule.ts";

/** Hash of the create operation of a document, hex. The document may be unknown here (M-09). */
export function docId(): Rule<string> {
  return hex32("a document id");
}

export function operationId(): Rule<string> {
  return hex32("an operation id");
}

/** An author's public key, hex. */
export function authorKey(): Rule<string> {
  return hex32("a key");
}

/** What is meant, whoever looks it up finds out. */
export function idOrKey(): Rule<string> {
  return hex32("an id or a key");
}

/** BLAKE3, hex. */
export function hash(): Rule<string> {
  return hex32("a hash");
}

/** One spelling only, so that equal ids are equal texts. */
function hex32(what: string): Rule<string> {
  return pattern(/^[0-9a-f]{64}$/, `${what} of 64 lower-case hex digits`);
}

export function sequenceNumber(): Rule<number> {
  return integer(0, MAX_SEQ_NUM);
}

/** BCP 47; the longest tag that the standard asks software to hold has 35 characters. */
export function language(): Rule<string> {
  return pattern(/^(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, "a language tag");
}

export function tags(): Rule<readonly string[]> {
  return listOf(text(1, 40), 12);
}

/** How many or how much of one thing. */
export const MAX_QUANTITY = 1_000_000;

/** What can be lent, and what can be needed. */
export function resourceKind() {
  return oneOf("venue", "material", "skill", "funds", "link", "token", "other");
}

const URL_SHAPE = /^(https?:\/\/|mailto:|tel:|geo:|onion:|x-[a-z0-9+.-]+:)\S+$/i;

/** Schemes that a reader may follow without harm; "javascript:" and "file:" are not among them. */
export function url(): Rule<string> {
  const short = text(1, 1000);
  const shape = pattern(URL_SHAPE, "a link of a known scheme");
  return (value) => short(value) ?? shape(value);
}

export function link() {
  return record({
    url: url(),
    title: optional(text(0, 120)),
    rel: optional(oneOf("stream", "video", "slides", "recording", "tickets", "feedback", "origin", "web")),
  });
}

/** WebP, the least able of the three formats, holds no more in either direction. */
const MAX_SIDE_PIXELS = 16_383;

/**
 * Bytes that travel beside operations, named by their BLAKE3 hash: h hash, t type, n length; of a picture also px, its
 * width and height, and alt, what is to be seen on it. What is too large to travel (picture.ts) may be named all the same.
 */
export function blob(maxBytes: number = Number.MAX_SAFE_INTEGER) {
  return record({
    h: hash(),
    t: oneOf("image/jpeg", "image/webp", "image/png", "audio/ogg", "audio/mp4", "text/plain"),
    n: integer(0, maxBytes),
    px: optional(tuple(integer(1, MAX_SIDE_PIXELS), integer(1, MAX_SIDE_PIXELS))),
    alt: optional(text(0, 500)),
  });
}

const DEGREE = 1_000_000;
/** Places in a made-up or measured space: a thousand kilometres in millimetres. */
const MAX_MILLIMETRES = 1_000_000_000;

/** Bodies hold no fractions: latitude and longitude count millionths of a degree, `point3` millimetres. */
export function place() {
  return record({
    text: optional(text(0, 200)),
    geo: optional(tuple(integer(-90 * DEGREE, 90 * DEGREE), integer(-180 * DEGREE, 180 * DEGREE))),
    addr: optional(
      record({
        street: optional(text(0, 100)),
        code: optional(text(0, 100)),
        city: optional(text(0, 100)),
        country: optional(text(0, 100)),
      }),
    ),
    url: optional(url()),
    point3: optional(tuple(millimetres(), millimetres(), millimetres())),
    how: optional(longText(500)),
  });
}

function millimetres(): Rule<number> {
  return integer(-MAX_MILLIMETRES, MAX_MILLIMETRES);
}

export function timeWindow() {
  return record({ start: minute(), end: minute() }, endAfterStart);
}

const MINUTES_PER_DAY = 1440;

/** Minutes of the local day; `to` may reach into the next one. */
export function weekHours() {
  return record(
    { dow: integer(1, 7), from: integer(0, MINUTES_PER_DAY - 1), to: integer(1, 2 * MINUTES_PER_DAY) },
    ({ from, to }) => (to > from ? undefined : fault("is not after its beginning", "to")),
  );
}

/** What every document may say about itself. */
export const COMMON_FIELDS = {
  lang: optional(language()),
  /** Made from somebody's document, at this version of it (M-17). */
  forkOf: optional(record({ doc: docId(), op: operationId(), by: authorKey() })),
  /** Found in a file or feed (M-18). */
  origin: optional(
    record({
      src: text(1, 500),
      uid: text(1, 255),
      rid: optional(text(1, 255)),
      rrule: optional(text(1, 500)),
      etag: optional(text(1, 255)),
    }),
  ),
  archive: optional(oneOf("yes", "no")),
  reuse: optional(oneOf("free", "ask", "please-not")),
  expires: optional(seconds()),
} as const;

// Text of strangers made safe to set in type (threat T25): what it may contain, never what it means.
// It stays readable for honest titles in every script; it does not judge look-alike letters.

/** Twice the longest title of the real programmes (143); a screen ends it with an ellipsis long before. */
export const MAX_GRAPHEMES = 300;
/** Enough for every living orthography; more is a stack that covers the line above (display.md §5.5). */
export const MAX_MARKS_PER_BASE = 3;
/** One grapheme can be a chain of joined emoji without end. */
const MAX_CODE_UNITS = 1200;

/** Controls of line and page, which separate words as a space does. */
const LINE_ENDS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * Never drawn: C0 and C1 controls, bidi embeddings and isolates, spaces and letters without ink, interlinear marks,
 * tags. The joiners U+200C and U+200D stay: Persian and emoji need them.
 */
const DROPPED =
  /\u034f|[\p{Cc}\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const REPEATED_JOINERS = /(?:[\u200c-\u200f]){2,}/g;
const TOO_MANY_MARKS = new RegExp(`((?:[\\u200c\\u200d]?\\p{M}){${MAX_MARKS_PER_BASE}})[\\u200c\\u200d\\p{M}]+`, "gu");

const GRAPHEMES = new Intl.Segmenter("und", { granularity: "grapheme" });

/** At most MAX_GRAPHEMES of NFC text on one line, with an ellipsis where the rest was dropped. */
export function displayText(raw: string): string {
  const clean = raw
    .slice(0, MAX_CODE_UNITS)
    .toWellFormed()
    .normalize("NFC")
    .replace(LINE_ENDS, " ")
    .replace(DROPPED, "")
    .replace(REPEATED_JOINERS, "")
    .replace(TOO_MANY_MARKS, "$1")
    .replace(/ {2,}/g, " ")
    .trim();
  if (clean.length <= MAX_GRAPHEMES) return clean;
  let count = 0;
  for (const { index } of GRAPHEMES.segment(clean)) {
    if (count++ === MAX_GRAPHEMES) return `${clean.slice(0, index).trimEnd()}…`;
  }
  return clean;
}

/** Keeps the direction of a name from turning what stands beside it (UAX #9, FSI…PDI). */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

const STRONG_LETTER = /\p{L}/u;
/** Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic, their presentation forms, and the right-to-left planes. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export type Direction = "ltr" | "rtl";

/** From the first strong character (UAX #9, P2); left to right where there is none. */
export function directionOf(text: string): Direction {
  const letter = STRONG_LETTER.exec(text)?.[0];
  return letter !== undefined && RIGHT_TO_LEFT.test(letter) ? "rtl" : "ltr";
}

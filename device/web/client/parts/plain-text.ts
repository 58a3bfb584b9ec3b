// Text of strangers made fit for a page (threat T25): no controls, no characters that turn or hide what stands beside
// them, no towers of accents. What is left is shown as text only; nothing here makes markup.

/** Enough for every living orthography. */
const MAX_MARKS_PER_BASE = 3;

const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Everything without ink but the line end and the joiners, which Persian and emoji need. */
const WITHOUT_INK =
  /(?!\n)\p{Cc}|\u034f|[\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const TOO_MANY_MARKS = new RegExp(`((?:[\\u200c\\u200d]?\\p{M}){${MAX_MARKS_PER_BASE}})[\\u200c\\u200d\\p{M}]+`, "gu");
/** Most texts: nothing to look for. */
const HARMLESS = /^[ -~]*$/;
const REPEATED_JOINERS = /[\u200c-\u200f]{2,}/g;

/** Several lines stay several; at most one empty line between two. */
export function plainText(raw: string): string {
  if (HARMLESS.test(raw)) return raw.trim();
  return raw
    .toWellFormed()
    .normalize("NFC")
    .replace(LINE_ENDS, "\n")
    .replace(/\t/g, " ")
    .replace(WITHOUT_INK, "")
    .replace(REPEATED_JOINERS, "")
    .replace(TOO_MANY_MARKS, "$1")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** The same on one line. */
export function plainLine(raw: string): string {
  return plainText(raw).replace(/\s+/g, " ");
}

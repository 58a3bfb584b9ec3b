// Titles that people type for fun or in anger (display.md §5.5): letters of all directions, controls that turn lines
// around, storms of marks, families of emoji, words without an end, and characters that are none.
export type Random = () => number;

const CONTROLS = "\u0000\u0007\u001b\u007f\u0085\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u2029";
const BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c";
const MARKS = "\u0300\u0301\u0308\u0316\u0327\u0334\u0345\u035c\u0489\u05b4\u064b\u0e34\u0e48\u20d0\ufe0f";
const EMOJI = ["👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏿", "🇩🇪", "1️⃣", "🔥", "🧑🏽‍🚀", "🫠", "👁️‍🗨️"];
const PLAIN = [
  "the ",
  "Gewerkschaftsbewegung ",
  "workshop: ",
  "10–12 ",
  "https://example.org/a/b?c=d ",
  "<b>bold</b> ",
  "[link](x) ",
];
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x370, 0x52f],
  [0x590, 0x5ff],
  [0x600, 0x6ff],
  [0x900, 0x97f],
  [0xb80, 0xbff],
  [0xe00, 0xe7f],
  [0x1100, 0x11ff],
  [0x2000, 0x2fff],
  [0x3040, 0x30ff],
  [0x4e00, 0x4eff],
  [0xac00, 0xacff],
  [0xd800, 0xdfff],
  [0xe000, 0xe0ff],
  [0xfb50, 0xfdff],
  [0xfff0, 0xffff],
  [0x1f300, 0x1faff],
  [0x2f800, 0x2f8ff],
  [0xe0000, 0xe007f],
];
const MAX_PARTS = 8;
const MAX_RUN = 40;
/** A longer title is invalid before anybody draws it (SPEC.md §8.2). */
const MAX_BYTES = 200;

/** `random` gives numbers from 0 up to 1. */
export function hostileText(random: Random): string {
  const parts = Array.from({ length: Math.floor(random() * MAX_PARTS) }, () => hostilePart(random));
  const bytes = Buffer.from(parts.join(random() < 0.5 ? " " : ""));
  return bytes.subarray(0, MAX_BYTES).toString();
}

function hostilePart(random: Random): string {
  const pick = (from: string | readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  const run = (most: number, one: () => string) =>
    Array.from({ length: 1 + Math.floor(random() * most) }, one).join("");
  const anyOf = ([first, last]: readonly [number, number]) =>
    String.fromCodePoint(first + Math.floor(random() * (last - first + 1)));
  const range = RANGES[Math.floor(random() * RANGES.length)] ?? [0x20, 0x7e];
  switch (Math.floor(random() * 8)) {
    case 0:
      return pick(PLAIN);
    case 1:
      return run(MAX_RUN, () => anyOf(range));
    case 2:
      return anyOf(range) + run(MAX_RUN, () => pick(MARKS));
    case 3:
      return run(4, () => pick(EMOJI));
    case 4:
      return run(3, () => pick(BIDI)) + run(6, () => anyOf(range));
    case 5:
      return run(3, () => pick(CONTROLS));
    case 6:
      return pick("aWi.-/กー漢ع").repeat(1 + Math.floor(random() * MAX_BYTES));
    default:
      return run(6, () => anyOf(range));
  }
}

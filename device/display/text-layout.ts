// Lines of text: where they may break (UAX #14), which size lets the whole text stand in its box, and what is left
// when none does. Widths come from a port, so nothing here knows a canvas or a font.
import LineBreaker from "linebreak";
import { type Direction, directionOf } from "./display-text.ts";
import { recall } from "./recall.ts";

export interface TextStyle {
  readonly size: number;
  readonly weight: number;
  /** Language of the text, BCP 47; chooses between forms of one character (Han unification). */
  readonly lang: string;
}

/** Advance width in px. */
export type Measure = (text: string, style: TextStyle) => number;

/** What a layout asks the fonts. */
export interface Typesetter {
  readonly measure: Measure;
  /** The text with replacements for what no font can draw. Asked once per text, before it is taken apart. */
  readonly drawable: (text: string, lang: string) => string;
}

/** One try of a fit ladder: a size in px and how many lines it may take. */
export interface Rung {
  readonly size: number;
  readonly lines: number;
}

export interface FitBox {
  readonly width: number;
  readonly height: number;
  readonly ladder: readonly Rung[];
  readonly weight: number;
  readonly lang: string;
  /** Taken from the text itself where it is not given. */
  readonly direction?: Direction;
}

export interface FittedText {
  readonly lines: readonly string[];
  readonly style: TextStyle;
  /** Distance of baselines, px. */
  readonly leading: number;
  readonly direction: Direction;
  /** Whole; whole but with a word split; with an ellipsis in place of the end. */
  readonly fit: "whole" | "split" | "cut";
}

export const ELLIPSIS = "…";
const SOFT_HYPHEN = "\u00ad";

/** Distance of baselines as a multiple of the size. */
const LEADING = 1.06;
/** Characters that fill their square. */
const SQUARE_LEADING = 1.16;
const SQUARE_SCRIPTS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;
/** Scripts with marks far above and below their letters. */
const TALL_LEADING = 1.3;
const TALL_SCRIPTS =
  /[\p{Script=Arabic}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Devanagari}]/u;
/** Scripts without spaces between words, for which UAX #14 wants a dictionary. */
const UNSPACED_SCRIPTS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

const HANGUL = /\p{Script=Hangul}/u;
/** Scripts whose lines break anywhere: shorter lines would only break more words. */
const RUNNING_SCRIPTS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Lines are even enough when no width narrower by this share of the box holds them. */
const EVENNESS = 1 / 32;

const GRAPHEMES = new Intl.Segmenter("und", { granularity: "grapheme" });
const WORDS = new Intl.Segmenter("th", { granularity: "word" });

/** Texts of a day on one door: from one minute to the next, most of them stand as they stood. */
const FITTED_TEXTS = 500;
const fittedBy = new WeakMap<Measure, Map<string, FittedText>>();

/** As `fit`, whose answer depends on its arguments alone and is kept with the fonts that gave it. */
export function fitText(text: string, box: FitBox, measure: Measure): FittedText {
  const known = fittedBy.get(measure) ?? new Map<string, FittedText>();
  fittedBy.set(measure, known);
  return recall(known, FITTED_TEXTS, JSON.stringify([text, box]), () => fit(text, box, measure));
}

/**
 * Walks down the ladder until the whole text stands in the box without a word being split. Then splits words at the
 * last rung, and only if that is not enough ends the last line with an ellipsis.
 */
function fit(text: string, box: FitBox, measure: Measure): FittedText {
  const graphemes = graphemeEnds(text);
  const breaks = lineBreaks(text, graphemes);
  const direction = box.direction ?? directionOf(text);
  const at = ({ size, lines }: Rung) => {
    const style = { size, weight: box.weight, lang: box.lang };
    const leading = leadingOf(text, size);
    return { style, leading, room: Math.max(1, Math.min(lines, Math.floor(box.height / leading))) };
  };
  for (const rung of box.ladder) {
    const { style, leading, room } = at(rung);
    const source = { text, breaks, widthOf: (line: string) => measure(line, style) };
    const wrapped = wrap(source, box.width, room);
    if (wrapped.whole)
      return { lines: evened(source, wrapped.lines, box.width), style, leading, direction, fit: "whole" };
  }
  const { style, leading, room } = at(box.ladder.at(-1) ?? { size: 1, lines: 1 });
  const widthOf = (line: string) => measure(line, style);
  const fits = (line: string) => widthOf(line) <= box.width;
  const split = wrap({ text, breaks: mergedBreaks(breaks, graphemes, text, fits), widthOf }, box.width, room);
  if (split.whole) return { lines: split.lines, style, leading, direction, fit: "split" };
  return { lines: withEllipsis(split, text, graphemes, fits), style, leading, direction, fit: "cut" };
}

/** A line of parts, "14:18 · valid until 16:00", that ends a line between two parts only, behind the dot. */
export function keptTogether(parts: string): string {
  return parts.replaceAll(/(?<!·) /g, "\u00a0");
}

/** Distance of baselines that keeps the lines of this text apart, px. */
export function leadingOf(text: string, size: number): number {
  return Math.round(
    size * (TALL_SCRIPTS.test(text) ? TALL_LEADING : SQUARE_SCRIPTS.test(text) ? SQUARE_LEADING : LEADING),
  );
}

/** A text, where its lines may end, and how wide its parts are in one style. */
interface Source {
  readonly text: string;
  readonly breaks: readonly number[];
  readonly widthOf: (line: string) => number;
}

interface Wrapped {
  readonly lines: readonly string[];
  /** Offset in the text at which the last line begins. */
  readonly lastStart: number;
  readonly whole: boolean;
}

/** Greedy lines, at most `room`; not whole if something is left over or one piece is too wide. */
function wrap({ text, breaks, widthOf }: Source, width: number, room: number): Wrapped {
  const lines: string[] = [];
  let lastStart = 0;
  let next = 0;
  while (lines.length < room) {
    const start = breaks[next - 1] ?? 0;
    lastStart = start;
    const lineTo = (index: number) => lineOf(text, start, breaks[index] ?? text.length);
    const fits = (index: number) => widthOf(lineTo(index)) <= width;
    let taken = guess({ text, breaks, widthOf }, width, next);
    while (taken >= next && !fits(taken)) taken--;
    if (taken < next) return { lines, lastStart, whole: false };
    while (taken + 1 < breaks.length && fits(taken + 1)) taken++;
    lines.push(lineTo(taken));
    next = taken + 1;
    if (next >= breaks.length) return { lines, lastStart, whole: true };
  }
  return { lines: lines.slice(0, -1), lastStart, whole: false };
}

/** Where a line would end if letters did not join or kern: pieces come again in every line tried and are known. */
function guess({ text, breaks, widthOf }: Source, width: number, first: number): number {
  let index = first;
  let sum = 0;
  for (; index < breaks.length; index++) {
    sum += widthOf(text.slice(breaks[index - 1] ?? 0, breaks[index]));
    if (sum > width) break;
  }
  return Math.max(first, index - 1);
}

/** The same number of lines, as even as they get: not one full line and a single word. */
function evened(source: Source, lines: readonly string[], width: number): readonly string[] {
  if (lines.length === 1 || RUNNING_SCRIPTS.test(source.text)) return lines;
  let best = lines;
  let low = width / 2;
  let high = width;
  while (high - low > width * EVENNESS) {
    const middle = (low + high) / 2;
    const tried = wrap(source, middle, lines.length);
    if (tried.whole) best = tried.lines;
    if (tried.whole) high = middle;
    else low = middle;
  }
  return best;
}

/** A soft hyphen shows only where a line ends with it. */
function lineOf(text: string, start: number, end: number): string {
  const line = text.slice(start, end).trim();
  const inside = line.replaceAll(SOFT_HYPHEN, "");
  return line.endsWith(SOFT_HYPHEN) && end < text.length ? `${inside}-` : inside;
}

function withEllipsis(
  split: Wrapped,
  text: string,
  graphemes: readonly number[],
  fits: (line: string) => boolean,
): readonly string[] {
  const ends = graphemes.filter((end) => end > split.lastStart);
  const cut = (count: number) => `${lineOf(text, split.lastStart, ends[count - 1] ?? split.lastStart)}${ELLIPSIS}`;
  let kept = 0;
  let high = ends.length;
  while (kept < high) {
    const middle = Math.ceil((kept + high) / 2);
    if (fits(cut(middle))) kept = middle;
    else high = middle - 1;
  }
  return [...split.lines, cut(kept)];
}

function graphemeEnds(text: string): readonly number[] {
  return Array.from(GRAPHEMES.segment(text), ({ index, segment }) => index + segment.length);
}

/** Offsets at which a line may end, ascending; the last is the end of the text. Never inside a grapheme. */
export function lineBreaks(text: string, graphemes: readonly number[] = graphemeEnds(text)): readonly number[] {
  const allowed = new Set(graphemes);
  const breaks = new Set<number>([text.length]);
  const breaker = new LineBreaker(text);
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    if (allowed.has(next.position) && !insideKorean(text, next.position)) breaks.add(next.position);
  }
  for (const run of text.matchAll(UNSPACED_SCRIPTS)) {
    for (const { index } of WORDS.segment(run[0])) {
      if (index > 0 && allowed.has(run.index + index)) breaks.add(run.index + index);
    }
  }
  return [...breaks].sort((a, b) => a - b);
}

/** UAX #14 leaves it open; Korean reads better broken at its spaces. */
function insideKorean(text: string, at: number): boolean {
  return HANGUL.test(text.charAt(at - 1)) && HANGUL.test(text.charAt(at));
}

/** The breaks of UAX #14, and every grapheme's end inside a piece that is wider than a line. */
function mergedBreaks(
  breaks: readonly number[],
  graphemes: readonly number[],
  text: string,
  fits: (line: string) => boolean,
): readonly number[] {
  let start = 0;
  return breaks.flatMap((end) => {
    const inside = fits(lineOf(text, start, end)) ? [] : graphemes.filter((at) => at > start && at < end);
    start = end;
    return [...inside, end];
  });
}

// The screens we draw for: by name, or by their size alone. Each is a design (designs.ts), scaled to its size; the
// arrangement says how its parts stand together.
import { PANEL, PLATE, WALL } from "./designs.ts";
import { hungSize, type Rotation } from "./rotation.ts";
import type { Rung } from "./text-layout.ts";
import type { Theme } from "./themes.ts";

/** 1: black and white, packed. 24: colour. */
export type Depth = 1 | 24;

/** The code beside the rows; the code below them; four lines without code, clock and buttons. */
export type Arrangement = "wide" | "tall" | "plate";

export interface RowStyle {
  readonly size: number;
  readonly height: number;
  /** Height of a row of two lines. */
  readonly tall: number;
  readonly weight: number;
}

export interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly depth: Depth;
  readonly arrangement: Arrangement;
  readonly theme: Theme;
  readonly margin: number;
  readonly gap: number;
  readonly radius: number;
  /** Width of outlines and rules. */
  readonly line: number;
  /** Of the room, the smallest of `sizes` in two lines if need be. */
  readonly header: { readonly height: number; readonly sizes: readonly number[]; readonly clock: number };
  readonly strip: { readonly height: number; readonly size: number };
  readonly chip: { readonly height: number; readonly size: number };
  readonly title: readonly Rung[];
  readonly takeover: { readonly height: number; readonly sizes: readonly number[]; readonly title: readonly Rung[] };
  readonly strike: number;
  readonly hosts: readonly Rung[];
  readonly note: readonly Rung[];
  readonly progress: number;
  readonly rows: { readonly first: RowStyle; readonly later: RowStyle; readonly heading: number };
  readonly notice: { readonly text: readonly Rung[]; readonly detail: readonly Rung[] };
  /** Longest side of the code without its quiet zone. */
  readonly qr: { readonly small: number; readonly large: number };
  readonly status: { readonly height: number; readonly size: number };
  readonly footer: { readonly height: number; readonly size: number };
}

/** Name, width, height, depth. */
const NAMED: readonly (readonly [string, number, number, Depth])[] = [
  ["door-800x480", 800, 480, 1],
  ["door-1920x1080", 1920, 1080, 24],
  ["door-480x800", 480, 800, 1],
  ["door-1080x1920", 1080, 1920, 24],
  ["door-960x680", 960, 680, 1],
  ["door-400x300", 400, 300, 1],
  ["door-296x128", 296, 128, 1],
  ["door-250x122", 250, 122, 1],
];

export const SCREEN_NAMES: readonly string[] = NAMED.map(([name]) => name);
/** For people: what a screen can be called. */
export const SCREENS_EXPECTED = `${SCREEN_NAMES.join(", ")} or a size such as door-1024x600 or door-1024x600x24`;

/** "door-1234x567" or "1234x567", with "x24" behind it for one with colours. */
const FREE_SIZE = /^(?:door-)?(?<width>[1-9]\d{2,3})x(?<height>[1-9]\d{2,3})(?:x(?<depth>1|24))?$/;
/** Lower or narrower than this there is room for four lines only. */
const PLATE_BELOW_PX = { width: 300, height: 200 };
/** A narrow screen breaks more lines: its text may be larger than its width alone would allow, up to this factor. */
const WIDEST_TEXT = 1.35;
/** The same for a low one, whose lines are few. */
const LOWEST_TEXT = 1.05;
/** The first sizes of a tall screen's title, in the largest of a wide one, and their lines. */
const TALL_TITLE: readonly (readonly [number, number])[] = [
  [1.5, 3],
  [1.25, 4],
  [1.1, 5],
  [0.95, 6],
];
const TALL_ROWS = 1.2;
/** Below it one bit loses strokes (display.md §5.3). */
const MIN_TEXT_PX = 20;
const MIN_LINE_PX = 2;

export interface Glass {
  readonly width: number;
  readonly height: number;
  readonly depth: Depth;
}

/** As it hangs. Throws RangeError for what is neither in SCREEN_NAMES nor a size of 100 to 9999 px. */
export function screenNamed(name: string, rotation: Rotation = 0): Screen {
  const glass = glassNamed(name);
  if (glass === undefined) throw new RangeError(`Cannot draw for "${name}": the screens are ${SCREENS_EXPECTED}`);
  return screenOfSize(name, hungSize(glass, rotation), glass.depth);
}

/** The size of a screen before it was turned; undefined for a name that is none. */
export function glassNamed(name: string): Glass | undefined {
  const [, width, height, depth] = NAMED.find(([known]) => known === name) ?? [];
  return width === undefined || height === undefined || depth === undefined ? freeSize(name) : { width, height, depth };
}

function freeSize(name: string): Glass | undefined {
  const size = FREE_SIZE.exec(name)?.groups;
  if (size === undefined) return undefined;
  return { width: Number(size["width"]), height: Number(size["height"]), depth: size["depth"] === "24" ? 24 : 1 };
}

function screenOfSize(name: string, size: { readonly width: number; readonly height: number }, depth: Depth): Screen {
  const { width, height } = size;
  if (width < PLATE_BELOW_PX.width || height < PLATE_BELOW_PX.height) return { ...scaled(PLATE, size), name, depth };
  const screen = { ...scaled(depth === 1 ? PANEL : WALL, size), name };
  return height > width ? tall(screen) : screen;
}

/** Short lines, but many of them: titles take more and larger ones before they fall back to those of a wide screen. */
function tall(screen: Screen): Screen {
  const { title, takeover, rows } = screen;
  return {
    ...screen,
    arrangement: "tall",
    title: tallLadder(title),
    takeover: { ...takeover, title: tallLadder(takeover.title) },
    rows: { ...rows, first: tallRow(rows.first), later: tallRow(rows.later) },
  };
}

function tallLadder(ladder: readonly Rung[]): readonly Rung[] {
  const largest = ladder[0]?.size ?? 0;
  return [...TALL_TITLE.map(([factor, lines]) => ({ size: Math.round(factor * largest), lines })), ...ladder];
}

function tallRow({ size, height, tall, weight }: RowStyle): RowStyle {
  const px = (length: number) => Math.round(length * TALL_ROWS);
  return { size: px(size), height: px(height), tall: px(tall), weight };
}

interface Line {
  readonly height: number;
  readonly size: number;
}

/** The same parts at another size. What would get too small to read keeps its least size, and its line grows with it. */
function scaled(design: Screen, { width, height }: { readonly width: number; readonly height: number }): Screen {
  const area = (width * height) / (design.width * design.height);
  const factor = Math.min(
    Math.sqrt(area),
    (WIDEST_TEXT * width) / design.width,
    (LOWEST_TEXT * height) / design.height,
  );
  const px = (length: number) => Math.round(length * factor);
  const least = Math.min(MIN_TEXT_PX, design.footer.size);
  const text = (size: number) => Math.max(least, px(size));
  const rungs = (ladder: readonly Rung[]) => ladder.map(({ size, lines }) => ({ size: text(size), lines }));
  const line = <Style extends Line>(style: Style): Style => {
    const grown = text(style.size) / style.size;
    return { ...style, size: text(style.size), height: Math.round(style.height * grown) };
  };
  const row = (style: RowStyle) => ({ ...line(style), tall: Math.round((style.tall * text(style.size)) / style.size) });
  const { header, takeover, rows, notice, qr } = design;
  return {
    ...design,
    width,
    height,
    margin: px(design.margin),
    gap: px(design.gap),
    radius: px(design.radius),
    line: Math.max(MIN_LINE_PX, px(design.line)),
    header: { height: px(header.height), clock: text(header.clock), sizes: header.sizes.map(text) },
    strip: line(design.strip),
    chip: line(design.chip),
    title: rungs(design.title),
    takeover: { height: px(takeover.height), sizes: takeover.sizes.map(text), title: rungs(takeover.title) },
    strike: Math.max(MIN_LINE_PX, px(design.strike)),
    hosts: rungs(design.hosts),
    note: rungs(design.note),
    progress: px(design.progress),
    rows: { first: row(rows.first), later: row(rows.later), heading: text(rows.heading) },
    notice: { text: rungs(notice.text), detail: rungs(notice.detail) },
    qr: { small: px(qr.small), large: px(qr.large) },
    status: line(design.status),
    footer: line(design.footer),
  };
}

// Tables for people at a terminal: columns as wide as what stands in them, cut where the terminal ends, colour only where
// it is asked for. What other people wrote cannot steer the terminal (escape-control.ts).
import { escapeControl } from "./escape-control.ts";

export type Colour = "plain" | "dim" | "bold" | "green" | "yellow" | "red";

export interface Cell {
  readonly text: string;
  readonly colour?: Colour;
}

export interface Column {
  readonly title: string;
  /** Keeps its width when the terminal is narrow; the others share what is left. */
  readonly fixed?: boolean;
  readonly align?: "right";
}

export interface TerminalShape {
  /** In cells of the terminal; undefined where nobody looks, and then nothing is cut. */
  readonly columns: number | undefined;
  readonly colour: boolean;
}

const CODES: Readonly<Record<Colour, string>> = {
  plain: "",
  dim: "2",
  bold: "1",
  green: "32",
  yellow: "33",
  red: "31",
};
const GAP = "  ";
/** Narrower says nothing any more. */
const NARROWEST = 8;
const ELLIPSIS = "…";

/** A line of titles and one for each row; none for no rows. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly (string | Cell)[])[],
  shape: TerminalShape,
): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => row.map((cell) => plainCell(cell)));
  const titles = columns.map(({ title }): Cell => ({ text: title, colour: "dim" }));
  const wanted = columns.map((_, index) =>
    Math.max(...[titles, ...cells].map((row) => textWidth(row[index]?.text ?? ""))),
  );
  const widths = fittingWidths(columns, wanted, shape.columns);
  return [titles, ...cells].map((row) =>
    columns
      .map(({ align }, index) => cellText(row[index] ?? { text: "" }, { align, width: widths[index] ?? 0 }, shape))
      .join(GAP)
      .trimEnd(),
  );
}

/** A line in one colour. */
export function coloured(text: string, colour: Colour, { colour: wanted }: TerminalShape): string {
  return wanted && CODES[colour] !== "" && text !== "" ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Drawn two cells wide by terminals: CJK, full-width forms, emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Cells of a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** Whole graphemes only. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment);
    if (used > width - ELLIPSIS.length) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${ELLIPSIS}`;
}

function graphemeWidth(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

function plainCell(cell: string | Cell): Cell {
  const { text, colour } = typeof cell === "string" ? { text: cell } : cell;
  return { text: escapeControl(text), ...(colour && { colour }) };
}

function cellText(
  { text, colour = "plain" }: Cell,
  { align, width }: { readonly align: "right" | undefined; readonly width: number },
  shape: TerminalShape,
): string {
  const cut = cutText(text, width);
  const space = " ".repeat(width - textWidth(cut));
  const painted = coloured(cut, colour, shape);
  return align === "right" ? space + painted : painted + space;
}

/** The widest column that may give way does, cell by cell, until all fit. */
function fittingWidths(columns: readonly Column[], wanted: readonly number[], limit: number | undefined): number[] {
  const widths = [...wanted];
  if (limit === undefined) return widths;
  let over = widths.reduce((sum, width) => sum + width, (columns.length - 1) * GAP.length) - limit;
  while (over > 0) {
    const elastic = widths.map((width, index) => (columns[index]?.fixed ? 0 : width));
    const widest = elastic.indexOf(Math.max(...elastic));
    if ((elastic[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over--;
  }
  return widths;
}

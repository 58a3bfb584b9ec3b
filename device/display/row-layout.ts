// Rows of slots: label, time, what it was before, state, title. As many as fit; the rest is behind the "More" button.
// A row with a label is what people look for next: it is larger, and takes two lines if its title needs them.
import type { Box } from "./marks.ts";
import {
  ASIDE_SIZE,
  ASIDE_WEIGHT,
  type Columns,
  chipSize,
  columnsOf,
  fitsOneLine,
  isStacked,
  labelChip,
  type PlacedRow,
  styleOf,
  TIME_WEIGHT,
  timeAt,
} from "./row-columns.ts";
import type { Chip, Row } from "./scene.ts";
import { CHIP_GAP, type Sheet } from "./sheet.ts";
import type { Tone } from "./themes.ts";

/** Of a chip in a row: its height in heights of a line. */
const CHIP_HEIGHT = 0.8;

/** Height of the rows at one line each. */
export function rowsHeight(sheet: Sheet, rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + styleOf(sheet, row).height, rows.length > 0 ? 2 * inset(sheet) : 0);
}

/** How many rows there was no room for, and the y below the others. */
export interface PlacedRows {
  readonly hidden: number;
  readonly bottom: number;
}

/** Sets the rows that fit into `box`, at its top or its bottom. */
export function placeRows(sheet: Sheet, rows: readonly Row[], box: Box, anchor: "top" | "bottom"): PlacedRows {
  const { theme, radius, gap } = sheet.screen;
  const side = theme.panel === undefined ? 0 : gap;
  const width = box.width - 2 * side;
  const placed = choose(sheet, rows, width, box.height);
  if (placed.length === 0) return { hidden: rows.length, bottom: box.y };
  const height = heightOf(sheet, placed);
  const panel = { ...box, y: anchor === "top" ? box.y : box.y + box.height - height, height };
  if (theme.panel !== undefined) sheet.fill(panel, theme.panel, radius);
  const columns = columnsOf(sheet, placed);
  let y = panel.y + inset(sheet);
  for (const { row, tall } of placed) {
    const style = styleOf(sheet, row);
    const own = { x: panel.x + side, y, width, height: tall ? style.tall : style.height };
    if (tall && isStacked(sheet)) placeStackedRow(sheet, row, own, columns);
    else if (tall) placeTallRow(sheet, row, own, columns);
    else placeRow(sheet, row, own, columns);
    y += own.height;
  }
  return { hidden: rows.length - placed.length, bottom: panel.y + panel.height };
}

function inset(sheet: Sheet): number {
  return sheet.screen.theme.panel === undefined ? 0 : Math.floor(sheet.screen.gap / 2);
}

/**
 * A second line for what is next is worth more than a row of what comes after it. Where lines are short and many, every
 * row may have two.
 */
function choose(sheet: Sheet, rows: readonly Row[], width: number, height: number): readonly PlacedRow[] {
  const short = rows.map((row) => ({ row, tall: false }));
  const columns = columnsOf(sheet, short);
  const wanted = rows.map((row) => ({
    row,
    tall: (row.label !== undefined || isStacked(sheet)) && !fitsOneLine(sheet, row, width, columns),
  }));
  const withTall = fitting(sheet, wanted, height);
  const withoutTall = fitting(sheet, short, height);
  const labelled = (some: readonly PlacedRow[]) => some.filter(({ row }) => row.label !== undefined).length;
  return labelled(withTall) >= labelled(withoutTall) ? withTall : withoutTall;
}

function fitting(sheet: Sheet, rows: readonly PlacedRow[], height: number): readonly PlacedRow[] {
  let shown = rows;
  while (shown.length > 0 && heightOf(sheet, shown) > height) shown = shown.slice(0, -1);
  return shown;
}

function heightOf(sheet: Sheet, rows: readonly PlacedRow[]): number {
  return rows.reduce((sum, { row, tall }) => {
    const style = styleOf(sheet, row);
    return sum + (tall ? style.tall : style.height);
  }, 2 * inset(sheet));
}

function placeRow(sheet: Sheet, row: Row, box: Box, columns: Columns): void {
  const { theme, line } = sheet.screen;
  const { size, weight } = styleOf(sheet, row);
  const space = Math.round(size * CHIP_GAP);
  let x = placeHead(sheet, row, box, columns);
  const rest = () => ({ ...box, x, width: Math.max(0, box.x + box.width - x) });
  if (row.aside !== undefined) x += placeAside(sheet, row.aside, rest(), size) + space;
  for (const chip of row.chips) x += placeChip(sheet, chip, rest(), size, theme.alarm) + space;
  const fits = sheet.widthOf(row.title.text, { ...titleOptions(sheet, row), size, weight }) <= rest().width;
  sheet.line(row.title.text, rest(), {
    ...titleOptions(sheet, row),
    size: fits ? size : sheet.screen.rows.later.size,
    weight,
    ...(row.struck && { strike: line }),
  });
}

/** Two lines: label, time and state, and below them the title. */
function placeStackedRow(sheet: Sheet, row: Row, box: Box, columns: Columns): void {
  const { theme, line } = sheet.screen;
  const { size, weight } = styleOf(sheet, row);
  const space = Math.round(size * CHIP_GAP);
  const upper = { ...box, height: Math.floor(box.height / 2) };
  const title = { ...titleOptions(sheet, row), size, weight, ...(row.struck && { strike: line }) };
  let x = placeHead(sheet, row, upper, columns);
  const indent = row.label === undefined ? x - box.x : 0;
  const lower = { ...upper, x: box.x + indent, y: box.y + upper.height, width: box.width - indent };
  const rest = () => ({ ...upper, x, width: Math.max(0, box.x + box.width - x) });
  if (row.aside !== undefined) x += placeAside(sheet, row.aside, rest(), size) + space;
  for (const chip of row.chips) x += placeChip(sheet, chip, rest(), size, theme.alarm) + space;
  const fits = sheet.widthOf(row.title.text, title) <= lower.width;
  const fitted = { ...title, size: fits ? size : sheet.screen.rows.later.size };
  if (row.chips.length > 0 || row.label !== undefined) sheet.line(row.title.text, lower, fitted);
  else
    sheet.block(
      row.title.text,
      { ...box, x, width: rest().width },
      { ...title, ladder: tallLadder(sheet, size), pitch: upper.height },
    );
}

/** Two lines: what the time was stands below it, the title wraps, or stands below its state. */
function placeTallRow(sheet: Sheet, row: Row, box: Box, columns: Columns): void {
  const { theme, line } = sheet.screen;
  const { size, weight } = styleOf(sheet, row);
  const upper = { ...box, height: Math.floor(box.height / 2) };
  const lower = { ...upper, y: box.y + upper.height };
  const x = placeHead(sheet, row, upper, columns);
  const timeX = box.x + timeAt(sheet, row, columns);
  if (row.aside !== undefined) placeAside(sheet, row.aside, { ...lower, x: timeX, width: columns.time }, size);
  const width = box.x + box.width - x;
  const options = { ...titleOptions(sheet, row), weight, ...(row.struck && { strike: line }) };
  let chipX = x;
  for (const chip of row.chips) {
    chipX += placeChip(sheet, chip, { ...upper, x: chipX, width: x + width - chipX }, size, theme.alarm);
  }
  if (row.chips.length > 0) sheet.line(row.title.text, { ...lower, x, width }, { ...options, size });
  else
    sheet.block(
      row.title.text,
      { ...box, x, width },
      { ...options, ladder: tallLadder(sheet, size), pitch: upper.height },
    );
}

/** Two lines down to the size of the later rows. */
function tallLadder(sheet: Sheet, size: number) {
  const smallest = sheet.screen.rows.later.size;
  return [size, Math.round((size + smallest) / 2), smallest].map((rung) => ({ size: rung, lines: 2 }));
}

function titleOptions(sheet: Sheet, { title }: Row) {
  return { colour: sheet.screen.theme.page.ink, ...(title.lang !== undefined && { lang: title.lang }) };
}

/** Label and time; returns the x of what follows. */
function placeHead(sheet: Sheet, row: Row, box: Box, columns: Columns): number {
  const { theme } = sheet.screen;
  const { size } = styleOf(sheet, row);
  if (row.label !== undefined) placeChip(sheet, labelChip(row.label), box, size, theme.label);
  const time = { ...box, x: box.x + timeAt(sheet, row, columns), width: columns.time };
  sheet.line(row.time, time, { size, weight: TIME_WEIGHT, colour: theme.page.ink });
  return time.x + columns.time;
}

function placeAside(sheet: Sheet, aside: string, box: Box, size: number): number {
  const { quiet } = sheet.screen.theme;
  return sheet.line(aside, box, { size: Math.round(size * ASIDE_SIZE), weight: ASIDE_WEIGHT, colour: quiet });
}

/** A state is never cut for its title; the name of a place leaves half to the title, if that stands behind it. */
function placeChip(sheet: Sheet, chip: Chip, box: Box, size: number, tone: Tone): number {
  const isName = chip.arrow === true || chip.tone === "outline";
  const width = isName && !isStacked(sheet) ? Math.floor(box.width / 2) : box.width;
  const height = Math.round(box.height * CHIP_HEIGHT);
  const y = box.y + Math.floor((box.height - height) / 2);
  return sheet.chip(chip, { ...box, y, height, width }, chipSize(size), tone);
}

// Rows of slots: label, time, what it was before, state, title. As many as fit; the rest is behind the "More" button.
// A row with a label is what people look for next: it is larger, and takes two lines if its title needs them.
import type { Box } from "./marks.ts";
import type { Chip, Row } from "./scene.ts";
import type { RowStyle } from "./screens.ts";
import { CHIP_GAP, type Sheet } from "./sheet.ts";
import type { Tone } from "./themes.ts";

const TIME_WEIGHT = 800;
const ASIDE_WEIGHT = 600;
/** Of what stands in brackets beside the time, in sizes of the row's text. */
const ASIDE_SIZE = 0.75;
/** Space between columns, in sizes of the row's text. */
const COLUMN_GAP = 0.5;
/** Of a chip in a row: its height in heights of a line, its text in sizes of the row's text. */
const CHIP_HEIGHT = 0.8;
const CHIP_SIZE = 0.8;
const WIDEST_TIME = "00:00";

/** Height of the rows at one line each. */
export function rowsHeight(sheet: Sheet, rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + styleOf(sheet, row).height, rows.length > 0 ? 2 * inset(sheet) : 0);
}

/** Sets the rows that fit into `box`, at its top or its bottom; returns how many there was no room for. */
export function placeRows(sheet: Sheet, rows: readonly Row[], box: Box, anchor: "top" | "bottom"): number {
  const { theme, radius, gap } = sheet.screen;
  const side = theme.panel === undefined ? 0 : gap;
  const width = box.width - 2 * side;
  const placed = choose(sheet, rows, width, box.height);
  if (placed.length === 0) return rows.length;
  const height = heightOf(sheet, placed);
  const panel = { ...box, y: anchor === "top" ? box.y : box.y + box.height - height, height };
  if (theme.panel !== undefined) sheet.fill(panel, theme.panel, radius);
  const columns = columnsOf(sheet, placed);
  let y = panel.y + inset(sheet);
  for (const { row, tall } of placed) {
    const style = styleOf(sheet, row);
    const own = { x: panel.x + side, y, width, height: tall ? style.tall : style.height };
    if (tall) placeTallRow(sheet, row, own, columns);
    else placeRow(sheet, row, own, columns);
    y += own.height;
  }
  return rows.length - placed.length;
}

interface PlacedRow {
  readonly row: Row;
  readonly tall: boolean;
}

interface Columns {
  readonly label: number;
  readonly time: number;
}

function styleOf(sheet: Sheet, row: Row): RowStyle {
  return row.label === undefined ? sheet.screen.rows.later : sheet.screen.rows.first;
}

function inset(sheet: Sheet): number {
  return sheet.screen.theme.panel === undefined ? 0 : Math.floor(sheet.screen.gap / 2);
}

/** A second line for what is next is worth more than a row of what comes after it. */
function choose(sheet: Sheet, rows: readonly Row[], width: number, height: number): readonly PlacedRow[] {
  const short = rows.map((row) => ({ row, tall: false }));
  const columns = columnsOf(sheet, short);
  const wanted = rows.map((row) => ({
    row,
    tall: row.label !== undefined && !fitsOneLine(sheet, row, width, columns),
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

function columnsOf(sheet: Sheet, rows: readonly PlacedRow[]): Columns {
  let label = 0;
  let time = 0;
  for (const { row, tall } of rows) {
    const { size } = styleOf(sheet, row);
    const gap = Math.round(size * COLUMN_GAP);
    if (row.label !== undefined) label = Math.max(label, sheet.chipWidth(labelChip(row.label), chipSize(size)) + gap);
    time = Math.max(time, sheet.widthOf(WIDEST_TIME, { size, weight: TIME_WEIGHT }) + gap);
    if (tall && row.aside !== undefined) time = Math.max(time, asideWidth(sheet, row.aside, size) + gap);
  }
  return { label, time };
}

function fitsOneLine(sheet: Sheet, row: Row, width: number, columns: Columns): boolean {
  const { size, weight } = styleOf(sheet, row);
  const space = Math.round(size * CHIP_GAP);
  const chips = row.chips.reduce((sum, chip) => sum + sheet.chipWidth(chip, chipSize(size)) + space, 0);
  const aside = row.aside === undefined ? 0 : asideWidth(sheet, row.aside, size) + space;
  return columns.label + columns.time + aside + chips + sheet.widthOf(row.title.text, { size, weight }) <= width;
}

function asideWidth(sheet: Sheet, aside: string, size: number): number {
  return sheet.widthOf(aside, { size: Math.round(size * ASIDE_SIZE), weight: ASIDE_WEIGHT });
}

function chipSize(size: number): number {
  return Math.round(size * CHIP_SIZE);
}

function labelChip(text: string): Chip {
  return { text, tone: "solid" };
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

/** Two lines: what the time was stands below it, the title wraps, or stands below its state. */
function placeTallRow(sheet: Sheet, row: Row, box: Box, columns: Columns): void {
  const { theme, line } = sheet.screen;
  const { size, weight } = styleOf(sheet, row);
  const upper = { ...box, height: Math.floor(box.height / 2) };
  const lower = { ...upper, y: box.y + upper.height };
  const x = placeHead(sheet, row, upper, columns);
  const timeX = box.x + columns.label;
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
  const time = { ...box, x: box.x + columns.label, width: columns.time };
  sheet.line(row.time, time, { size, weight: TIME_WEIGHT, colour: theme.page.ink });
  return time.x + columns.time;
}

function placeAside(sheet: Sheet, aside: string, box: Box, size: number): number {
  const { quiet } = sheet.screen.theme;
  return sheet.line(aside, box, { size: Math.round(size * ASIDE_SIZE), weight: ASIDE_WEIGHT, colour: quiet });
}

/** A long room name leaves half of the place to the title. */
function placeChip(sheet: Sheet, chip: Chip, box: Box, size: number, tone: Tone): number {
  const height = Math.round(box.height * CHIP_HEIGHT);
  const y = box.y + Math.floor((box.height - height) / 2);
  return sheet.chip(chip, { ...box, y, height, width: Math.floor(box.width / 2) }, chipSize(size), tone);
}

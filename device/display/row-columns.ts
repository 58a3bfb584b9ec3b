// The columns in which rows of slots stand: labels, times, and what is left for chips and titles.
import type { Chip, Row } from "./scene.ts";
import type { RowStyle } from "./screens.ts";
import { CHIP_GAP, type Sheet } from "./sheet.ts";

export const TIME_WEIGHT = 800;
export const ASIDE_WEIGHT = 600;
/** Of what stands in brackets beside the time, in sizes of the row's text. */
export const ASIDE_SIZE = 0.75;
/** Space between columns, in sizes of the row's text. */
const COLUMN_GAP = 0.5;
/** Text of a chip in a row, in sizes of the row's text. */
const CHIP_SIZE = 0.8;
/** Of a row that most people look for, in sizes of the others. */
const LARGE = 1.3;
const WIDEST_TIME = "00:00";

export interface PlacedRow {
  readonly row: Row;
  readonly tall: boolean;
}

export interface Columns {
  readonly label: number;
  readonly time: number;
}

export function columnsOf(sheet: Sheet, rows: readonly PlacedRow[]): Columns {
  let label = 0;
  let time = 0;
  for (const { row, tall } of rows) {
    const { size } = styleOf(sheet, row);
    const gap = Math.round(size * COLUMN_GAP);
    if (!isStacked(sheet)) label = Math.max(label, labelWidth(sheet, row));
    if (row.time !== "") time = Math.max(time, sheet.widthOf(WIDEST_TIME, { size, weight: TIME_WEIGHT }) + gap);
    if (tall && row.aside !== undefined && !isStacked(sheet))
      time = Math.max(time, asideWidth(sheet, row.aside, size) + gap);
  }
  return { label, time };
}

/** Where lines are short, a title that needs a second line has all of it: below its label and time. */
export function isStacked(sheet: Sheet): boolean {
  return sheet.screen.arrangement === "tall";
}

/** With the space after it. */
function labelWidth(sheet: Sheet, row: Row): number {
  if (row.label === undefined) return 0;
  const { size } = styleOf(sheet, row);
  return sheet.chipWidth(labelChip(row.label), chipSize(size)) + Math.round(size * COLUMN_GAP);
}

/** Where the time of a row begins, from the left of its box. */
export function timeAt(sheet: Sheet, row: Row, columns: Columns): number {
  return isStacked(sheet) ? labelWidth(sheet, row) : columns.label;
}

export function fitsOneLine(sheet: Sheet, row: Row, width: number, columns: Columns): boolean {
  const { size, weight } = styleOf(sheet, row);
  const space = Math.round(size * CHIP_GAP);
  const chips = row.chips.reduce((sum, chip) => sum + sheet.chipWidth(chip, chipSize(size)) + space, 0);
  const aside = row.aside === undefined ? 0 : asideWidth(sheet, row.aside, size) + space;
  return (
    timeAt(sheet, row, columns) + columns.time + aside + chips + sheet.widthOf(row.title.text, { size, weight }) <=
    width
  );
}

function asideWidth(sheet: Sheet, aside: string, size: number): number {
  return sheet.widthOf(aside, { size: Math.round(size * ASIDE_SIZE), weight: ASIDE_WEIGHT });
}

export function chipSize(size: number): number {
  return Math.round(size * CHIP_SIZE);
}

export function labelChip(text: string): Chip {
  return { text, tone: "solid" };
}

export function styleOf(sheet: Sheet, row: Row): RowStyle {
  const { first, later } = sheet.screen.rows;
  if (row.large) return larger(first);
  return row.label === undefined ? later : first;
}

function larger({ size, height, tall, weight }: RowStyle): RowStyle {
  const px = (length: number) => Math.round(length * LARGE);
  return { size: px(size), height: px(height), tall: px(tall), weight };
}

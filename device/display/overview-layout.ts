// All doors on one screen: each with what is on and what comes next. Two lines each if all have room, else one; a place
// that has no room is counted.
import type { Box } from "./marks.ts";
import type { OverviewBody, Place, Row } from "./scene.ts";
import { CHIP_GAP, type Sheet } from "./sheet.ts";

const WEIGHT = { room: 800, now: 700, next: 500, time: 800, more: 700 };
/** Of the width: what the names of the places may take. */
const ROOM_COLUMN = 0.36;
/** Of a line: a chip in it, and the text in that. */
const CHIP_HEIGHT = 0.8;
const CHIP_SIZE = 0.8;
/** Of the width: with less left for the titles, only what comes later has its time. */
const NARROW_TITLE = 0.4;
/** Between columns, in sizes of the text. */
const COLUMN_GAP = 0.6;

interface Grid {
  /** Of the lines: text and height. */
  readonly size: number;
  readonly height: number;
  /** Lines of each place. */
  readonly lines: 1 | 2 | 3;
  /** Width of the names; 0 where they stand above. */
  readonly room: number;
  /** Width of the times; undefined where there is no column for them. */
  readonly time: number | undefined;
}

/** Returns the right end of the box: the table has its whole width. */
export function placeOverview(sheet: Sheet, body: OverviewBody, box: Box): number {
  const { gap, line, theme, status } = sheet.screen;
  const grid = gridFor(sheet, body, box);
  const pitch = grid.lines * grid.height + gap;
  const fitting = Math.floor((box.height + gap) / pitch);
  const isCut = fitting < body.places.length;
  const shown = body.places.slice(0, isCut ? Math.floor((box.height + gap - status.height) / pitch) : fitting);
  let { y } = box;
  for (const [index, place] of shown.entries()) {
    if (index > 0) sheet.fill({ ...box, y: y - Math.ceil((gap + line) / 2), height: line }, theme.rule);
    placePlace(sheet, place, body.nothing, { ...box, y, height: pitch - gap }, grid);
    y += pitch;
  }
  const rest = { ...box, y: y - gap, height: status.height };
  const more = { size: status.size, weight: WEIGHT.more, colour: theme.quiet, align: "right" } as const;
  if (isCut) sheet.line(`+${body.places.length - shown.length}`, rest, more);
  return box.x + box.width;
}

/** The largest rows in which every place has all its lines; else the smallest there are. */
function gridFor(sheet: Sheet, { places }: OverviewBody, box: Box): Grid {
  const { rows, gap, arrangement } = sheet.screen;
  const isStacked = arrangement === "tall";
  const most = isStacked ? 3 : 2;
  const least = isStacked ? 2 : 1;
  const wishes = [
    { style: rows.first, lines: most },
    { style: rows.later, lines: most },
    { style: rows.first, lines: least },
    { style: rows.later, lines: least },
  ] as const;
  const fits = (height: number, lines: number) => places.length * (lines * height + gap) - gap <= box.height;
  const { style, lines } = wishes.find((wish) => fits(wish.style.height, wish.lines)) ?? wishes[3];
  const { size, height } = style;
  const times = places.flatMap(({ now, next }) => [now, next].map((row) => row?.time ?? ""));
  const space = Math.round(size * COLUMN_GAP);
  const time = Math.max(...times.map((text) => sheet.widthOf(text, { size, weight: WEIGHT.time }))) + space;
  const names = places.map(({ room }) => sheet.widthOf(room, { size, weight: WEIGHT.room }) + space);
  const room = isStacked ? 0 : Math.min(Math.max(...names), Math.round(box.width * ROOM_COLUMN));
  const isNarrow = box.width - room - time < box.width * NARROW_TITLE;
  return { size, height, lines, room, time: isNarrow ? undefined : time };
}

function placePlace(sheet: Sheet, { room, now, next }: Place, nothing: string, box: Box, grid: Grid): void {
  const { theme } = sheet.screen;
  const { size, height, lines } = grid;
  const line = (index: number) => ({ ...box, y: box.y + index * height, height });
  const isStacked = grid.room === 0;
  const name = { size, weight: WEIGHT.room, colour: theme.page.ink };
  sheet.line(room, isStacked ? line(0) : { ...line(0), width: grid.room - Math.round(size * COLUMN_GAP) }, name);
  const left = box.x + grid.room;
  const cell = (index: number) => ({ ...line(index), x: left, width: box.x + box.width - left });
  const first = isStacked ? 1 : 0;
  const quiet = { size, weight: WEIGHT.next, colour: theme.quiet };
  const shown = first + 1 === lines ? [now ?? next] : [now, next];
  for (const [index, row] of shown.entries()) {
    if (row !== undefined) placeCell(sheet, row, cell(first + index), grid, row === now);
    else if (index === 0) sheet.line(nothing, cell(first), quiet);
  }
}

function placeCell(sheet: Sheet, row: Row, box: Box, grid: Grid, isNow: boolean): void {
  const { theme, line } = sheet.screen;
  const { size } = grid;
  const ink = theme.page.ink;
  const right = box.x + box.width;
  const time = { size, weight: WEIGHT.time, colour: ink };
  let { x } = box;
  if (grid.time !== undefined) sheet.line(row.time, { ...box, width: grid.time }, time);
  else if (!isNow) x += sheet.line(row.time, box, time) + Math.round(size * COLUMN_GAP);
  x += grid.time ?? 0;
  const height = Math.round(box.height * CHIP_HEIGHT);
  const y = box.y + Math.floor((box.height - height) / 2);
  for (const chip of row.chips) {
    if (right - x <= size) break;
    const width = chip.arrow ? Math.floor((right - x) / 2) : right - x;
    x += sheet.chip(chip, { x, y, width, height }, Math.round(size * CHIP_SIZE), theme.alarm);
    x += Math.round(size * CHIP_GAP);
  }
  const title = {
    size,
    weight: isNow ? WEIGHT.now : WEIGHT.next,
    colour: ink,
    ...(row.title.lang !== undefined && { lang: row.title.lang }),
    ...(row.struck && { strike: line }),
  };
  // With less than a letter's place left, the state alone says enough.
  if (right - x > size) sheet.line(row.title.text, { ...box, x, width: right - x }, title);
}

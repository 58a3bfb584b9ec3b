// The page that lists mistakes: each behind its line, as large as lets all of them stand there; below them what to do, and
// the code that leads a phone here.
import type { Box } from "./marks.ts";
import { type Join, placeQr } from "./qr-layout.ts";
import type { MistakesBody } from "./scene.ts";
import type { BlockOptions, Sheet } from "./sheet.ts";

const WEIGHT = { mistake: 600, detail: 500, more: 800 };
/** Of a mistake: nobody mends what fills more. */
const MAX_LINES = 8;
/** Height of the label with a line's number and its text, and space behind it and between mistakes, in sizes of the text. */
const LABEL = { height: 1.25, size: 0.8, gap: 0.5, between: 0.55 };
/** Of one line of a mistake. */
const PITCH = 1.3;

type Listed = MistakesBody["mistakes"];

/** Returns the x up to which what is below the page may stand. */
export function placeMistakes(
  sheet: Sheet,
  { mistakes, detail }: MistakesBody,
  join: Join,
  { box, qrBottom }: { readonly box: Box; readonly qrBottom: number },
): number {
  const { gap, notice, theme } = sheet.screen;
  const free = placeQr(sheet, join, { top: box.y, bottom: qrBottom });
  const bottom = box.y + box.height;
  const beside = { ...box, width: Math.min(box.width, free.x - box.x - (free.x < box.x + box.width ? gap : 0)) };
  const told: BlockOptions = { ladder: notice.detail.slice(-1), weight: WEIGHT.detail, colour: theme.quiet };
  const detailHeight = sheet.heightOf(detail, beside, told);
  sheet.block(detail, { ...beside, y: bottom - detailHeight, height: detailHeight }, told);
  const above = { ...box, height: Math.min(free.y, bottom - detailHeight) - gap - box.y };
  const left = { ...beside, height: box.height - detailHeight - gap };
  placeList(sheet, mistakes, [above, left]);
  return free.x;
}

/** In the first place that holds all of them at the largest size; else as many as the last one takes. */
function placeList(sheet: Sheet, mistakes: Listed, places: readonly Box[]): void {
  const { rows, status } = sheet.screen;
  const sizes = [rows.first.size, Math.round((rows.first.size + rows.later.size) / 2), rows.later.size, status.size];
  for (const size of sizes) {
    const place = places.find((box) => heightOf(sheet, mistakes, box, size) <= box.height);
    if (place === undefined) continue;
    placeEach(sheet, mistakes, place, size);
    return;
  }
  const place = places.at(-1) as Box;
  const more = { ...place, y: place.y + place.height - status.height, height: status.height };
  const shown = thatFit(sheet, mistakes, { ...place, height: place.height - status.height });
  placeEach(sheet, shown, place, status.size);
  const count = `+${mistakes.length - shown.length}`;
  sheet.line(count, more, { size: status.size, weight: WEIGHT.more, colour: sheet.screen.theme.page.ink });
}

function thatFit(sheet: Sheet, mistakes: Listed, box: Box): Listed {
  let shown = mistakes;
  while (shown.length > 0 && heightOf(sheet, shown, box, sheet.screen.status.size) > box.height) {
    shown = shown.slice(0, -1);
  }
  return shown;
}

function placeEach(sheet: Sheet, mistakes: Listed, box: Box, size: number): void {
  const column = columnOf(sheet, mistakes, size);
  const height = Math.round(LABEL.height * size);
  let { y } = box;
  for (const { line, text } of mistakes) {
    const options = textOptions(sheet, size);
    const cell = { ...box, x: box.x + column, y, width: box.width - column };
    const label = { ...box, y: y + Math.floor((PITCH * size - height) / 2), height };
    if (line !== undefined) sheet.chip({ text: line, tone: "solid" }, label, labelSize(size), sheet.screen.theme.label);
    y = sheet.block(text.text, cell, { ...options, lang: text.lang ?? sheet.lang }) + between(size);
  }
}

function heightOf(sheet: Sheet, mistakes: Listed, box: Box, size: number): number {
  const width = box.width - columnOf(sheet, mistakes, size);
  const cell = { ...box, width, height: Number.MAX_SAFE_INTEGER };
  const heights = mistakes.map(({ text }) => sheet.heightOf(text.text, cell, textOptions(sheet, size)));
  return heights.reduce((sum, height) => sum + height, between(size) * Math.max(0, mistakes.length - 1));
}

function columnOf(sheet: Sheet, mistakes: Listed, size: number): number {
  const labels = mistakes.flatMap(({ line }) => (line === undefined ? [] : [{ text: line, tone: "solid" as const }]));
  const widest = Math.max(0, ...labels.map((label) => sheet.chipWidth(label, labelSize(size))));
  return widest === 0 ? 0 : widest + Math.round(LABEL.gap * size);
}

function textOptions(sheet: Sheet, size: number): BlockOptions {
  return {
    ladder: [{ size, lines: MAX_LINES }],
    weight: WEIGHT.mistake,
    colour: sheet.screen.theme.page.ink,
    pitch: Math.round(PITCH * size),
  };
}

function labelSize(size: number): number {
  return Math.round(LABEL.size * size);
}

function between(size: number): number {
  return Math.round(LABEL.between * size);
}

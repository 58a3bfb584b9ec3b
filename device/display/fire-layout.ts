// A sentence beside a fire that has burnt down, for a screen that nobody wakes before the sun does: together in the middle
// of what the plan below leaves free. Side by side where a screen is wide, else one above the other.
import { headedRowsHeight, placeHeadedRows } from "./headed-rows.ts";
import type { Box } from "./marks.ts";
import type { NoticeBody } from "./scene.ts";
import type { BlockOptions, Sheet } from "./sheet.ts";

const WEIGHT = { text: 800, detail: 500 };
/** Of the free height, and of its width. */
const FIRE_SHARE = { wide: { height: 0.86, width: 0.3 }, tall: { height: 0.45, width: 0.5 } };
/** Wood below the flame, and the air between them, in sides of the fire. */
const WOOD_HEIGHT = 0.3;
const AIR = 0.04;
/** Between the fire and the sentence, in sides of the fire. */
const DISTANCE = 0.22;

export function placeFireside(sheet: Sheet, body: NoticeBody, box: Box): void {
  const free = placePlan(sheet, body, box);
  const isTall = sheet.screen.arrangement === "tall";
  const share = FIRE_SHARE[isTall ? "tall" : "wide"];
  const side = Math.round(Math.min(free.height * share.height, free.width * share.width));
  const apart = Math.round(side * DISTANCE);
  const words = wordsOf(sheet, body, isTall ? free.width : free.width - side - apart, free.height);
  const height = isTall ? side + apart + words.height : Math.max(side, words.height);
  const width = isTall ? Math.max(side, words.width) : side + apart + words.width;
  const x = free.x + Math.floor((free.width - width) / 2);
  const y = free.y + Math.floor((free.height - height) / 2);
  if (isTall) {
    placeFire(sheet, { x: x + Math.floor((width - side) / 2), y, width: side, height: side });
    placeWords(sheet, words, { ...free, y: y + side + apart, height: words.height }, true);
    return;
  }
  placeFire(sheet, { x, y: y + Math.floor((height - side) / 2), width: side, height: side });
  const top = y + Math.floor((height - words.height) / 2);
  placeWords(sheet, words, { x: x + side + apart, y: top, width: words.width, height: words.height });
}

/** At the bottom, unless it would take more than the fire has. Returns the box above it. */
function placePlan(sheet: Sheet, { appendix }: NoticeBody, box: Box): Box {
  if (appendix === undefined || sheet.screen.arrangement === "plate") return box;
  const needed = headedRowsHeight(sheet, appendix);
  const height = box.height - needed - sheet.screen.gap;
  if (height < needed) return box;
  const { theme, line, gap } = sheet.screen;
  const y = box.y + height;
  if (theme.panel === undefined) sheet.fill({ ...box, y: y - gap, height: line }, theme.rule);
  placeHeadedRows(sheet, appendix, { ...box, y, height: needed });
  return { ...box, height: height - gap };
}

interface Words {
  readonly lines: readonly { readonly text: string; readonly options: BlockOptions; readonly height: number }[];
  readonly width: number;
  readonly height: number;
}

function wordsOf(sheet: Sheet, { text, detail }: NoticeBody, width: number, height: number): Words {
  const { theme, notice } = sheet.screen;
  const wanted = [
    { text, options: { ladder: notice.text, weight: WEIGHT.text, colour: theme.page.ink } },
    ...(detail === undefined
      ? []
      : [{ text: detail, options: { ladder: notice.detail, weight: WEIGHT.detail, colour: theme.quiet } }]),
  ];
  const box = { x: 0, y: 0, width, height };
  const lines = wanted.map((one) => ({ ...one, height: sheet.heightOf(one.text, box, one.options) }));
  const widths = wanted.map((one) => sheet.blockWidth(one.text, box, one.options));
  return { lines, width: Math.max(...widths), height: lines.reduce((sum, line) => sum + line.height, 0) };
}

function placeWords(sheet: Sheet, { lines }: Words, box: Box, centred?: true): void {
  let { y } = box;
  for (const { text, options } of lines)
    y = sheet.block(text, { ...box, y }, { ...options, ...(centred && { centred }), direction: sheet.direction });
}

function placeFire(sheet: Sheet, box: Box): void {
  const { theme } = sheet.screen;
  const wood = Math.round(box.height * WOOD_HEIGHT);
  const flame = box.height - wood - Math.round(box.height * AIR);
  const width = Math.round(flame * 0.86);
  const x = box.x + Math.floor((box.width - width) / 2);
  sheet.marks.push({ kind: "shape", shape: "flame", box: { ...box, x, width, height: flame }, colour: theme.fire });
  const logs = { ...box, y: box.y + box.height - wood, height: wood };
  sheet.marks.push({ kind: "shape", shape: "logs", box: logs, colour: theme.quiet });
}

// The middle of the door: one slot large with the others as rows below it, a list of rows, or a sentence.
import { placeFireside } from "./fire-layout.ts";
import { headedRowsHeight, placeHeadedRows } from "./headed-rows.ts";
import { placeChips, placeDetails, placeTakeover, placeTitle } from "./lead-layout.ts";
import type { Box } from "./marks.ts";
import { placeMistakes } from "./mistakes-layout.ts";
import { placeOverview } from "./overview-layout.ts";
import { type Free, type Join, placeQr, type QrSize } from "./qr-layout.ts";
import { placeRows, rowsHeight } from "./row-layout.ts";
import type { Appendix, FactsBody, ListBody, NoticeBody, Scene, SlotBody } from "./scene.ts";
import type { Sheet } from "./sheet.ts";

const WEIGHT = { notice: 800, detail: 500, fact: 700 };
/** Of a fact beside codes on a small screen: each word of the Wi-Fi's password on its own, and none cut. */
const FACT_LINES = 4;
/** Rows for which a long title makes room. */
const KEPT_ROWS = { wide: 1, tall: 4, plate: 0 };

/** Where the body may go: its box, and how far down the QR code beside it may reach. */
export interface BodyPlace {
  readonly box: Box;
  readonly qrBottom: number;
}

/** Returns the x up to which what is below the body may stand, left of the QR code. */
export function placeBody(sheet: Sheet, { body, ...join }: Pick<Scene, "body"> & Join, place: BodyPlace): number {
  switch (body.kind) {
    case "slot":
      return placeSlot(sheet, body, join, place);
    case "list":
      return placeList(sheet, body, place);
    case "notice":
      return placeNotice(sheet, body, join, place);
    case "overview":
      return placeOverview(sheet, body, place.box);
    case "facts":
      return placeFacts(sheet, body, join, place);
    case "mistakes":
      return placeMistakes(sheet, body, join, place);
    case "alarm":
      return place.box.x + place.box.width;
  }
}

/** Where nothing else is to be read, the code is what matters. */
export function qrSizeFor(body: Scene["body"]): QrSize {
  return body.kind === "notice" && body.lead === undefined && body.appendix === undefined ? "large" : "small";
}

function placeSlot(sheet: Sheet, { lead, rows }: SlotBody, join: Join, place: BodyPlace): number {
  const { gap } = sheet.screen;
  const { box } = place;
  const bottom = box.y + box.height;
  const kept = rows.slice(0, KEPT_ROWS[sheet.screen.arrangement]);
  const keptHeight = kept.length > 0 ? rowsHeight(sheet, kept) + gap : 0;
  const down = (y: number, end: number) => ({ ...box, y, height: end - y });
  let y = placeChips(sheet, lead, box) + gap;
  if (lead.takeover !== undefined) y = placeTakeover(sheet, lead.takeover, down(y, bottom)) + gap;
  y = placeTitle(sheet, lead, down(y, bottom - keptHeight));
  const free = placeQr(sheet, join, { top: y, bottom: place.qrBottom }).x;
  const width = free - box.x;
  y = placeDetails(sheet, lead, { ...down(y, bottom - keptHeight), width }) + gap;
  placeRows(sheet, rows, { ...down(y, bottom), width }, "bottom");
  return free;
}

/** The list has the whole width; a phone that wants the code finds it one press away. */
function placeList(sheet: Sheet, body: ListBody, { box }: BodyPlace): number {
  const y = placeHeadedRows(sheet, body, box);
  if (body.appendix !== undefined) placeAppendix(sheet, body.appendix, { ...box, y, height: box.y + box.height - y });
  return box.x + box.width;
}

/** Only if at least one of its rows has room. */
function placeAppendix(sheet: Sheet, appendix: Appendix, box: Box): void {
  const { gap } = sheet.screen;
  const needed = 2 * gap + headedRowsHeight(sheet, { rows: appendix.rows.slice(0, 1) });
  if (box.height >= needed)
    placeHeadedRows(sheet, appendix, { ...box, y: box.y + 2 * gap, height: box.height - 2 * gap });
}

function placeNotice(sheet: Sheet, body: NoticeBody, join: Join, place: BodyPlace): number {
  const { theme, gap, notice } = sheet.screen;
  const { box } = place;
  if (body.fire) {
    placeFireside(sheet, body, box);
    return box.x + box.width;
  }
  const bottom = box.y + box.height;
  const down = (y: number) => ({ ...box, y, height: bottom - y });
  const sentence = { ladder: notice.text, weight: WEIGHT.notice, colour: theme.page.ink };
  let y = sheet.block(body.text, down(box.y + gap), sentence) + gap;
  if (body.lead !== undefined) {
    y = placeChips(sheet, body.lead, down(y + gap)) + gap;
    y = placeTitle(sheet, body.lead, down(y));
  }
  const free = placeQr(sheet, join, { top: y, bottom: place.qrBottom }, qrSizeFor(body));
  const width = free.x - box.x - (join.address === undefined ? 0 : gap);
  const detail = { ladder: notice.detail, weight: WEIGHT.detail, colour: theme.quiet };
  if (body.detail !== undefined) y = sheet.block(body.detail, { ...down(y), width }, detail);
  if (body.facts !== undefined) placeFactRows(sheet, body.facts, down(y + 2 * gap), free);
  if (body.appendix !== undefined) placeAppendix(sheet, body.appendix, { ...down(y), width });
  return free.x;
}

function placeFacts(sheet: Sheet, { facts }: FactsBody, join: Join, place: BodyPlace): number {
  const { box } = place;
  const size = join.wifi === undefined ? "small" : "large";
  const free = placeQr(sheet, join, { top: box.y, bottom: place.qrBottom }, size);
  placeFactRows(sheet, facts, box, free);
  return free.x;
}

/** Names at the left, what they are beside them, as long as there is room: above the codes over the whole width. */
function placeFactRows(sheet: Sheet, facts: FactsBody["facts"], box: Box, free: Free): void {
  const { theme, gap, rows } = sheet.screen;
  const { size, height, weight } = rows.later;
  const names = facts.map(({ name }) => sheet.widthOf(name, { size, weight }));
  const column = Math.max(0, ...names) + 2 * gap;
  const right = box.x + box.width;
  const known = { ladder: [{ size, lines: FACT_LINES }], pitch: height, weight: WEIGHT.fact, colour: theme.page.ink };
  let { y } = box;
  for (const { name, value } of facts) {
    const whole = { x: box.x + column, y, width: right - box.x - column, height: FACT_LINES * height };
    const beside = { ...whole, width: Math.min(right, free.x - gap) - whole.x };
    const cell = y + sheet.heightOf(value, whole, known) <= free.y ? whole : beside;
    if (y + sheet.heightOf(value, cell, known) > box.y + box.height) break;
    sheet.line(name, { ...box, y, width: column, height }, { size, weight, colour: theme.quiet });
    y = sheet.block(value, cell, known);
  }
}

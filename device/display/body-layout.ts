// The middle of the door: one slot large with the others as rows below it, a list of rows, or a sentence.
import { placeChips, placeDetails, placeTakeover, placeTitle } from "./lead-layout.ts";
import type { Box } from "./marks.ts";
import { placeQr } from "./qr-layout.ts";
import { placeRows, rowsHeight } from "./row-layout.ts";
import type { ListBody, NoticeBody, Scene, SlotBody } from "./scene.ts";
import type { Sheet } from "./sheet.ts";

const WEIGHT = { notice: 800, heading: 800, detail: 500 };
const HEADING_LINE = 1.2;

/** Where the body may go: its box, and how far down the QR code beside it may reach. */
export interface BodyPlace {
  readonly box: Box;
  readonly qrBottom: number;
}

/** Returns the x up to which what is below the body may stand, left of the QR code. */
export function placeBody(sheet: Sheet, { body, address }: Scene, place: BodyPlace): number {
  switch (body.kind) {
    case "slot":
      return placeSlot(sheet, body, address, place);
    case "list":
      return placeList(sheet, body, place);
    case "notice":
      return placeNotice(sheet, body, address, place);
  }
}

function placeSlot(sheet: Sheet, { lead, rows }: SlotBody, address: string | undefined, place: BodyPlace): number {
  const { gap } = sheet.screen;
  const { box } = place;
  const bottom = box.y + box.height;
  const firstRow = rows.length > 0 ? rowsHeight(sheet, rows.slice(0, 1)) + gap : 0;
  const down = (y: number, end: number) => ({ ...box, y, height: end - y });
  let y = placeChips(sheet, lead, box) + gap;
  if (lead.takeover !== undefined) y = placeTakeover(sheet, lead.takeover, down(y, bottom)) + gap;
  y = placeTitle(sheet, lead, down(y, bottom - firstRow));
  const free = placeQr(sheet, address, { top: y, bottom: place.qrBottom });
  const width = free - box.x;
  y = placeDetails(sheet, lead, { ...down(y, bottom - firstRow), width }) + gap;
  placeRows(sheet, rows, { ...down(y, bottom), width }, "bottom");
  return free;
}

/** The list has the whole width; a phone that wants the code finds it one press away. */
function placeList(sheet: Sheet, { heading, rows }: ListBody, { box }: BodyPlace): number {
  const { theme, rows: own, gap } = sheet.screen;
  const line = { ...box, height: Math.round(own.heading * HEADING_LINE) };
  const options = { size: own.heading, weight: WEIGHT.heading, colour: theme.page.ink };
  sheet.line(heading, line, options);
  const y = line.y + line.height + gap;
  const hidden = placeRows(sheet, rows, { ...box, y, height: box.y + box.height - y }, "top");
  if (hidden > 0) sheet.line(`+${hidden}`, line, { ...options, align: "right" });
  return box.x + box.width;
}

function placeNotice(sheet: Sheet, body: NoticeBody, address: string | undefined, place: BodyPlace): number {
  const { theme, gap, notice } = sheet.screen;
  const { box } = place;
  const bottom = box.y + box.height;
  const down = (y: number) => ({ ...box, y, height: bottom - y });
  const sentence = { ladder: notice.text, weight: WEIGHT.notice, colour: theme.page.ink };
  let y = sheet.block(body.text, down(box.y + gap), sentence) + gap;
  if (body.lead !== undefined) {
    y = placeChips(sheet, body.lead, down(y + gap)) + gap;
    y = placeTitle(sheet, body.lead, down(y));
  }
  const free = placeQr(sheet, address, { top: y, bottom: place.qrBottom }, body.lead === undefined ? "large" : "small");
  const width = free - box.x - (address === undefined ? 0 : gap);
  const detail = { ladder: notice.detail, weight: WEIGHT.detail, colour: theme.quiet };
  if (body.detail !== undefined) sheet.block(body.detail, { ...down(y), width }, detail);
  return free;
}

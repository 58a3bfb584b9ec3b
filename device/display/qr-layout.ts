// The QR code at the lower right: as large as its place allows, with the quiet zone that cameras need.
import { encode } from "uqr";
import type { Sheet } from "./sheet.ts";

/** ISO/IEC 18004: white on all sides, in modules. */
const QUIET_MODULES = 4;
/** 0.8 mm on a 7.5 inch panel, 1.1 mm on a 24 inch screen: what a phone at 30 cm can tell apart (display.md §5.6). */
const MIN_MODULE_PX = 4;

/** Of the width: a code that takes more from the rows beside it is left out; it is one press away. */
const LARGEST_SHARE = 0.3;

/** Small beside other things; large where a phone is the only way on. */
export type QrSize = "small" | "large";

/** What a code leaves to the rest of the screen: what is left of `x`, and what is above `y`. */
export interface Free {
  readonly x: number;
  readonly y: number;
}

/**
 * Places the code for `address` with its quiet zone between `top` and `bottom`, against the right margin. All is free
 * if there is no code or no room for one.
 */
export function placeQr(
  sheet: Sheet,
  address: string | undefined,
  span: { readonly top: number; readonly bottom: number },
  size: QrSize = "small",
): Free {
  const { width, margin, gap, theme, qr, radius, arrangement } = sheet.screen;
  const right = width - margin;
  const all = { x: right, y: span.bottom };
  if (address === undefined) return all;
  const rows = modulesOf(address);
  const room = Math.floor((span.bottom - span.top) / (rows.length + 2 * QUIET_MODULES));
  const module = Math.min(room, Math.max(MIN_MODULE_PX, Math.floor(qr[size] / rows.length)));
  if (module < MIN_MODULE_PX) return all;
  const side = module * rows.length;
  const quiet = module * QUIET_MODULES;
  const isBeside = size === "small" && arrangement === "wide";
  if (isBeside && side + 2 * quiet > width * LARGEST_SHARE) return all;
  // On white paper the margin of the page already is quiet; elsewhere the code brings its own white card.
  const hasCard = theme.qr.paper !== theme.page.paper;
  const x = right - side - (hasCard ? quiet : 0);
  const y = span.bottom - side - quiet - (hasCard ? Math.floor(gap / 2) : 0);
  const card = { x: x - quiet, y: y - quiet, width: side + 2 * quiet, height: side + 2 * quiet };
  if (hasCard) sheet.fill(card, theme.qr.paper, radius);
  sheet.marks.push({ kind: "qr", box: { x, y, width: side, height: side }, rows, colour: theme.qr.ink });
  return { x: hasCard ? card.x - gap : card.x, y: card.y };
}

/** The code of the address drawn last: encoding takes longer than all the rest of a layout. */
let latest: { readonly address: string; readonly rows: readonly string[] } | undefined;

function modulesOf(address: string): readonly string[] {
  if (latest?.address !== address) {
    const { data } = encode(compact(address), { ecc: "M", border: 0 });
    latest = { address, rows: data.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")) };
  }
  return latest.rows;
}

/** Scheme and host ignore case, and capitals take fewer modules (display.md §5.6); a path does not ignore it. */
function compact(address: string): string {
  return /^https?:\/\/[^/]+\/?$/.test(address) ? address.toUpperCase() : address;
}

// The QR code at the lower right: as large as its place allows, with the quiet zone that cameras need. While the box has its
// own Wi-Fi open there are two, side by side and equally large: join that, then open the page.
import { encode } from "uqr";
import type { Scene } from "./scene.ts";
import type { Screen } from "./screens.ts";
import type { Sheet } from "./sheet.ts";

/** ISO/IEC 18004: white on all sides, in modules. */
const QUIET_MODULES = 4;
/** Of version 1; each later one has four more. */
const SMALLEST_MODULES = 21;
/** 0.8 mm on a 7.5 inch panel, 1.1 mm on a 24 inch screen: what a phone at 30 cm can tell apart (display.md §5.6). */
const MIN_MODULE_PX = 4;

/** Of the width: codes that take more from the rows beside them are left out; they are one press away. */
const LARGEST_SHARE = { small: 0.3, large: 0.46 };
/** Between two codes, in modules: a camera that is near one must not see the other. */
const APART_MODULES = 2 * QUIET_MODULES;
const CAPTION_WEIGHT = 700;

/** Small beside other things; large where a phone is the only way on. */
export type QrSize = "small" | "large";

/** How a phone gets to this box. */
export type Join = Pick<Scene, "address" | "wifi">;

/** What codes leave to the rest of the screen: what is left of `x`, and what is above `y`. */
export interface Free {
  readonly x: number;
  readonly y: number;
}

interface Code {
  readonly text: string;
  /** Above it, where it is not alone. */
  readonly caption?: string;
}

interface DrawnCode extends Code {
  readonly rows: readonly string[];
}

/**
 * Places the code for the address, and before it the one for the Wi-Fi, with their quiet zone between `top` and `bottom`,
 * against the right margin. Where there is no room for both, the first one alone; all is free if there is none for that.
 */
export function placeQr(
  sheet: Sheet,
  join: Join,
  span: { readonly top: number; readonly bottom: number },
  size: QrSize = "small",
): Free {
  const codes = codesOf(join);
  for (let count = codes.length; count > 0; count--) {
    const shown = drawn(codes.slice(0, count));
    const module = moduleFor(sheet, shown, span, size);
    if (module >= MIN_MODULE_PX) return placeCodes(sheet, shown, module, span.bottom);
  }
  return { x: sheet.screen.width - sheet.screen.margin, y: span.bottom };
}

function codesOf({ address, wifi }: Join): readonly Code[] {
  if (wifi === undefined) return address === undefined ? [] : [{ text: address }];
  const join = { text: wifi.code, caption: wifi.captions.wifi };
  return address === undefined ? [join] : [join, { text: address, caption: wifi.captions.page }];
}

/** Pixels of a module that height, width and theme allow. */
function moduleFor(
  { screen }: Sheet,
  codes: readonly DrawnCode[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
  size: QrSize,
): number {
  const { width, margin, qr, arrangement } = screen;
  const length = lengthOf(codes);
  const isBeside = arrangement === "wide" && (size === "small" || codes.length > 1);
  const widest = isBeside ? width * LARGEST_SHARE[size] : width - 2 * margin;
  const across = codes.length * length + (codes.length - 1) * APART_MODULES + 2 * QUIET_MODULES;
  const room = (bottom - top - captionHeight(screen, codes)) / (length + 2 * QUIET_MODULES);
  const wished = Math.max(MIN_MODULE_PX, Math.floor(qr[size] / length));
  return Math.min(wished, Math.floor(room), Math.floor(widest / across));
}

function placeCodes(sheet: Sheet, codes: readonly DrawnCode[], module: number, bottom: number): Free {
  const { width, margin, gap, theme, radius, rows: styles } = sheet.screen;
  const side = module * lengthOf(codes);
  const [quiet, apart] = [module * QUIET_MODULES, module * APART_MODULES];
  // On white paper the margin of the page already is quiet; elsewhere codes bring their own white card.
  const hasCard = theme.qr.paper !== theme.page.paper;
  const across = codes.length * side + (codes.length - 1) * apart;
  const x = width - margin - across - (hasCard ? quiet : 0);
  const y = bottom - side - quiet - (hasCard ? Math.floor(gap / 2) : 0);
  const card = { x: x - quiet, y: y - quiet, width: across + 2 * quiet, height: side + 2 * quiet };
  if (hasCard) sheet.fill(card, theme.qr.paper, radius);
  const above = captionHeight(sheet.screen, codes);
  const caption = { size: styles.later.size, weight: CAPTION_WEIGHT, colour: theme.page.ink };
  for (const [index, { rows, caption: said }] of codes.entries()) {
    const box = { x: x + index * (side + apart), y, width: side, height: side };
    sheet.marks.push({ kind: "qr", box, rows, colour: theme.qr.ink });
    if (said !== undefined && above > 0) sheet.line(said, { ...box, y: card.y - above, height: above }, caption);
  }
  return { x: hasCard ? card.x - gap : card.x, y: card.y - above };
}

function captionHeight({ rows }: Screen, codes: readonly DrawnCode[]): number {
  return codes.length > 1 ? rows.later.height : 0;
}

function lengthOf(codes: readonly DrawnCode[]): number {
  return Math.max(...codes.map(({ rows }) => rows.length));
}

/** Equally fine: as the one that has most to say. */
function drawn(codes: readonly Code[]): readonly DrawnCode[] {
  const length = Math.max(...codes.map(({ text }) => modulesOf(text, SMALLEST_MODULES).length));
  return codes.map((code) => ({ ...code, rows: modulesOf(code.text, length) }));
}

/** The codes drawn last: encoding takes longer than all the rest of a layout. */
const latest = new Map<string, readonly string[]>();
const MOST_KEPT = 4;

/** At least as many modules as asked for, a row a string. */
function modulesOf(text: string, least: number): readonly string[] {
  const name = `${least} ${text}`;
  const known = latest.get(name);
  if (known !== undefined) return known;
  const { data } = encode(compact(text), { ecc: "M", border: 0, minVersion: (least - SMALLEST_MODULES) / 4 + 1 });
  const rows = data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
  if (latest.size >= MOST_KEPT) latest.clear();
  latest.set(name, rows);
  return rows;
}

/** Scheme and host ignore case, and capitals take fewer modules (display.md §5.6); a path does not ignore it. */
function compact(address: string): string {
  return /^https?:\/\/[^/]+\/?$/.test(address) ? address.toUpperCase() : address;
}

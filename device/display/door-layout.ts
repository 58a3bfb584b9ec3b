// Scene → marks: places a door scene on a screen. Header on top, buttons and the sync line at the bottom, the QR code
// at the lower right, and the body in what is left. Pure but for the widths it asks for.
import { placeBody } from "./body-layout.ts";
import { printedAddress } from "./door-scene.ts";
import type { Box, Mark } from "./marks.ts";
import type { Scene } from "./scene.ts";
import type { Screen } from "./screens.ts";
import { Sheet } from "./sheet.ts";
import type { Typesetter } from "./text-layout.ts";

const HEADER_WEIGHT = 800;
const STRIP_WEIGHT = 700;
const SMALL_WEIGHT = 600;
const TOAST_WEIGHT = 700;
/** Widest time there is, so that the clock keeps its place when the minute changes. */
const WIDEST_CLOCK = "00:00";
/** Of the badge for old news, in sizes of its text. */
const BADGE_HEIGHT = 1.3;
/** Height of each of two lines in the header, in heights of the header. */
const TWO_LINES = 0.46;
/** Of a button's shape and of the text after it, in sizes of the text. */
const SHAPE_SIDE = 0.72;
const LABEL_INDENT = 1.15;

export function placeScene(scene: Scene, screen: Screen, typesetter: Typesetter): readonly Mark[] {
  const sheet = new Sheet(screen, scene.lang, typesetter);
  const { width, height, margin, gap } = screen;
  sheet.fill({ x: 0, y: 0, width, height }, screen.theme.page.paper);
  const top = placeHeader(sheet, scene) + gap;
  const footerTop = placeFooter(sheet, scene);
  const statusTop = footerTop - screen.status.height;
  const box = { x: margin, y: top, width: width - 2 * margin, height: statusTop - top };
  const free = placeBody(sheet, scene, { box, qrBottom: footerTop });
  placeStatus(sheet, scene, { x: margin, y: statusTop, width: free - margin, height: screen.status.height });
  return sheet.marks;
}

/** Returns the y below it. */
function placeHeader(sheet: Sheet, { header, strip }: Scene): number {
  const { width, margin, gap, theme, header: own, strip: stripStyle } = sheet.screen;
  sheet.fill({ x: 0, y: 0, width, height: own.height }, theme.header.paper);
  const inside = { x: margin, y: 0, width: width - 2 * margin, height: own.height };
  let clockWidth = 0;
  if (header.clock !== undefined) {
    const clock = { size: own.clock, weight: HEADER_WEIGHT, colour: theme.header.clock, align: "right" } as const;
    clockWidth = sheet.widthOf(WIDEST_CLOCK, clock) + 2 * gap;
    sheet.line(header.clock, inside, clock);
  }
  placeRoom(sheet, header.room, { ...inside, width: inside.width - clockWidth });
  if (strip === undefined) return own.height;
  const box = { x: 0, y: own.height, width, height: stripStyle.height };
  sheet.fill(box, theme.strip.paper);
  sheet.fill({ ...box, y: box.y + box.height - sheet.screen.line, height: sheet.screen.line }, theme.rule);
  const text = { ...box, x: margin, width: width - 2 * margin, height: box.height - sheet.screen.line };
  sheet.line(strip, text, { size: stripStyle.size, weight: STRIP_WEIGHT, colour: theme.strip.ink });
  return box.y + box.height;
}

/** The room is painted on the wall in one line; only a name that is too long for that takes two. */
function placeRoom(sheet: Sheet, room: string, box: Box): void {
  const { theme, header } = sheet.screen;
  const options = { weight: HEADER_WEIGHT, colour: theme.header.ink };
  const single = header.sizes.find((size) => sheet.widthOf(room, { size, weight: HEADER_WEIGHT }) <= box.width);
  if (single !== undefined) {
    sheet.line(room, box, { ...options, size: single });
    return;
  }
  const size = Math.min(...header.sizes);
  const pitch = Math.floor(box.height * TWO_LINES);
  const y = box.y + Math.floor(box.height / 2) - pitch;
  sheet.block(room, { ...box, y, height: 2 * pitch }, { ...options, ladder: [{ size, lines: 2 }], pitch });
}

/** Each label stands above its key: ● left, ■ middle, ▲ right. Returns the y of the row. */
function placeFooter(sheet: Sheet, { footer }: Scene): number {
  const { width, height, margin, line, theme, footer: own } = sheet.screen;
  const y = height - own.height;
  sheet.fill({ x: margin, y, width: width - 2 * margin, height: line }, theme.rule);
  const box = { x: margin, y: y + line, width: width - 2 * margin, height: own.height - line };
  if (footer.toast !== undefined) {
    sheet.line(footer.toast, box, { size: own.size, weight: TOAST_WEIGHT, colour: theme.footer });
    return y;
  }
  const [circle, square, triangle] = (["circle", "square", "triangle"] as const).map((shape) =>
    footer.labels.find((label) => label.shape === shape),
  );
  const rightWidth = triangle === undefined ? 0 : labelWidth(sheet, triangle);
  const middleWidth = square === undefined ? 0 : labelWidth(sheet, square);
  const right = box.x + box.width - rightWidth;
  const leftWidth = Math.min(
    circle === undefined ? 0 : labelWidth(sheet, circle),
    box.width - rightWidth - middleWidth - 2 * margin,
  );
  const centred = box.x + Math.floor((box.width - middleWidth) / 2);
  const middle = Math.max(box.x + leftWidth + margin, Math.min(centred, right - margin - middleWidth));
  if (circle !== undefined) placeLabel(sheet, circle, { ...box, width: leftWidth });
  if (square !== undefined) placeLabel(sheet, square, { ...box, x: middle, width: middleWidth });
  if (triangle !== undefined) placeLabel(sheet, triangle, { ...box, x: right, width: rightWidth });
  return y;
}

type Label = Scene["footer"]["labels"][number];

function labelText({ text, detail }: Label): string {
  return detail === undefined ? text : `${text} · ${detail}`;
}

function labelWidth(sheet: Sheet, label: Label): number {
  const { size } = sheet.screen.footer;
  return Math.round(LABEL_INDENT * size) + sheet.widthOf(labelText(label), { size, weight: SMALL_WEIGHT });
}

function placeLabel(sheet: Sheet, label: Label, box: Box): void {
  const { footer, theme } = sheet.screen;
  const side = Math.round(SHAPE_SIDE * footer.size);
  const indent = Math.round(LABEL_INDENT * footer.size);
  const shape = { x: box.x, y: box.y + Math.floor((box.height - side) / 2), width: side, height: side };
  sheet.marks.push({ kind: "shape", shape: label.shape, box: shape, colour: theme.footer });
  const text = { ...box, x: box.x + indent, width: box.width - indent };
  sheet.line(labelText(label), text, { size: footer.size, weight: SMALL_WEIGHT, colour: theme.footer });
}

/** How old what you read is, at the left; where a phone finds this box, beside its QR code at the right. */
function placeStatus(sheet: Sheet, { badge, address }: Scene, box: Box): void {
  const { theme, status, gap } = sheet.screen;
  const options = { size: status.size, weight: SMALL_WEIGHT, colour: theme.quiet };
  let used = 0;
  if (badge.level === "fresh" || badge.level === "aging") {
    used = sheet.line(badge.text, box, badge.level === "aging" ? { ...options, colour: theme.badge.aging } : options);
  } else {
    const height = Math.round(status.size * BADGE_HEIGHT);
    const chip = { ...box, y: box.y + Math.floor((box.height - height) / 2), height };
    used = sheet.chip({ text: badge.text, tone: "solid" }, chip, status.size, theme.badge[badge.level]);
  }
  if (address === undefined) return;
  const printed = printedAddress(address);
  const room = { ...box, x: box.x + used + 2 * gap, width: box.width - used - 2 * gap };
  if (sheet.widthOf(printed, options) <= room.width) sheet.line(printed, room, { ...options, align: "right" });
}

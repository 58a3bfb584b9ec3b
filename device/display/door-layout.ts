// Scene → marks: places a door scene on a screen. Header on top, buttons and the sync line at the bottom, the QR code
// at the lower right, and the body in what is left. Pure but for the widths it asks for.
import { placeAlarm, placeAnnouncement } from "./announcement-layout.ts";
import { placeBody, qrSizeFor } from "./body-layout.ts";
import { printedAddress } from "./door-scene.ts";
import type { Box, Mark } from "./marks.ts";
import { mirrored } from "./mirror.ts";
import { placePlate } from "./plate-layout.ts";
import { placeQr } from "./qr-layout.ts";
import type { Badge, ButtonShape, Scene } from "./scene.ts";
import type { Screen } from "./screens.ts";
import { Sheet } from "./sheet.ts";
import { keptTogether, type Typesetter } from "./text-layout.ts";

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
  const sheet = new Sheet(screen, scene, typesetter);
  placeAll(sheet, scene);
  return scene.direction === "rtl" ? mirrored(sheet.marks, screen.width) : sheet.marks;
}

function placeAll(sheet: Sheet, scene: Scene): void {
  const { screen } = sheet;
  const { width, height, margin, gap } = screen;
  sheet.fill({ x: 0, y: 0, width, height }, screen.theme.page.paper);
  if (scene.body.kind === "alarm") {
    placeAlarm(sheet, scene.body);
    return;
  }
  if (screen.arrangement === "plate") {
    placePlate(sheet, scene);
    return;
  }
  const head = placeHeader(sheet, scene);
  const { announcement } = scene;
  const top = (announcement === undefined ? head : placeAnnouncement(sheet, announcement, head)) + gap;
  const bottom = placeFooter(sheet, scene);
  const inside = { x: margin, y: top, width: width - 2 * margin, height: bottom - top };
  if (screen.arrangement === "tall") placeTall(sheet, scene, inside);
  else placeWide(sheet, scene, inside);
}

/** The code stands beside the rows, the sync line below them. */
function placeWide(sheet: Sheet, scene: Scene, inside: Box): void {
  const bottom = inside.y + inside.height;
  const y = bottom - statusHeight(sheet, scene);
  const free = placeBody(sheet, scene, { box: { ...inside, height: y - inside.y }, qrBottom: bottom });
  placeStatus(sheet, scene, { ...inside, y, width: free - inside.x, height: bottom - y });
}

/** Rows have the whole width; below them the code, and beside it the sync line and the address, or below two codes. */
function placeTall(sheet: Sheet, scene: Scene, inside: Box): void {
  const { gap } = sheet.screen;
  const { body, wifi } = scene;
  const end = inside.y + inside.height;
  const lines = statusHeight(sheet, scene);
  const isBeside = wifi === undefined;
  const bottom = isBeside ? end : end - lines;
  const free = placeQr(sheet, scene, { top: inside.y, bottom }, qrSizeFor(body));
  const y = Math.min(free.y, end - lines);
  placeBody(sheet, { body }, { box: { ...inside, height: y - gap - inside.y }, qrBottom: y - gap });
  const status = isBeside
    ? { y, width: free.x - inside.x, height: end - y }
    : { y: bottom, width: inside.width, height: lines };
  placeStatus(sheet, scene, { ...inside, ...status });
}

/** The note stands below the sync line. */
function statusHeight({ screen: { status } }: Sheet, { note }: Scene): number {
  return note === undefined ? status.height : 2 * status.height;
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
  // The keys do not change places when the words are read from the right: the mirror must find them swapped.
  const keys: readonly ButtonShape[] = ["circle", "square", "triangle"];
  const inOrder = sheet.direction === "rtl" ? keys.toReversed() : keys;
  const labels = labelsThatFit(sheet, footer.labels, box.width);
  const [first, second, third] = inOrder.map((shape) => labels.find((label) => label.shape === shape));
  const widths = [first, second, third].map((label) => (label === undefined ? 0 : labelWidth(sheet, label)));
  const [wished = 0, middleWidth = 0, right = 0] = widths;
  // Only the label with the count can be too long, wherever it stands.
  const free = box.width - middleWidth - 2 * margin;
  const rightWidth = third?.shape === "circle" ? Math.min(right, free - wished) : right;
  const leftWidth = first?.shape === "circle" ? Math.min(wished, free - right) : wished;
  const rightX = box.x + box.width - rightWidth;
  const centred = box.x + Math.floor((box.width - middleWidth) / 2);
  const middle = Math.max(box.x + leftWidth + margin, Math.min(centred, rightX - margin - middleWidth));
  if (first !== undefined) placeLabel(sheet, first, { ...box, width: leftWidth });
  if (second !== undefined) placeLabel(sheet, second, { ...box, x: middle, width: middleWidth });
  if (third !== undefined) placeLabel(sheet, third, { ...box, x: rightX, width: rightWidth });
  return y;
}

type Label = Scene["footer"]["labels"][number];

/** What holding ▲ does, only stewards need to read: it goes first where not all has room. */
function labelsThatFit(sheet: Sheet, labels: readonly Label[], width: number): readonly Label[] {
  const { margin } = sheet.screen;
  const needed = labels.reduce((sum, label) => sum + labelWidth(sheet, label) + 2 * margin, 0);
  if (needed <= width) return labels;
  return labels.map((label) => (label.shape === "triangle" ? { shape: label.shape, text: label.text } : label));
}

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

/**
 * How old what you read is; where a phone finds this box: at the other end of the line, or above it where there is room
 * for two lines.
 */
function placeStatus(sheet: Sheet, { badge, address, note }: Scene, whole: Box): void {
  const { theme, status, gap } = sheet.screen;
  const options = { size: status.size, weight: SMALL_WEIGHT, colour: theme.quiet };
  const box = note === undefined ? whole : { ...whole, height: whole.height - status.height };
  if (note !== undefined) sheet.line(note, { ...whole, y: box.y + box.height, height: status.height }, options);
  const lines = badgeLines(sheet, badge, box);
  const last = { ...box, y: box.y + box.height - lines * status.height, height: lines * status.height };
  const used = placeBadge(sheet, badge, last);
  if (address === undefined) return;
  const printed = printedAddress(address);
  const above = { ...last, y: last.y - status.height, height: status.height };
  const beside = { ...last, x: box.x + used + 2 * gap, width: box.width - used - 2 * gap };
  const stacks = above.y >= box.y;
  const room = stacks ? above : beside;
  if (sheet.widthOf(printed, options) > room.width) return;
  sheet.line(printed, room, stacks ? options : { ...options, align: "right" });
}

/** Two where one is too short and the box has room for the address too. */
function badgeLines(sheet: Sheet, { text }: Badge, box: Box): number {
  const { size, height } = sheet.screen.status;
  return box.height >= 3 * height && sheet.widthOf(text, { size, weight: SMALL_WEIGHT }) > box.width ? 2 : 1;
}

/** Returns its width. */
function placeBadge(sheet: Sheet, badge: Badge, box: Box): number {
  const { theme, status } = sheet.screen;
  const options = { size: status.size, weight: SMALL_WEIGHT };
  if (box.height > status.height) {
    const lines = { ladder: [{ size: status.size, lines: 2 }], weight: SMALL_WEIGHT, pitch: status.height };
    sheet.block(keptTogether(badge.text), box, {
      ...lines,
      colour: badge.level === "fresh" ? theme.quiet : theme.badge.aging,
    });
    return box.width;
  }
  if (badge.level === "fresh") return sheet.line(badge.text, box, { ...options, colour: theme.quiet });
  if (badge.level === "aging") return placeAging(sheet, badge.text, box);
  const height = Math.round(status.size * BADGE_HEIGHT);
  const chip = { ...box, y: box.y + Math.floor((box.height - height) / 2), height };
  return sheet.chip({ text: badge.text, tone: "solid" }, chip, status.size, theme.badge[badge.level]);
}

/** In colours a dot of its own draws the eye before the words do (display.md §7.2). */
function placeAging(sheet: Sheet, text: string, box: Box): number {
  const { theme, status, depth } = sheet.screen;
  const side = depth === 1 ? 0 : Math.round(SHAPE_SIDE * status.size);
  const indent = depth === 1 ? 0 : Math.round(LABEL_INDENT * status.size);
  const dot = { x: box.x, y: box.y + Math.floor((box.height - side) / 2), width: side, height: side };
  if (side > 0) sheet.marks.push({ kind: "shape", shape: "circle", box: dot, colour: theme.badge.aging });
  const options = { size: status.size, weight: SMALL_WEIGHT, colour: theme.badge.aging };
  return indent + sheet.line(text, { ...box, x: box.x + indent, width: box.width - indent }, options);
}

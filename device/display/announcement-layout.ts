// What organisers say to everybody: above the programme, or on the whole screen.
import type { Box } from "./marks.ts";
import type { AlarmBody, Announced } from "./scene.ts";
import type { Sheet } from "./sheet.ts";
import { keptTogether, type Rung } from "./text-layout.ts";

const WEIGHT = { text: 800, news: 700, by: 600 };
/** Of the screen's height: an alarm's largest letters, and how they get smaller until all of it stands there. */
const ALARM_SIZE = 0.26;
const ALARM_STEP = 0.9;
const ALARM_STEPS = 24;
const ALARM_LINES = 12;
/** News may push the programme aside this far, in lines. */
const NEWS_LINES = 2;

/** The whole screen inverted; no code, no clock, no buttons to look at instead. */
export function placeAlarm(sheet: Sheet, { text, by }: AlarmBody): void {
  const { width, height, margin, theme, status } = sheet.screen;
  sheet.fill({ x: 0, y: 0, width, height }, theme.alarm.paper);
  const inner = { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin };
  const signed = { ladder: signatureLadder(sheet), weight: WEIGHT.by, colour: theme.alarm.ink, centred: true } as const;
  const signature = keptTogether(by);
  const byHeight = sheet.heightOf(signature, inner, signed);
  sheet.block(signature, { ...inner, y: margin + inner.height - byHeight, height: byHeight }, signed);
  const box = { ...inner, height: inner.height - byHeight - margin };
  const ladder = Array.from({ length: ALARM_STEPS }, (_, step) => ({
    size: Math.max(status.size, Math.round(Math.min(width, height) * ALARM_SIZE * ALARM_STEP ** step)),
    lines: ALARM_LINES,
  }));
  const options = {
    ladder,
    weight: WEIGHT.text,
    colour: theme.alarm.ink,
    centred: true,
    ...(text.lang !== undefined && { lang: text.lang }),
  } as const;
  const top = box.y + Math.floor((box.height - sheet.heightOf(text.text, box, options)) / 2);
  sheet.block(text.text, { ...box, y: top, height: box.y + box.height - top }, options);
}

function signatureLadder({ screen: { rows, status } }: Sheet): readonly Rung[] {
  return [
    { size: rows.later.size, lines: 1 },
    { size: status.size, lines: 2 },
  ];
}

/** A bar over the whole width. Returns the y below it. */
export function placeAnnouncement(sheet: Sheet, { text, by, more }: Announced, top: number): number {
  const { width, margin, gap, theme, rows, status, line } = sheet.screen;
  const inner = { x: margin, y: top + gap, width: width - 2 * margin, height: NEWS_LINES * rows.first.height };
  const options = {
    ladder: [rows.first.size, rows.later.size].map((size) => ({ size, lines: NEWS_LINES })),
    weight: WEIGHT.news,
    colour: theme.news.ink,
    ...(text.lang !== undefined && { lang: text.lang }),
  };
  const height = sheet.heightOf(text.text, inner, options);
  const bar: Box = { x: 0, y: top, width, height: height + status.height + 2 * gap };
  sheet.fill(bar, theme.news.paper);
  sheet.block(text.text, inner, options);
  const signed = { ...inner, y: inner.y + height, height: status.height };
  const small = { size: status.size, weight: WEIGHT.by, colour: theme.news.ink };
  const rest = more === 0 ? 0 : sheet.line(`+${more}`, signed, { ...small, align: "right" }) + gap;
  sheet.line(by, { ...signed, width: signed.width - rest }, small);
  sheet.fill({ ...bar, y: bar.y + bar.height - line, height: line }, theme.rule);
  return bar.y + bar.height;
}

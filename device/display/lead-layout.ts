// The slot that stands large on a door: what the label, the time and the chips say in one line, the state if it keeps
// people away, the title, and below it hosts, news and progress as far as there is room.
import { directionOf, isolate } from "./display-text.ts";
import type { Box } from "./marks.ts";
import type { Lead } from "./scene.ts";
import { type BlockOptions, CHIP_GAP, type Sheet } from "./sheet.ts";
import { leadingOf, type Rung } from "./text-layout.ts";

const WEIGHT = { title: 800, time: 700, aside: 600, hosts: 500, note: 700 };
/** Between the words of a takeover, in sizes. */
const SPACE = 0.3;
/** Of a title's ladder: the sizes that read from two metres. */
const COMFORTABLE_RUNGS = 3;

/** Returns the y below the line. */
export function placeChips(sheet: Sheet, lead: Lead, box: Box): number {
  const { chip, theme } = sheet.screen;
  const line = { ...box, height: chip.height };
  const space = Math.round(chip.size * CHIP_GAP);
  let right = box.x + box.width;
  for (const one of lead.chips.toReversed()) {
    const width = sheet.chipWidth(one, chip.size);
    sheet.chip(one, { ...line, x: right - width, width }, chip.size, theme.alarm);
    right -= width + space;
  }
  const label = { text: lead.label, tone: "solid" } as const;
  let x = box.x + sheet.chip(label, line, chip.size, lead.live ? theme.live : theme.label) + 2 * space;
  const time = { size: chip.size, weight: WEIGHT.time, colour: theme.page.ink };
  x += sheet.line(lead.when, { ...line, x, width: right - x }, time) + space;
  const aside = { size: chip.size, weight: WEIGHT.aside, colour: theme.quiet };
  if (lead.aside !== undefined) sheet.line(lead.aside, { ...line, x, width: right - x }, aside);
  return box.y + chip.height;
}

/** The state in one solid bar: "MOVED → Barn". Returns the y below it. */
export function placeTakeover(sheet: Sheet, { word, room }: NonNullable<Lead["takeover"]>, box: Box): number {
  const { theme, takeover, margin, radius } = sheet.screen;
  const bar = { ...box, height: takeover.height };
  sheet.fill(bar, theme.alarm.paper, radius);
  const inner = { ...bar, x: bar.x + margin, width: bar.width - 2 * margin };
  const widthOf = (text: string, size: number) => sheet.widthOf(text, { size, weight: WEIGHT.title });
  const roomWidth = (size: number) =>
    room === undefined ? 0 : Math.round(size * SPACE) + sheet.arrowWidth(size) + widthOf(room, size);
  const sizes = takeover.sizes;
  const size = sizes.find((one) => widthOf(word, one) + roomWidth(one) <= inner.width) ?? Math.min(...sizes);
  const options = { size, weight: WEIGHT.title, colour: theme.alarm.ink };
  let x = inner.x + sheet.line(word, inner, options);
  if (room !== undefined) {
    x += Math.round(size * SPACE);
    x += sheet.arrow(x, bar.y + Math.floor(bar.height / 2), size, theme.alarm.ink);
    sheet.line(room, { ...inner, x, width: inner.x + inner.width - x }, options);
  }
  return bar.y + bar.height;
}

/**
 * Sets the title in the upper part of the box. Below the sizes that read from two metres, hosts and then news are
 * given up before the title gets smaller still or loses its end. Returns the y below it.
 */
export function placeTitle(sheet: Sheet, lead: Lead, box: Box): number {
  const { theme, title, takeover, strike } = sheet.screen;
  const options = {
    weight: WEIGHT.title,
    colour: theme.page.ink,
    ...(lead.title.lang !== undefined && { lang: lead.title.lang }),
    ...(lead.struck && { strike }),
  };
  const { hosts, note, bar } = detailHeights(sheet, lead);
  const over = (below: number) => ({ ...box, height: box.height - below });
  const wishes = [over(hosts + note + bar), over(note + bar), over(bar)];
  const ladder = lead.takeover === undefined ? title : takeover.title;
  const tries = ladder.flatMap((rung, index) => {
    const keepsAll = lead.takeover === undefined && index < COMFORTABLE_RUNGS;
    return (keepsAll ? wishes.slice(0, 1) : wishes).map((place) => ({ place, ladder: [rung] }));
  });
  const found = tries.find(({ place, ladder }) => sheet.holds(lead.title.text, place, { ...options, ladder }));
  const { place, ladder: rungs } = found ?? { place: over(bar), ladder };
  return sheet.block(lead.title.text, place, { ...options, ladder: rungs });
}

/** Hosts, news of the author, progress: in this order, as far as there is room. Returns the y below them. */
export function placeDetails(sheet: Sheet, lead: Lead, box: Box): number {
  const { gap, theme, hosts: hostsLadder, note: noteLadder } = sheet.screen;
  const wanted = detailHeights(sheet, lead);
  const bar = wanted.bar <= box.height ? wanted.bar : 0;
  const note = wanted.note <= box.height - bar ? wanted.note : 0;
  const hosts = wanted.hosts <= box.height - bar - note ? wanted.hosts : 0;
  let { y } = box;
  let spare = box.height - bar - note - hosts;
  if (hosts > 0) {
    const place = { ...box, y: y + gap, height: hosts - gap + spare };
    const after = placeNames(sheet, lead.hosts, place, {
      ladder: hostsLadder,
      weight: WEIGHT.hosts,
      colour: theme.quiet,
    });
    spare -= Math.max(0, after - y - hosts);
    y = after;
  }
  if (note > 0 && lead.note !== undefined) {
    const place = { ...box, y: y + gap, height: note - gap + spare };
    y = sheet.block(lead.note, place, { ladder: noteLadder, weight: WEIGHT.note, colour: theme.page.ink });
  }
  if (bar > 0) y = placeProgress(sheet, lead.progress ?? 0, { ...box, y: y + gap, height: bar - gap });
  return y;
}

/** What each detail takes at one line, with the gap above it; 0 for what the slot does not have. */
function detailHeights(sheet: Sheet, lead: Lead): { hosts: number; note: number; bar: number } {
  const { gap, progress, hosts, note } = sheet.screen;
  const line = (text: string, [rung]: readonly Rung[]) => gap + leadingOf(text, rung?.size ?? 0);
  return {
    hosts: lead.hosts.length > 0 ? line(lead.hosts.join(), hosts) : 0,
    note: lead.note !== undefined ? line(lead.note, note) : 0,
    bar: lead.progress !== undefined ? gap + progress : 0,
  };
}

/** All names if they fit, else the first ones and how many more there are. */
function placeNames(sheet: Sheet, names: readonly string[], box: Box, options: BlockOptions): number {
  const directed = { ...options, direction: directionOf(names[0] ?? "") };
  const listed = (count: number) => {
    const rest = names.length - count;
    return names.slice(0, count).map(isolate).join(", ") + (rest > 0 ? ` +${rest}` : "");
  };
  let count = names.length;
  while (count > 1 && !sheet.holds(listed(count), box, directed)) count--;
  return sheet.block(listed(count), box, directed);
}

function placeProgress(sheet: Sheet, progress: number, bar: Box): number {
  const { theme, radius } = sheet.screen;
  const round = Math.min(radius, Math.floor(bar.height / 2));
  sheet.fill(bar, theme.progress.track, round);
  sheet.outline(bar, theme.progress.edge, round);
  sheet.fill({ ...bar, width: Math.round(bar.width * progress) }, theme.progress.fill, round);
  return bar.y + bar.height;
}

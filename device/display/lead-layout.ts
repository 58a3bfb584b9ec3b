// The slot that stands large on a door: what the label, the time and the chips say in one line, the state if it keeps
// people away, the title, and below it hosts, news and progress as far as there is room.
import { directionOf, isolate } from "./display-text.ts";
import type { Box } from "./marks.ts";
import type { Chip, Lead } from "./scene.ts";
import { type BlockOptions, CHIP_GAP, type Sheet } from "./sheet.ts";
import { leadingOf, type Rung } from "./text-layout.ts";

const WEIGHT = { title: 800, time: 700, aside: 600, hosts: 500, note: 700 };
/** Between the words of a takeover, in sizes. */
const SPACE = 0.3;
/** Of the line that says where to go instead, in sizes of the chips above. */
const ELSEWHERE_SIZE = 0.9;
/** Of a title's ladder: the sizes that read from two metres. */
const COMFORTABLE_RUNGS = 3;
/** Of that ladder: where the title of something begins that hardly anybody joins now. */
const LATE_RUNG = 2;

/** Where not all fits, the time counts most; a state stays unless the time says it too. Returns the y below the line. */
export function placeChips(sheet: Sheet, lead: Lead, box: Box): number {
  const { chip, theme } = sheet.screen;
  const line = { ...box, height: chip.height };
  const space = Math.round(chip.size * CHIP_GAP);
  const { label, aside, chips } = partsThatFit(sheet, lead, box.width);
  let right = box.x + box.width;
  for (const one of chips.toReversed()) {
    const width = sheet.chipWidth(one, chip.size);
    sheet.chip(one, { ...line, x: right - width, width }, chip.size, theme.alarm);
    right -= width + space;
  }
  let { x } = box;
  if (label !== undefined) x += sheet.chip(label, line, chip.size, lead.live ? theme.live : theme.label) + 2 * space;
  const time = { size: chip.size, weight: WEIGHT.time, colour: theme.page.ink };
  x += sheet.line(lead.when, { ...line, x, width: right - x }, time) + space;
  const quiet = { size: chip.size, weight: WEIGHT.aside, colour: theme.quiet };
  if (aside !== undefined) sheet.line(aside, { ...line, x, width: right - x }, quiet);
  return box.y + chip.height;
}

/** What stands in a line beside the time. */
interface Parts {
  readonly label?: Chip;
  readonly aside?: string;
  readonly chips: readonly Chip[];
}

function partsThatFit(sheet: Sheet, lead: Lead, width: number): Parts {
  const { size } = sheet.screen.chip;
  const label: Chip = { text: lead.label, tone: "solid" };
  const aside = lead.aside === undefined ? {} : { aside: lead.aside };
  const states = lead.chips.filter(({ tone }) => tone === "solid");
  const wishes: readonly Parts[] = [
    { label, ...aside, chips: lead.chips },
    { label, ...aside, chips: states },
    { label, ...aside, chips: states.slice(0, 1) },
    ...(lead.aside === undefined ? [] : [{ label, ...aside, chips: [] }]),
    { label, chips: states },
    { chips: states },
  ];
  const time = sheet.widthOf(lead.when, { size, weight: WEIGHT.time });
  return wishes.find((parts) => time + partsWidth(sheet, parts) <= width) ?? { chips: [] };
}

function partsWidth(sheet: Sheet, { label, aside, chips }: Parts): number {
  const { size } = sheet.screen.chip;
  const space = Math.round(size * CHIP_GAP);
  const before = label === undefined ? 0 : sheet.chipWidth(label, size) + 2 * space;
  const behind = aside === undefined ? 0 : sheet.widthOf(aside, { size, weight: WEIGHT.aside }) + space;
  return chips.reduce((sum, chip) => sum + sheet.chipWidth(chip, size) + space, before + behind);
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
  const { elsewhere, hosts, note, bar } = detailHeights(sheet, lead);
  const over = (below: number) => ({ ...box, height: box.height - elsewhere - below });
  const wishes = [over(hosts + note + bar), over(note + bar), over(bar)];
  const own = lead.late ? title.slice(LATE_RUNG) : title;
  const ladder = lead.takeover === undefined ? own : takeover.title;
  const tries = ladder.flatMap((rung, index) => {
    const keepsAll = lead.takeover === undefined && index < COMFORTABLE_RUNGS;
    return (keepsAll ? wishes.slice(0, 1) : wishes).map((place) => ({ place, ladder: [rung] }));
  });
  const found = tries.find(({ place, ladder }) => sheet.holds(lead.title.text, place, { ...options, ladder }));
  const { place, ladder: rungs } = found ?? { place: over(bar), ladder };
  return sheet.block(lead.title.text, place, { ...options, ladder: rungs });
}

/** Where to go instead, hosts, news of the author, progress: in this order, as far as there is room. Returns the y below them. */
export function placeDetails(sheet: Sheet, lead: Lead, box: Box): number {
  const { gap, theme, hosts: hostsLadder, note: noteLadder } = sheet.screen;
  const wanted = detailHeights(sheet, lead);
  const elsewhere = wanted.elsewhere <= box.height ? wanted.elsewhere : 0;
  if (elsewhere > 0 && lead.elsewhere !== undefined) {
    const after = placeElsewhere(sheet, lead.elsewhere, { ...box, y: box.y + gap, height: elsewhere - gap });
    const { elsewhere: _placed, ...rest } = lead;
    return placeDetails(sheet, rest, { ...box, y: after, height: box.y + box.height - after });
  }
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
function detailHeights(sheet: Sheet, lead: Lead): { elsewhere: number; hosts: number; note: number; bar: number } {
  const { gap, progress, hosts, note, chip } = sheet.screen;
  const line = (text: string, [rung]: readonly Rung[]) => gap + leadingOf(text, rung?.size ?? 0);
  return {
    elsewhere: lead.elsewhere !== undefined ? gap + chip.height : 0,
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

/** "Space in → Barn, Sauna": the names that fit. Returns the y below the line. */
function placeElsewhere(sheet: Sheet, { word, rooms }: NonNullable<Lead["elsewhere"]>, box: Box): number {
  const { theme, chip } = sheet.screen;
  const size = Math.round(chip.size * ELSEWHERE_SIZE);
  const options = { size, weight: WEIGHT.note, colour: theme.page.ink };
  let x = box.x + sheet.line(word, box, options) + Math.round(size * SPACE);
  x += sheet.arrow(x, box.y + Math.floor(box.height / 2), size, theme.page.ink);
  const place = { ...box, x, width: box.x + box.width - x };
  const listed = (count: number) => rooms.slice(0, count).map(isolate).join(", ");
  const bold = { ...options, weight: WEIGHT.title };
  let count = rooms.length;
  while (count > 1 && sheet.widthOf(listed(count), bold) > place.width) count--;
  sheet.line(listed(count), place, bold);
  return box.y + box.height;
}

function placeProgress(sheet: Sheet, progress: number, bar: Box): number {
  const { theme, radius } = sheet.screen;
  const round = Math.min(radius, Math.floor(bar.height / 2));
  sheet.fill(bar, theme.progress.track, round);
  sheet.outline(bar, theme.progress.edge, round);
  sheet.fill({ ...bar, width: Math.round(bar.width * progress) }, theme.progress.fill, round);
  return bar.y + bar.height;
}

// When a resource can be had at all (SPEC.md §9.5): opening hours, slots, set-up and cleaning. Opening hours and slots
// stand on the local clock, so that 19:00 stays 19:00 when the clocks change; which clock that is, the caller's zones
// tell.
import { contains, overlap, type Span } from "./span.ts";
import type { Seconds } from "./when.ts";

/** Local time as minutes since Monday 00:00, 0–10,079. Must not throw for a zone that this device does not know. */
export type MinuteOfWeek = (instant: Seconds, tz: string) => number;

/** Minutes of the local day, Monday being 1; `to` may reach into the next day. */
export interface WeekHours {
  readonly dow: number;
  readonly from: number;
  readonly to: number;
}

export interface Opening {
  readonly tz?: string;
  readonly open?: readonly Span[];
  readonly weekly?: readonly WeekHours[];
  readonly closed?: readonly Span[];
  readonly slotMinutes?: number;
  /** Minutes of set-up before and of cleaning after. */
  readonly lead?: number;
  readonly tail?: number;
}

const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_DAY = 1440;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;
/** Weekly hours are followed for a quarter of a year at most: nobody books an open house for longer in one go. */
const MAX_WEEKLY_SECONDS = 92 * MINUTES_PER_DAY * SECONDS_PER_MINUTE;

/** Why the resource cannot be had at a span of whole minutes, or nothing. Without opening hours it is always open. */
export function opening(
  resource: Opening,
  span: Span,
  minuteOfWeek: MinuteOfWeek,
): "closed" | "off the grid" | undefined {
  const localMinute = (instant: Seconds) => minuteOfWeek(instant, resource.tz ?? "UTC");
  const { open, weekly, closed = [], slotMinutes = 0 } = resource;
  if (closed.some((window) => overlap(window, span))) return "closed";
  if (open !== undefined && !isWithinWindows(open, span)) return "closed";
  if (weekly !== undefined && !isWithinHours(weekly, span, localMinute)) return "closed";
  return slotMinutes === 0 || isOnGrid(slotMinutes, span, localMinute) ? undefined : "off the grid";
}

/** What is held for an event at `span`: with set-up before and cleaning after. */
export function holdFor({ lead = 0, tail = 0 }: Opening, span: Span): Span {
  return { start: Math.max(0, span.start - lead * SECONDS_PER_MINUTE), end: span.end + tail * SECONDS_PER_MINUTE };
}

/** Windows that touch or overlap are one. */
function isWithinWindows(windows: readonly Span[], span: Span): boolean {
  let reached = span.start;
  for (const window of windows.toSorted((a, b) => a.start - b.start)) {
    if (contains(window, { start: reached, end: reached })) reached = window.end;
  }
  return reached >= span.end;
}

type LocalMinute = (instant: Seconds) => number;

function isWithinHours(weekly: readonly WeekHours[], span: Span, localMinute: LocalMinute): boolean {
  if (span.end - span.start > MAX_WEEKLY_SECONDS) return false;
  let reached = span.start;
  while (reached < span.end) {
    const minute = localMinute(reached);
    const open = Math.max(0, ...weekly.map((hours) => minutesLeft(hours, minute)));
    if (open === 0) return false;
    reached += steadyMinutes(reached, open, localMinute) * SECONDS_PER_MINUTE;
  }
  return true;
}

/** How long these hours still last at a minute of the week; 0 outside them. */
function minutesLeft({ dow, from, to }: WeekHours, minute: number): number {
  const since = modulo(minute - ((dow - 1) * MINUTES_PER_DAY + from), MINUTES_PER_WEEK);
  return Math.max(0, to - from - since);
}

/** At most `minutes`, but not beyond a change of the clocks: there the local time jumps. */
function steadyMinutes(instant: Seconds, minutes: number, localMinute: LocalMinute): number {
  const minute = localMinute(instant);
  let steady = minutes;
  while (steady > 1 && localMinute(instant + steady * SECONDS_PER_MINUTE) !== (minute + steady) % MINUTES_PER_WEEK) {
    steady = Math.floor(steady / 2);
  }
  return steady;
}

/** Slots are counted from each local midnight; a rest of the day that holds no whole slot is in none (B6). */
function isOnGrid(slotMinutes: number, span: Span, localMinute: LocalMinute): boolean {
  const start = localMinute(span.start) % MINUTES_PER_DAY;
  const end = localMinute(span.end) % MINUTES_PER_DAY || MINUTES_PER_DAY;
  return start % slotMinutes === 0 && start + slotMinutes <= MINUTES_PER_DAY && end % slotMinutes === 0;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

// What comes again, written out one by one (M-36): its author's device does it once, in the wall time of the zone, so
// that 19:00 stays 19:00 when the clocks change. Nobody else ever expands a rule.
import type { ExactWhen, Seconds } from "../../protocol/festival/when.ts";
import { isBefore, readDateTime, resolveWall, type WallTime, wallAt, wallText } from "../interchange/local-time.ts";
import { ActError } from "./act-error.ts";

export const MAX_OCCURRENCES = 200;
/** Nobody keeps a promise for longer, and next year has other Wednesdays. */
export const MAX_MONTHS_AHEAD = 13;

export type RepeatUnit = "day" | "week" | "month";

export interface Repeat {
  readonly unit: RepeatUnit;
  /** Every so many units. */
  readonly every: number;
  /** How many in all, with the first. */
  readonly count: number;
}

export interface Occurrences {
  readonly times: readonly ExactWhen[];
  /** Where a clock change or a short month made something else of it (M-37). */
  readonly remarks: readonly string[];
}

const REPEAT = /^(?:(\d{1,3}) )?(day|week|month)s?$/;

/** "day", "week", "2 weeks", "month". Throws E_TIME. */
export function readRepeat(every: string, count: string): Repeat {
  const match = REPEAT.exec(every.trim());
  const [, times = "1", unit] = match ?? [];
  if (match === null || Number(times) === 0) {
    throw new ActError("E_TIME", `Cannot read --every: "${every}" is not day, week, month or like "2 weeks"`);
  }
  if (!/^[1-9]\d{0,8}$/.test(count)) throw new ActError("E_TIME", `Cannot read --count: "${count}" is not a number`);
  return { unit: unit as RepeatUnit, every: Number(times), count: Number(count) };
}

/**
 * The first one and those that follow it. A month without that day has none. Throws E_SERIES_LONG for more than 200, or
 * for one that begins more than 13 months after the first.
 */
export function occurrences(first: ExactWhen, { unit, every, count }: Repeat): Occurrences {
  if (count > MAX_OCCURRENCES) {
    throw new ActError("E_SERIES_LONG", `Cannot repeat ${count} times: a series has ${MAX_OCCURRENCES} at most`);
  }
  const start = meantStart(first);
  const last = start.add({ months: MAX_MONTHS_AHEAD });
  const times: ExactWhen[] = [];
  const remarks: string[] = [];
  for (let step = 0; times.length < count; step++) {
    const wall = start.add({ [`${unit}s`]: step * every });
    if (isBefore(last, wall)) throw tooFar(times.length);
    if (unit === "month" && wall.day !== start.day)
      remarks.push(`${wallText(wall).slice(0, 7)} has no day ${start.day}`);
    else times.push(occurrenceAt(wall, first, remarks));
  }
  return { times, remarks };
}

/** A first time that its day does not have is still what the others are meant to be. */
function meantStart({ start, tz, wall }: ExactWhen): WallTime {
  return (wall === undefined ? undefined : readDateTime(wall)?.wall) ?? wallAt(start, tz);
}

function tooFar(fitting: number): ActError {
  const limit = `a series reaches ${MAX_MONTHS_AHEAD} months ahead`;
  return new ActError("E_SERIES_LONG", `Cannot repeat that often: ${limit}, which is ${fitting} times`);
}

function occurrenceAt(wall: WallTime, first: ExactWhen, remarks: string[]): ExactWhen {
  const { seconds, adjusted } = resolveWall(wall, first.tz);
  if (adjusted !== undefined) remarks.push(adjusted);
  return { ...first, start: seconds, ...endFor(wall, seconds, first), wall: wallText(wall) };
}

/** The end stays at its wall time as well; in a night in which the clocks swallow that, it stays as long as the first. */
function endFor(wall: WallTime, start: Seconds, first: ExactWhen): { readonly end?: Seconds } {
  if (first.end === undefined) return {};
  const lasting = wallAt(first.start, first.tz).until(wallAt(first.end, first.tz));
  const end = resolveWall(wall.add(lasting), first.tz).seconds;
  return { end: end > start ? end : start + (first.end - first.start) };
}

// When an event stands in a schedule file, which has two digits for its hours: what is longer than a day is cut at the
// midnights of the programme's zone (M-88), and each piece belongs to a festival day (M-38).
import type { DaysWhen, Seconds, When } from "../../../protocol/festival/when.ts";
import { knownTimezone, readDate, resolveWall, wallAt } from "../local-time.ts";

export interface Span {
  readonly start: Seconds;
  readonly end: Seconds;
}

export interface DatedSpan extends Span {
  /** Its festival day, "2026-01-31". */
  readonly date: string;
}

export interface DayRule {
  readonly timezone: string;
  /** Minutes after local midnight. */
  readonly dayStart: number;
}

const DAY_SECONDS = 86_400;
/** What is shown of an event whose end is open; it serves sorting (domain.md §4.2). */
const GUESSED_SECONDS = 3_600;

/** First and last second of what a clock can say; undefined for a part of a day and for words. */
export function spanOf(when: When, timezone: string): Span | undefined {
  switch (when.m) {
    case "exact":
      return { start: when.start, end: when.end ?? when.start + GUESSED_SECONDS };
    case "days":
      return daysSpan(when, knownTimezone(when.tz) ?? timezone);
    default:
      return undefined;
  }
}

/** Pieces of at most a local day. The later ones fill the day whose date they bear, however late a festival day begins. */
export function datedSpans({ start, end }: Span, { timezone, dayStart }: DayRule): DatedSpan[] {
  if (end - start <= DAY_SECONDS) return [{ start, end, date: festivalDate(start, { timezone, dayStart }) }];
  const pieces: DatedSpan[] = [];
  for (let from = start; from < end; ) {
    const date = wallAt(from, timezone).toPlainDate();
    const to = Math.min(end, midnight(date.add({ days: 1 }).toString(), timezone));
    const isNight = from === start && midnight(date.toString(), timezone) !== start;
    pieces.push({
      start: from,
      end: to,
      date: isNight ? festivalDate(from, { timezone, dayStart }) : date.toString(),
    });
    from = to;
  }
  return pieces;
}

export function festivalDate(at: Seconds, { timezone, dayStart }: DayRule): string {
  return wallAt(at, timezone).subtract({ minutes: dayStart }).toPlainDate().toString();
}

/** First second of a festival day. */
export function festivalDayStart(date: string, { timezone, dayStart }: DayRule): Seconds {
  return wallSeconds(date, dayStart, timezone);
}

function daysSpan({ from, to }: DaysWhen, timezone: string): Span {
  return { start: midnight(from, timezone), end: midnight(to, timezone) };
}

function midnight(date: string, timezone: string): Seconds {
  return wallSeconds(date, 0, timezone);
}

function wallSeconds(date: string, minutes: number, timezone: string): Seconds {
  const day = readDate(date);
  if (day === undefined) throw new RangeError(`Cannot find midnight: "${date}" is not a date`);
  return resolveWall(day.toPlainDateTime().add({ minutes }), timezone).seconds;
}

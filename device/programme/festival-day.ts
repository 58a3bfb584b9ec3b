// Where one festival day ends and the next begins: not at midnight but when the last ones went to bed (M-38).
import { Temporal } from "temporal-polyfill";
import type { Span } from "../../protocol/festival/span.ts";
import type { CalendarDate, Seconds } from "../../protocol/festival/when.ts";

/** 06:00 local; what a festival without a frame is taken to mean, as in frame/1. */
export const DAY_START_DEFAULT_MINUTES = 360;

export interface DayRule {
  /** IANA name, known to this machine. */
  readonly timezone: string;
  /** Minutes after local midnight. */
  readonly dayStart: number;
}

/** First second of the festival day after the one in which `at` lies. By the wall clock, so a day may have 23 hours. */
export function festivalDayEnd(at: Seconds, { timezone, dayStart }: DayRule): Seconds {
  const wall = Temporal.Instant.fromEpochMilliseconds(at * 1000)
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime();
  const day = wall.subtract({ minutes: dayStart }).toPlainDate();
  return firstSecond(day.add({ days: 1 }), { timezone, dayStart });
}

/** Half-open; nothing if `date` is none. */
export function festivalDaySpan(date: CalendarDate, rule: DayRule): Span | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  try {
    const day = Temporal.PlainDate.from(date);
    return { start: firstSecond(day, rule), end: firstSecond(day.add({ days: 1 }), rule) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function firstSecond(day: Temporal.PlainDate, { timezone, dayStart }: DayRule): Seconds {
  const wall = day.toPlainDateTime().add({ minutes: dayStart });
  return wall.toZonedDateTime(timezone).epochMilliseconds / 1000;
}

/** Zone names in bodies are not checked against a list (M-05). */
export function isKnownTimezone(name: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

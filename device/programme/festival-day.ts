// Where one festival day ends and the next begins: not at midnight but when the last ones went to bed (M-38).
import { Temporal } from "temporal-polyfill";
import type { Seconds } from "../../protocol/festival/when.ts";

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
  const end = day.add({ days: 1 }).toPlainDateTime().add({ minutes: dayStart });
  return end.toZonedDateTime(timezone).epochMilliseconds / 1000;
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

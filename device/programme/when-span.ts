// Where a time that its author wrote stands among others: exact, whole days, a part of a day, or words. For lists and
// windows only; what is shown is what was written. Agrees with what calendars are told (interchange/export).
import { Temporal } from "temporal-polyfill";
import type { DayPart, Seconds, When } from "../../protocol/festival/when.ts";
import { spanOf } from "./event-history.ts";
import { isKnownTimezone } from "./festival-day.ts";

export interface WhenSpan {
  readonly start: Seconds;
  readonly end: Seconds;
  /** What it is sorted by; never printed. */
  readonly sort: Seconds;
}

/** Hours after the midnight with which the day begins; "late" is after the next one. Each part lasts until the next. */
const PART_HOURS: Readonly<Record<DayPart, readonly [from: number, to: number]>> = {
  dawn: [5, 9],
  morning: [9, 12],
  noon: [12, 15],
  afternoon: [15, 19],
  evening: [19, 22],
  night: [22, 25],
  late: [25, 30],
};
/** Noon in UTC lies on the same date almost everywhere: words name a day, but no zone. */
const NOON_HOURS = 12;

/** Nothing for words without a date: those are "sometime". */
export function whenSpan(when: When | undefined): WhenSpan | undefined {
  switch (when?.m) {
    case undefined:
      return undefined;
    case "exact": {
      const span = spanOf(when);
      return span && { ...span, sort: span.start };
    }
    case "days": {
      const start = instant(when.from, 0, when.tz);
      return { start, end: instant(when.to, 0, when.tz), sort: start };
    }
    case "part": {
      const [from, to] = PART_HOURS[when.part];
      const start = instant(when.day, from, when.tz);
      return { start, end: instant(when.day, to, when.tz), sort: start };
    }
    case "words": {
      const { near } = when;
      if (near === undefined) return undefined;
      return { start: instant(near, 0, "UTC"), end: instant(near, 24, "UTC"), sort: instant(near, NOON_HOURS, "UTC") };
    }
  }
}

/** By the wall clock; a zone that this machine does not know counts as UTC (M-05). */
function instant(date: string, hours: number, tz: string): Seconds {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime().add({ hours });
  return wall.toZonedDateTime(isKnownTimezone(tz) ? tz : "UTC").epochMilliseconds / 1000;
}

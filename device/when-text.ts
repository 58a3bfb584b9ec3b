// Times as the command line prints them: as they can be typed again, with the day of the week in front.
import { Temporal } from "temporal-polyfill";
import type { Span } from "../protocol/festival/span.ts";
import type { Seconds, When } from "../protocol/festival/when.ts";
import { isKnownTimezone } from "./programme/festival-day.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** "Fri 2026-07-17 18:00–20:00", "Fri 2026-07-17 evening", "when the fire is lit", or "sometime". */
export function whenText(when: When | undefined): string {
  switch (when?.m) {
    case undefined:
      return "sometime";
    case "exact":
      return when.end === undefined || when.endOpen
        ? momentText(when.start, when.tz)
        : spanText({ start: when.start, end: when.end }, when.tz);
    case "days":
      return daysText(when.from, when.to);
    case "part":
      return `${dayText(when.day)} ${when.part}`;
    case "words":
      return when.near === undefined ? when.text : `${when.text} (${dayText(when.near)})`;
  }
}

/** A zone that this machine does not know is printed as UTC, and says so (M-05). */
export function spanText({ start, end }: Span, timezone: string): string {
  const [from, to] = [localAt(start, timezone), localAt(end, timezone)];
  const sameDay = from.toPlainDate().equals(to.toPlainDate());
  const nextMorning = !sameDay && end - start < 86_400;
  const until = sameDay || nextMorning ? timeOfDay(to) : `${dayText(dateOf(to))} ${timeOfDay(to)}`;
  return `${dayText(dateOf(from))} ${timeOfDay(from)}–${until}${zoneMark(timezone)}`;
}

export function momentText(at: Seconds, timezone: string): string {
  const local = localAt(at, timezone);
  return `${dayText(dateOf(local))} ${timeOfDay(local)}${zoneMark(timezone)}`;
}

/** "now", "3 min ago", "5 h ago", "2 days ago". */
export function agoText(seconds: number): string {
  if (seconds < 60) return "now";
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

function daysText(from: string, to: string): string {
  const last = Temporal.PlainDate.from(to).subtract({ days: 1 }).toString();
  return last === from ? dayText(from) : `${dayText(from)} – ${dayText(last)}`;
}

function dayText(day: string): string {
  return `${WEEKDAYS[Temporal.PlainDate.from(day).dayOfWeek - 1]} ${day}`;
}

function localAt(at: Seconds, timezone: string): Temporal.ZonedDateTime {
  const zone = isKnownTimezone(timezone) ? timezone : "UTC";
  return Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone);
}

function zoneMark(timezone: string): string {
  return isKnownTimezone(timezone) ? "" : " UTC?";
}

function dateOf(local: Temporal.ZonedDateTime): string {
  return local.toPlainDate().toString();
}

function timeOfDay(local: Temporal.ZonedDateTime): string {
  return local.toPlainTime().toString({ smallestUnit: "minute" });
}

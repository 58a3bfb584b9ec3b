// How moments are written in a language and a zone. One object per language and zone: formats are dear to make.

import type { CalendarDate, Seconds, When } from "../../../../protocol/festival/when.ts";
import type { EventView } from "../festival/view.ts";
import type { Words } from "../words/words.ts";

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

export interface Times {
  /** "18:00" */
  time(at: Seconds): string;
  /** "Saturday, 31 January" */
  day(day: CalendarDate): string;
  /** "Sat 31" */
  shortDay(day: CalendarDate): string;
  /** Of a claim about when something was written. */
  moment(at: Seconds): string;
  ago(at: Seconds, now: Seconds): string;
  length(seconds: number): string;
  /** "18:00 – 20:00", "evening", or its author's own words; undefined where nobody can tell. */
  span(event: Pick<EventView, "when" | "span">): string | undefined;
  /** With its day. */
  full(event: Pick<EventView, "when" | "span">): string | undefined;
  /** Local date of a moment, for a field. */
  dateOf(at: Seconds): CalendarDate;
  /** Local time of a moment, for a field: "18:00". */
  clockOf(at: Seconds): string;
  number(value: number): string;
  /** "a, b and c", without the "and". */
  list(parts: readonly string[]): string;
}

export function timesOf(words: Words, timezone: string): Times {
  const lang = words.lang;
  const zone = knownZone(timezone);
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(lang, { timeZone: zone, ...options });
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(lang, { timeZone: "UTC", ...options });
  const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const long = date({ weekday: "long", day: "numeric", month: "long" });
  const short = date({ weekday: "short", day: "numeric" });
  const moment = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const field = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const numbers = new Intl.NumberFormat(lang);
  const lists = new Intl.ListFormat(lang, { type: "unit", style: "short" });
  const day = (value: CalendarDate) => long.format(noonOf(value));
  const time = (at: Seconds) => clock.format(at * 1000);
  const dateOf = (at: Seconds) => field.format(at * 1000).slice(0, 10);
  const span = (event: Pick<EventView, "when" | "span">) => spanText(event.when, { words, time, day });
  return {
    time,
    day,
    dateOf,
    span,
    shortDay: (value) => short.format(noonOf(value)),
    moment: (at) => moment.format(at * 1000),
    clockOf: (at) => field.format(at * 1000).slice(11, 16),
    number: (value) => numbers.format(value),
    list: (parts) => lists.format(parts),
    ago: (at, now) => agoText(now - at, words),
    length: (seconds) => lengthText(seconds, words),
    full: (event) => {
      const hours = span(event);
      const { when } = event;
      if (hours === undefined || when === undefined) return undefined;
      if (when.m === "exact") return `${day(dateOf(when.start))}, ${hours}`;
      if (when.m === "part") return `${day(when.day)}, ${hours}`;
      return when.m === "words" && when.near !== undefined ? `${day(when.near)}, ${hours}` : hours;
    },
  };
}

interface Writing {
  readonly words: Words;
  readonly time: (at: Seconds) => string;
  readonly day: (day: CalendarDate) => string;
}

function spanText(when: When | undefined, { words, time, day }: Writing): string | undefined {
  switch (when?.m) {
    case undefined:
      return undefined;
    case "exact":
      if (when.end === undefined) return time(when.start);
      if (when.endOpen) return words.when.range(time(when.start), words.event.openEnd);
      return words.when.range(time(when.start), time(when.end));
    case "days": {
      const last = dayBefore(when.to);
      return last === when.from ? day(when.from) : words.when.range(day(when.from), day(last));
    }
    case "part":
      return words.make.parts[when.part];
    case "words":
      return when.text;
  }
}

function agoText(age: number, { ago }: Words): string {
  if (age < MINUTE_SECONDS) return ago.now;
  if (age < HOUR_SECONDS) return ago.minutes(Math.floor(age / MINUTE_SECONDS));
  if (age < DAY_SECONDS) return ago.hours(Math.floor(age / HOUR_SECONDS));
  return ago.days(Math.floor(age / DAY_SECONDS));
}

function lengthText(seconds: number, { when }: Words): string {
  const minutes = Math.round(seconds / MINUTE_SECONDS);
  if (minutes < 60) return when.minutes(minutes);
  const rest = minutes % 60;
  return rest === 0 ? when.hours(minutes / 60) : `${when.hours(Math.floor(minutes / 60))} ${when.minutes(rest)}`;
}

/** Noon in UTC stays the same date however it is rounded. */
function noonOf(day: CalendarDate): number {
  return Date.parse(`${day}T12:00:00Z`);
}

function dayBefore(day: CalendarDate): CalendarDate {
  return new Date(noonOf(day) - DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** A phone may not know the zone of a festival; then UTC, like M-05. */
function knownZone(timezone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return timezone;
  } catch {
    return "UTC";
  }
}

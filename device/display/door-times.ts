// Times as a door prints them: 24 hours, in the door's own zone, with a weekday where the bare time would mislead.
import { Temporal } from "temporal-polyfill";
import type { Seconds } from "../../protocol/festival/when.ts";

export interface DoorTimes {
  /** "15:00"; "Sun 15:00" if that is another day and not just the coming night, "27 Jun 15:00" more than a week away. */
  readonly near: (at: Seconds) => string;
  /** "15:00" */
  readonly clock: (at: Seconds) => string;
  /** "Friday 27 June" */
  readonly date: (at: Seconds) => string;
  /** "Friday" within a week, else the date; undefined for the day after `now`, which has a word of its own. */
  readonly otherDay: (at: Seconds) => string | undefined;
}

/** Up to here a time on the next date still reads as "tonight": an event at 22:00 is "until 00:30". */
const SAME_NIGHT_SECONDS = 12 * 3600;
const WEEK_DAYS = 7;

/** Where a language alone would not say it as a door does: the day before the month, digits that match the clock. */
const LOCALES: ReadonlyMap<string, string> = new Map([
  ["en", "en-GB"],
  ["ar", "ar-u-nu-latn"],
]);

/** Throws RangeError for a zone this machine does not know. */
export function doorTimes(timezone: string, now: Seconds, lang: string): DoorTimes {
  const local = (at: Seconds) => Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(timezone);
  const today = local(now).toPlainDate();
  const clock = (at: Seconds) => local(at).toPlainTime().toString({ smallestUnit: "minute" });
  const locale = LOCALES.get(lang) ?? lang;
  const weekday = (at: Seconds, weekday: "short" | "long") => local(at).toLocaleString(locale, { weekday });
  const shortDate = (at: Seconds) => local(at).toLocaleString(locale, { day: "numeric", month: "short" });
  const date = (at: Seconds) => local(at).toLocaleString(locale, { weekday: "long", day: "numeric", month: "long" });
  return {
    clock,
    date,
    near: (at) => {
      const days = Math.abs(today.until(local(at).toPlainDate()).days);
      if (days === 0 || Math.abs(at - now) < SAME_NIGHT_SECONDS) return clock(at);
      return `${days < WEEK_DAYS ? weekday(at, "short") : shortDate(at)} ${clock(at)}`;
    },
    otherDay: (at) => {
      const days = today.until(local(at).toPlainDate()).days;
      if (days === 1) return undefined;
      return days < WEEK_DAYS ? weekday(at, "long") : date(at);
    },
  };
}

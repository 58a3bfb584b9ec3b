// When a monitor is dark: each day from one time to another, by the clock on the wall of the place. Pure. A night of the
// change to summer time is an hour shorter, the other one an hour longer; a time that the clock skips is the next that it shows.
import { Temporal } from "temporal-polyfill";

/** Minutes after midnight; a span that ends before it begins goes over midnight. */
export interface OffHours {
  readonly from: number;
  readonly to: number;
}

export interface OffState {
  readonly isOff: boolean;
  /** When that changes, in seconds since 1970 UTC. */
  readonly untilS: number;
}

const SPAN = /^(?<from>\d{2}:\d{2})-(?<to>\d{2}:\d{2})$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const MINUTES_PER_HOUR = 60;
/** The night that began yesterday, and those of today and tomorrow. */
const DAYS = [-1, 0, 1];

/** "02:00-07:00"; undefined for anything else. */
export function readOffHours(text: string): OffHours | undefined {
  const span = SPAN.exec(text)?.groups;
  const [from, to] = [span?.["from"], span?.["to"]].map(minutesOf);
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

/** `nowS` in seconds since 1970 UTC, `timezone` an IANA name. */
export function offStateAt(hours: OffHours, nowS: number, timezone: string): OffState {
  const today = Temporal.Instant.fromEpochMilliseconds(nowS * 1000)
    .toZonedDateTimeISO(timezone)
    .toPlainDate();
  const nights = DAYS.map((days) => nightOf(hours, today.add({ days }), timezone));
  const changes = nights.flat().filter((seconds) => seconds > nowS);
  return { isOff: nights.some(([from, to]) => from <= nowS && nowS < to), untilS: Math.min(...changes) };
}

function nightOf({ from, to }: OffHours, date: Temporal.PlainDate, timezone: string): readonly [number, number] {
  const at = (minutes: number, days: number): number => {
    const plainTime = Temporal.PlainTime.from({
      hour: Math.floor(minutes / MINUTES_PER_HOUR),
      minute: minutes % MINUTES_PER_HOUR,
    });
    return date.add({ days }).toZonedDateTime({ timeZone: timezone, plainTime }).epochMilliseconds / 1000;
  };
  return [at(from, 0), at(to, to > from ? 0 : 1)];
}

function minutesOf(text: string | undefined): number | undefined {
  const [, hours, minutes] = TIME.exec(text ?? "") ?? [];
  return hours === undefined ? undefined : Number(hours) * MINUTES_PER_HOUR + Number(minutes);
}

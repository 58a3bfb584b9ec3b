// Local time for the readers: zones, wall clocks and instants. The only file of the import side that knows how wall
// time becomes an instant (M-37, M-80); it reads no clock.
import { Temporal } from "temporal-polyfill";
import type { Seconds } from "../../protocol/festival/when.ts";

export type WallTime = Temporal.PlainDateTime;
export type WallDate = Temporal.PlainDate;

/** Zone names on the wire are short and plain (M-05). */
const TIMEZONE_PATTERN = /^[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/;
/** `When` holds instants of these years (SPEC.md §8.3). */
const FIRST_INSTANT: Seconds = 0;
const LAST_INSTANT: Seconds = Date.UTC(2201, 0, 1) / 1000 - 1;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const ISO_DURATION =
  /^P(?=.)(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})(?:\.\d+)?S)?)?$/;
const CLOCK_DURATION = /^(?:(\d{1,3}):(?=\d+:\d+:))?(\d{1,4}):(\d{1,2})(?::(\d{1,2}))?$/;
const TIME_OF_DAY = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** The name as this machine's tz database spells it; undefined if it knows no such zone. Offsets are not zones. */
export function knownTimezone(name: string): string | undefined {
  if (!TIMEZONE_PATTERN.test(name)) return undefined;
  return ifItExists(() => new Temporal.ZonedDateTime(0n, name).timeZoneId);
}

export interface ResolvedWall {
  readonly seconds: Seconds;
  /** Set where the zone's clock skips that time or shows it twice; fit for a remark. */
  readonly adjusted?: string;
}

/** A time that does not exist moves forward by the gap; of a doubled time the first counts (M-37). */
export function resolveWall(wall: WallTime, timezone: string): ResolvedWall {
  const zoned = wall.toZonedDateTime(timezone);
  const seconds = Math.floor(zoned.epochMilliseconds / 1000);
  if (!zoned.toPlainDateTime().equals(wall)) {
    return { seconds, adjusted: `${wallText(wall)} does not exist in ${timezone}; moved past the clock change` };
  }
  const later = wall.toZonedDateTime(timezone, { disambiguation: "later" });
  if (later.epochMilliseconds === zoned.epochMilliseconds) return { seconds };
  return { seconds, adjusted: `${wallText(wall)} happens twice in ${timezone}; the first was taken` };
}

export function wallAt(seconds: Seconds, timezone: string): WallTime {
  return zonedAt(seconds, timezone).toPlainDateTime();
}

export function offsetMinutesAt(seconds: Seconds, timezone: string): number {
  return Math.round(zonedAt(seconds, timezone).offsetNanoseconds / 60e9);
}

/** Instants within `from`…`to` at which the clock of a zone changes, in order. */
export function clockChanges(timezone: string, from: Seconds, to: Seconds): Seconds[] {
  const changes: Seconds[] = [];
  let change = zonedAt(from, timezone).getTimeZoneTransition("next");
  for (; change !== null && change.epochMilliseconds <= to * 1000; change = change.getTimeZoneTransition("next")) {
    changes.push(Math.floor(change.epochMilliseconds / 1000));
  }
  return changes;
}

/** "YYYY-MM-DDTHH:mm", the form of `ExactWhen.wall`. */
export function wallText(wall: WallTime): string {
  return wall.toString({ smallestUnit: "minute" });
}

export function isBefore(a: WallTime, b: WallTime): boolean {
  return Temporal.PlainDateTime.compare(a, b) < 0;
}

export function isRepresentable(seconds: Seconds): boolean {
  return seconds >= FIRST_INSTANT && seconds <= LAST_INSTANT;
}

/** A date and time as a programme writes it; without `offsetMinutes` it is local to a zone named elsewhere. */
export interface WrittenTime {
  readonly wall: WallTime;
  readonly offsetMinutes?: number;
}

/** Reads RFC 3339 with the liberties of real programmes: a space for "T", no seconds, "+0100", no offset. */
export function readDateTime(text: string): WrittenTime | undefined {
  const match = DATE_TIME.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const wall = ifItExists(() => new Temporal.PlainDateTime(year, month, day, hour, minute, second));
  const offset = match[7];
  if (wall === undefined) return undefined;
  return offset === undefined ? { wall } : { wall, offsetMinutes: readOffset(offset) };
}

export function secondsOf(written: Required<WrittenTime>): Seconds {
  const { year, month, day, hour, minute, second } = written.wall;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - written.offsetMinutes * 60;
}

/** "YYYY-MM-DD" of a day that exists. */
export function readDate(text: string): WallDate | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return ifItExists(() => new Temporal.PlainDate(year, month, day));
}

/** Minutes after midnight of "09:00" or "09:00:00"; seconds do not count. */
export function readTimeOfDay(text: string): number | undefined {
  const match = TIME_OF_DAY.exec(text.trim());
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return hours < 24 && minutes < 60 && seconds < 60 ? hours * 60 + minutes : undefined;
}

/** Seconds of "HH:MM", "HH:MM:SS", "D:HH:MM:SS" or an ISO 8601 duration without months; a day counts 24 hours. */
export function readDuration(text: string): number | undefined {
  const iso = ISO_DURATION.exec(text.trim());
  const clock = iso ? undefined : CLOCK_DURATION.exec(text.trim());
  if (!iso && !clock) return undefined;
  const parts = iso ? iso.slice(1) : [undefined, ...(clock ?? []).slice(1)];
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}

function readOffset(text: string): number {
  if (text.toUpperCase() === "Z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith("-") ? -minutes : minutes;
}

function zonedAt(seconds: Seconds, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(timezone);
}

/** Temporal throws a RangeError for a 30 February, a 25:00 and an unknown zone. */
function ifItExists<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

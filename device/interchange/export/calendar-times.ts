// When an event stands in a calendar. What no calendar can say (a part of a day, words) gets a guess, and the exact words
// travel beside it.
import type { DayPart, Seconds, When } from "../../../protocol/festival/when.ts";
import { knownTimezone, readDate, resolveWall, wallAt } from "../local-time.ts";
import { calendarLine } from "./calendar-line-writer.ts";
import type { ProgrammeGround } from "./programme-ground.ts";
import { festivalDate, type Span, spanOf } from "./schedule-spans.ts";

/** Hours after the midnight with which the day begins; "late" is after the next one. */
const PART_HOURS: Readonly<Record<DayPart, number>> = {
  dawn: 5,
  morning: 9,
  noon: 12,
  afternoon: 15,
  evening: 19,
  night: 22,
  late: 25,
};
const HOUR_SECONDS = 3_600;

/** Writes times, and remembers of which zones and years. */
export class CalendarTimes {
  readonly #ground: ProgrammeGround;
  /** Day of what has none. */
  readonly #someDay: string;
  readonly #spans = new Map<string, Span>();

  constructor(ground: ProgrammeGround, now: Seconds) {
    this.#ground = ground;
    this.#someDay = festivalDate(ground.main?.fields.start ?? now, ground);
  }

  /** Zones that the times name, each with the span in which it is named. */
  zones(): ReadonlyMap<string, Span> {
    return this.#spans;
  }

  lines(when: When | undefined): string[] {
    switch (when?.m) {
      case "exact":
        return this.#spanLines(spanOf(when, this.#ground.timezone) as Span, when.tz);
      case "days":
        return dayLines(when.from, when.to);
      case "part": {
        const midnight = readDate(when.day)?.toPlainDateTime();
        const timezone = knownTimezone(when.tz) ?? this.#ground.timezone;
        if (midnight === undefined) return dayLines(this.#someDay);
        const start = resolveWall(midnight.add({ hours: PART_HOURS[when.part] }), timezone).seconds;
        return this.#spanLines({ start, end: start + HOUR_SECONDS }, timezone);
      }
      default:
        return dayLines(when?.near ?? this.#someDay);
    }
  }

  #spanLines({ start, end }: Span, timezone: string): string[] {
    return [this.#line("DTSTART", start, timezone), this.#line("DTEND", end, timezone)];
  }

  /** In its zone, unless the clock there shows that time twice or this machine does not know the zone. */
  #line(name: string, at: Seconds, timezone: string): string {
    const isZoned = timezone !== "UTC" && knownTimezone(timezone) === timezone;
    const wall = wallAt(at, isZoned ? timezone : "UTC");
    const stamp = wall.toString({ smallestUnit: "second" }).replace(/[-:]/g, "");
    if (!isZoned) return calendarLine(name, `${stamp}Z`);
    if (resolveWall(wall, timezone).seconds !== at) return calendarLine(name, utcStamp(at));
    const { start, end } = this.#spans.get(timezone) ?? { start: at, end: at };
    this.#spans.set(timezone, { start: Math.min(start, at), end: Math.max(end, at) });
    return calendarLine(`${name};TZID=${timezone}`, stamp);
  }
}

/** "20260131T084500Z" */
export function utcStamp(at: Seconds): string {
  return new Date(at * 1000).toISOString().replace(/[-:]|\.000/g, "");
}

/** `to` is exclusive, as in `When`. */
function dayLines(from: string, to?: string): string[] {
  const date = (name: string, day: string) => calendarLine(`${name};VALUE=DATE`, day.replaceAll("-", ""));
  return [date("DTSTART", from), ...(to === undefined ? [] : [date("DTEND", to)])];
}

// VTIMEZONE (RFC 5545 §3.6.5) for the times of one calendar: every change of the zone's clock around them, as this
// machine's tz database has it. Changes are listed instead of put into a rule, so a zone that changed its mind is right.
import type { Seconds } from "../../../protocol/festival/when.ts";
import { clockChanges, offsetMinutesAt } from "../local-time.ts";
import { calendarLine } from "./calendar-line-writer.ts";
import type { Span } from "./schedule-spans.ts";

/** So that a program that moves an event by some months finds its offset. */
const YEAR_SECONDS = 366 * 86_400;

interface Observance {
  readonly from: number;
  readonly to: number;
  /** Local starts by the clock before, "20261025T030000". */
  readonly onsets: string[];
}

/** `span` holds all times that the calendar has in this zone. */
export function calendarTimezone(timezone: string, { start, end }: Span): string {
  const observances = observancesOf(timezone, start - YEAR_SECONDS, end + YEAR_SECONDS);
  return [
    calendarLine("BEGIN", "VTIMEZONE"),
    calendarLine("TZID", timezone),
    ...observances.map(observanceLines),
    calendarLine("END", "VTIMEZONE"),
  ].join("");
}

function observancesOf(timezone: string, start: Seconds, end: Seconds): Observance[] {
  const first = offsetMinutesAt(start, timezone);
  const found = new Map<string, Observance>();
  const add = (at: Seconds, from: number, to: number) => {
    const known = found.get(`${from} ${to}`) ?? { from, to, onsets: [] };
    known.onsets.push(localStamp(at + from * 60));
    found.set(`${from} ${to}`, known);
  };
  add(start, first, first);
  let from = first;
  for (const at of clockChanges(timezone, start, end)) {
    const to = offsetMinutesAt(at, timezone);
    add(at, from, to);
    from = to;
  }
  return [...found.values()];
}

/** A clock that was put forward shows summer time; there is no other sign of it. */
function observanceLines({ from, to, onsets: [first, ...others] }: Observance): string {
  const name = to > from ? "DAYLIGHT" : "STANDARD";
  return [
    calendarLine("BEGIN", name),
    calendarLine("DTSTART", first as string),
    ...others.map((onset) => calendarLine("RDATE", onset)),
    calendarLine("TZOFFSETFROM", offsetText(from)),
    calendarLine("TZOFFSETTO", offsetText(to)),
    calendarLine("END", name),
  ].join("");
}

/** "20260131T093000" of local seconds. */
function localStamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, "YYYY-MM-DDTHH:mm:ss".length).replace(/[-:]/g, "");
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}${String(rest).padStart(2, "0")}`;
}

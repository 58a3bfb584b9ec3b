// When something happens, as people write it: a moment with or without an offset, a day, a part of a day, or just
// words. Knows the zone in which they mean it; reads no clock.
import { DAY_PARTS, type DayPart, type ExactWhen, type Seconds, type When } from "../../protocol/festival/when.ts";
import {
  readDate,
  readDateTime,
  readTimeOfDay,
  resolveWall,
  secondsOf,
  type WallTime,
  type WrittenTime,
  wallAt,
  wallText,
} from "../interchange/local-time.ts";
import { ActError } from "./act-error.ts";

/** What a person wrote, each part as text. */
export interface TimeWords {
  /** "2026-07-17 18:00", "2026-07-17T18:00+02:00", or "18:00" beside a day. */
  readonly start?: string | undefined;
  /** The same, or "20:00" alone: then the next 20:00 after the start. */
  readonly end?: string | undefined;
  /** "2026-07-17" */
  readonly day?: string | undefined;
  /** Last day, for things that take several. */
  readonly until?: string | undefined;
  readonly part?: string | undefined;
  /** "when the fire is lit" */
  readonly words?: string | undefined;
}

export interface ReadTime<Time> {
  readonly time: Time;
  /** What the clocks made of it (M-37), for the author. */
  readonly remarks: readonly string[];
}

interface Moment {
  readonly seconds: Seconds;
  readonly wall: WallTime;
  /** Written without an offset: the wall time is what was meant. */
  readonly local: boolean;
  readonly remarks: readonly string[];
}

/** Undefined if nothing says when. Throws E_TIME. */
export function readWhen(words: TimeWords, timezone: string): ReadTime<When> | undefined {
  const { start, end, day, until, part } = words;
  if (words.words !== undefined) return asWritten({ m: "words", text: words.words, ...near(day) });
  if (start !== undefined) return readExact({ ...words, start }, timezone);
  if (end !== undefined) throw wrongTime("--end", end, "a time that has a --start");
  if (part !== undefined) return asWritten({ m: "part", day: dateOf(day, "--day"), part: partOf(part), tz: timezone });
  if (day === undefined && until === undefined) return undefined;
  const from = dateOf(day, "--day");
  return asWritten({
    m: "days",
    from,
    to: dayAfter(until === undefined ? from : dateOf(until, "--until")),
    tz: timezone,
  });
}

/** A span to book or to move to; without an end it stays as long as before, where that is known. Throws E_TIME. */
export function readExact(
  { start, end, day }: TimeWords & { readonly start: string },
  timezone: string,
): ReadTime<ExactWhen> {
  const from = momentOf(start, "--start", { day, timezone });
  const to = end === undefined ? undefined : endOf(end, from, timezone);
  const when: ExactWhen = {
    m: "exact",
    start: from.seconds,
    ...(to === undefined ? { endOpen: true } : { end: to.seconds }),
    tz: timezone,
    ...(from.local && { wall: wallText(from.wall) }),
  };
  return { time: when, remarks: [...from.remarks, ...(to?.remarks ?? [])] };
}

/** One moment by itself. Throws E_TIME. */
export function readMoment(text: string, option: string, timezone: string): ReadTime<Seconds> {
  const { seconds, remarks } = momentOf(text, option, { day: undefined, timezone });
  return { time: seconds, remarks };
}

function endOf(text: string, from: Moment, timezone: string): Moment {
  const timeOfDay = readTimeOfDay(text);
  const end =
    timeOfDay === undefined
      ? momentOf(text, "--end", { day: undefined, timezone })
      : nextTimeOfDay(timeOfDay, from, timezone);
  if (end.seconds <= from.seconds) throw wrongTime("--end", text, "later than the start");
  return end;
}

/** "20:00" after "18:00" is the same evening, "02:00" the night that follows. */
function nextTimeOfDay(minutes: number, { wall, seconds }: Moment, timezone: string): Moment {
  const sameDay = localMoment(atMinute(wall, minutes), timezone);
  return sameDay.seconds > seconds ? sameDay : localMoment(atMinute(wall, minutes).add({ days: 1 }), timezone);
}

function momentOf(
  text: string,
  option: string,
  { day, timezone }: { readonly day: string | undefined; readonly timezone: string },
): Moment {
  const timeOfDay = readTimeOfDay(text);
  if (timeOfDay !== undefined && day !== undefined) {
    const date = readDate(dateOf(day, "--day"));
    if (date !== undefined) return localMoment(atMinute(date.toPlainDateTime(), timeOfDay), timezone);
  }
  const written = readDateTime(text);
  if (written === undefined || written.wall.second !== 0) {
    throw wrongTime(option, text, "a time like 2026-07-17 18:00 or 2026-07-17T18:00+02:00, in whole minutes");
  }
  if (!hasOffset(written)) return localMoment(written.wall, timezone);
  const seconds = secondsOf(written);
  return { seconds, wall: wallAt(seconds, timezone), local: false, remarks: [] };
}

function hasOffset(written: WrittenTime): written is Required<WrittenTime> {
  return written.offsetMinutes !== undefined;
}

function localMoment(wall: WallTime, timezone: string): Moment {
  const { seconds, adjusted } = resolveWall(wall, timezone);
  return { seconds, wall, local: true, remarks: adjusted === undefined ? [] : [adjusted] };
}

function atMinute(wall: WallTime, minutes: number): WallTime {
  return wall.with({ hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0 });
}

function near(day: string | undefined): { readonly near?: string } {
  return day === undefined ? {} : { near: dateOf(day, "--day") };
}

function dateOf(text: string | undefined, option: string): string {
  if (text === undefined) throw new ActError("E_TIME", `Cannot read the time: ${option} is missing`);
  const date = readDate(text);
  if (date === undefined) throw wrongTime(option, text, "a day like 2026-07-17");
  return date.toString();
}

function dayAfter(day: string): string {
  return readDate(day)?.add({ days: 1 }).toString() ?? day;
}

function partOf(text: string): DayPart {
  const part = DAY_PARTS.find((each) => each === text);
  if (part === undefined) throw wrongTime("--part", text, `one of ${DAY_PARTS.join(", ")}`);
  return part;
}

function asWritten(time: When): ReadTime<When> {
  return { time, remarks: [] };
}

function wrongTime(option: string, text: string, expected: string): ActError {
  return new ActError("E_TIME", `Cannot read ${option}: "${text}" is not ${expected}`);
}

// Times of a schedule file (M-80): a `date` with an offset is an instant; without one, the day's date and `start` are
// local time, and a start before the day change belongs to the night after (FOSDEM 2022 has no `date`).
import type { ExactWhen } from "../../../protocol/festival/when.ts";
import { exactWhen } from "../exact-when.ts";
import {
  isRepresentable,
  offsetMinutesAt,
  readDate,
  readDateTime,
  readDuration,
  readTimeOfDay,
  resolveWall,
  secondsOf,
  type WallTime,
  type WrittenTime,
  wallText,
} from "../local-time.ts";
import { quoted, type Remark } from "../text/fit.ts";
import type { ScheduleDay, ScheduleEntry, ScheduleSource } from "./schedule-source.ts";

/** When a festival day begins where the file does not say: as in frame/1 (domain.md §4.2). */
export const DAY_START_DEFAULT_MINUTES = 360;
const DAY_MINUTES = 1440;

/** A start as found, or why there is none. `absent`: the file gives the entry no time, which is allowed. */
export type FoundStart = { readonly written: WrittenTime } | { readonly absent: true } | { readonly broken: string };

/** Minutes after midnight, from `day_change`, else from days that end after midnight ("…T04:00", "…T03:59"). */
export function dayChangeOf(source: ScheduleSource): number | undefined {
  const stated = source.dayChange === undefined ? undefined : readTimeOfDay(source.dayChange);
  if (stated !== undefined) return stated;
  for (const day of source.days) {
    const found = dayChangeOfDay(day);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function findStart(entry: ScheduleEntry, dayChange: number | undefined, remark: Remark): FoundStart {
  const { date, start } = entry;
  if (date !== undefined && date !== "") {
    const written = readDateTime(date);
    if (written) return { written };
    const day = readDate(date);
    const minutes = readTimeOfDay(start ?? "");
    if (!day || minutes === undefined) return { broken: `date ${quoted(date)} is not a time` };
    return { written: { wall: day.toPlainDateTime().add({ minutes }) } };
  }
  if (start === undefined || start === "") return { absent: true };
  const minutes = readTimeOfDay(start);
  if (minutes === undefined) return { broken: `start ${quoted(start)} is not a time` };
  const day = readDate(dateOfDay(entry.day) ?? "");
  if (!day) return { broken: "its day has no date" };
  const isNight = minutes < (dayChange ?? DAY_START_DEFAULT_MINUTES);
  if (isNight && dayChange === undefined) remark(`${start} is read as the night after, for no day change is stated`);
  return { written: { wall: day.toPlainDateTime().add({ days: isNight ? 1 : 0, minutes }) } };
}

/** The span of an entry; a string says why there is none. */
export function scheduleWhen(
  entry: ScheduleEntry,
  written: WrittenTime,
  timezone: string,
  remark: Remark,
): ExactWhen | string {
  const start = instantOf(written, timezone, remark);
  if (!isRepresentable(start)) return `${wallText(written.wall)} is not between 1970 and 2200`;
  const end = endOf(entry, { start, wall: written.wall, timezone }, remark);
  const keepsWall = written.offsetMinutes === undefined || written.offsetMinutes === offsetMinutesAt(start, timezone);
  return exactWhen({ start, end, timezone, wall: keepsWall ? written.wall : undefined }, remark);
}

export function instantOf({ wall, offsetMinutes }: WrittenTime, timezone: string, remark: Remark): number {
  if (offsetMinutes !== undefined) return secondsOf({ wall, offsetMinutes });
  const { seconds, adjusted } = resolveWall(wall, timezone);
  if (adjusted !== undefined) remark(adjusted);
  return seconds;
}

interface Start {
  readonly start: number;
  readonly wall: WallTime;
  readonly timezone: string;
}

function endOf(entry: ScheduleEntry, { start, timezone }: Start, remark: Remark): number | undefined {
  if (entry.end !== undefined && entry.end !== "") {
    const written = readDateTime(entry.end);
    const end = written && instantOf(written, timezone, remark);
    if (end !== undefined && isRepresentable(end)) return end;
    remark(`end ${quoted(entry.end)} is not a time; the end was left open`);
    return undefined;
  }
  if (entry.duration === undefined || entry.duration === "") return undefined;
  const seconds = readDuration(entry.duration);
  if (seconds !== undefined && isRepresentable(start + seconds)) return start + seconds;
  remark(`duration ${quoted(entry.duration)} is not a duration; the end was left open`);
  return undefined;
}

function dateOfDay(day: ScheduleDay | undefined): string | undefined {
  return day?.date ?? day?.start?.slice(0, "YYYY-MM-DD".length);
}

function dayChangeOfDay(day: ScheduleDay): number | undefined {
  const start = readDateTime(day.start ?? "");
  const end = readDateTime(day.end ?? "");
  if (!start || !end || end.wall.toPlainDate().since(start.wall.toPlainDate()).days !== 1) return undefined;
  const minutes = end.wall.hour * 60 + end.wall.minute;
  return (minutes % 60 === 59 ? minutes + 1 : minutes) % DAY_MINUTES;
}

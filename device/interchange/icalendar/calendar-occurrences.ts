// A VEVENT with its repetitions written out: what its rule and RDATE add, without what EXDATE removes (M-82). Others
// never expand rules, so every occurrence becomes an event of its own.
import type { Seconds, When } from "../../../protocol/festival/when.ts";
import { exactWhen } from "../exact-when.ts";
import { isRepresentable, resolveWall, type WallTime, wallAt } from "../local-time.ts";
import type { Remark } from "../text/fit.ts";
import type { CalendarTime } from "./calendar-clock.ts";
import type { CalendarEvent } from "./calendar-event.ts";
import { type Expansion, expandRule, OCCURRENCES_MAX, type RuleSource } from "./recurrence.ts";
import type { StepBudget } from "./rule-iterator.ts";

export interface Occurrence {
  /** Original start in UTC, "20260131T094500Z", or the day, "20260131". */
  readonly rid: string;
  readonly start: CalendarTime;
  readonly when: When;
  /** One of several, or one that could be. */
  readonly repeats: boolean;
}

export interface ExpansionContext {
  readonly now: Seconds;
  readonly budget: StepBudget;
}

const DAY_SECONDS = 86_400;
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** When one event takes place that does not repeat, or one occurrence by itself. */
export function calendarWhen(event: CalendarEvent, start: CalendarTime, remark: Remark): When {
  return start.isDate ? daysWhen(start, event.length, remark) : spanWhen(event, start, remark);
}

/** Occurrences in order of start. */
export function expandEvent(event: CalendarEvent, context: ExpansionContext, remark: Remark): Occurrence[] {
  const { start, removed } = event;
  if (!start) return [];
  const starts = new Map<string, CalendarTime>();
  for (const time of [...ruleStarts(event, start, context, remark), ...event.added])
    starts.set(occurrenceId(time), time);
  const gone = new Set(removed.map(occurrenceId));
  const goneDays = new Set(removed.filter((time) => time.isDate || start.isDate).map(dayOf));
  const left = [...starts]
    .filter(([rid, time]) => !gone.has(rid) && !(goneDays.size > 0 && goneDays.has(dayOf(time))))
    .toSorted(([, a], [, b]) => a.seconds - b.seconds);
  if (left.length > OCCURRENCES_MAX) remark(`only the first ${OCCURRENCES_MAX} of ${left.length} times were taken`);
  const repeats = event.rule !== undefined || event.added.length > 0;
  return left.slice(0, OCCURRENCES_MAX).map(([rid, time]) => {
    return { rid, start: time, when: calendarWhen(event, time, remark), repeats };
  });
}

export function occurrenceId(time: CalendarTime): string {
  if (time.isDate) return dayOf(time).replaceAll("-", "");
  return new Date(time.seconds * 1000).toISOString().replace(/[-:]|\.000/g, "");
}

export function dayOf({ wall }: CalendarTime): string {
  return wall.toPlainDate().toString();
}

function ruleStarts(
  { rule }: CalendarEvent,
  start: CalendarTime,
  { now, budget }: ExpansionContext,
  remark: Remark,
): CalendarTime[] {
  if (!rule) return [start];
  const inUtc = start.isInstant && !keepsWeekday(rule.recur, start);
  const timezone = inUtc ? "UTC" : start.timezone;
  const from = inUtc ? wallAt(start.seconds, timezone) : start.wall;
  const { starts, why } = followRule({ recur: rule.recur, start: from, timezone, now, budget });
  if (why !== undefined) remark(why);
  return starts.map((wall) => timeAt(wall, timezone, start, remark));
}

/** A rule that cannot be followed still has its first time. */
function followRule(source: RuleSource): Expansion {
  try {
    return expandRule(source);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { starts: [source.start], why: `only its first time was taken: ${why}` };
  }
}

/**
 * A rule whose start is written in UTC was mostly meant in the zone of the calendar, else it would drift by an hour over
 * the year. Where its weekday is that of UTC it was meant in UTC.
 */
function keepsWeekday(recur: Readonly<Record<string, unknown>>, start: CalendarTime): boolean {
  const days = [recur["byday"] ?? []].flat().map((day) => String(day).slice(-2));
  return days.length === 0 || days.includes(WEEKDAYS[start.wall.dayOfWeek - 1] as string);
}

function timeAt(wall: WallTime, timezone: string, like: CalendarTime, remark: Remark): CalendarTime {
  const { seconds, adjusted } = resolveWall(wall, timezone);
  if (adjusted !== undefined && !like.isDate) remark(adjusted);
  const local = timezone === like.timezone ? wall : wallAt(seconds, like.timezone);
  return { ...like, wall: local, seconds };
}

function daysWhen({ wall, timezone }: CalendarTime, length: number | undefined, remark: Remark): When {
  const days = length === undefined ? 1 : Math.floor(length / DAY_SECONDS);
  if (days < 1) remark("ends before its first day is over; one day was taken");
  const from = wall.toPlainDate();
  return { m: "days", from: from.toString(), to: from.add({ days: Math.max(days, 1) }).toString(), tz: timezone };
}

function spanWhen(event: CalendarEvent, start: CalendarTime, remark: Remark): When {
  const { wall, seconds, timezone, isInstant } = start;
  const end = event.length === undefined ? undefined : endOf(event, start, event.length);
  return exactWhen({ start: seconds, end, timezone, wall: isInstant ? undefined : wall }, remark);
}

/** On the clock of the zone: what ends at 21:00 ends at 21:00 also in the night the clocks change. */
function endOf(
  event: CalendarEvent,
  { wall, seconds: start, timezone }: CalendarTime,
  length: number,
): Seconds | undefined {
  if (event.end && start === event.start?.seconds) return event.end.seconds;
  const { seconds } = resolveWall(wall.add({ seconds: length }), timezone);
  return isRepresentable(seconds) ? seconds : undefined;
}

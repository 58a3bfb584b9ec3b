// Which occurrences of a repeating event are imported (M-82): in the wall time of the rule's zone, so that a weekly
// 19:00 stays 19:00 over the change of clocks (M-36), and never more than a peer should carry.
import type { Seconds } from "../../../protocol/festival/when.ts";
import { isBefore, readDate, readDateTime, secondsOf, type WallTime, wallAt } from "../local-time.ts";
import { quoted } from "../text/fit.ts";
import { type Rule, type StepBudget, type WalkedRule, walkRule } from "./rule-iterator.ts";

/** Occurrences of one event (M-82). */
export const OCCURRENCES_MAX = 200;
/** Of a rule that does not end: from 31 days back, 13 months in all (M-36). */
const WINDOW_BACK_SECONDS = 31 * 86_400;
const WINDOW_MONTHS = 13;
/** Occurrences looked at before giving up; a weekly rule of nine years has that many. */
const OCCURRENCES_WALKED_MAX = 500;

export interface RuleSource {
  /** A jCal recur value: { freq: "WEEKLY", byday: "WE", until: "2024-08-13" }. */
  readonly recur: Readonly<Record<string, unknown>>;
  readonly start: WallTime;
  readonly timezone: string;
  readonly now: Seconds;
  readonly budget: StepBudget;
}

export interface Expansion {
  readonly starts: readonly WallTime[];
  /** Set where not every occurrence was taken. */
  readonly why?: string;
}

interface Window {
  readonly from: WallTime;
  readonly to: WallTime;
}

/**
 * A rule that ends and fits is taken whole, however long ago. Of any other, what lies in the window around now is taken;
 * if nothing does, the first occurrences of a rule that ended, the latest of one that goes on. Throws an Error for a rule
 * that cannot be followed.
 */
export function expandRule(source: RuleSource): Expansion {
  const { recur, start, budget } = source;
  const rule: Rule = { recur, until: untilOf(source) };
  const isEndless = rule.until === undefined && typeof recur["count"] !== "number";
  const window = windowAround(source);
  const whole = isEndless ? undefined : walkRule(rule, start, budget, { occurrences: OCCURRENCES_WALKED_MAX });
  if (whole && fits(whole, window)) return { starts: whole.starts.length > 0 ? whole.starts : [start] };
  const canSkip = typeof recur["count"] !== "number" && !whole?.complete;
  const from = canSkip ? skipAhead(source, window) : start;
  const near = canSkip ? walkRule(rule, from, budget, limitsOf(window)).starts : (whole?.starts ?? []);
  const within = near.filter((one) => !isBefore(one, window.from) && isBefore(one, window.to));
  if (within.length > 0) return taken(within.slice(0, OCCURRENCES_MAX));
  if (whole && whole.starts.length > 0) return taken(whole.starts.slice(0, OCCURRENCES_MAX));
  return taken([near.findLast((one) => !one.equals(from)) ?? start]);
}

function limitsOf(window: Window): { occurrences: number; before: WallTime } {
  return { occurrences: OCCURRENCES_WALKED_MAX, before: window.to };
}

function fits({ starts, complete }: WalkedRule, window: Window): boolean {
  const last = starts.at(-1);
  return complete && starts.length <= OCCURRENCES_MAX && (last === undefined || isBefore(last, window.to));
}

function taken(starts: readonly [WallTime, ...WallTime[]] | readonly WallTime[]): Expansion {
  const [first, last] = [starts[0]?.toPlainDate(), starts.at(-1)?.toPlainDate()];
  return { starts, why: `repeats further; ${starts.length} times from ${first} to ${last} were taken` };
}

function windowAround({ start, timezone, now }: RuleSource): Window {
  const back = wallAt(Math.max(0, now - WINDOW_BACK_SECONDS), timezone);
  const from = isBefore(back, start) ? start : back;
  return { from, to: from.add({ months: WINDOW_MONTHS }) };
}

/** A start of the same rule, whole intervals later but before the window. */
function skipAhead({ recur, start }: RuleSource, window: Window): WallTime {
  const unit = recur["freq"] === "WEEKLY" ? 7 : recur["freq"] === "DAILY" ? 1 : undefined;
  if (unit === undefined) return start;
  const days = unit * (typeof recur["interval"] === "number" ? recur["interval"] : 1);
  const intervals = Math.floor(start.until(window.from, { largestUnit: "days" }).days / days) - 1;
  return intervals > 0 ? start.add({ days: intervals * days }) : start;
}

/** UNTIL in wall time of the rule's zone; a date counts to its last second, also where the start has a time (M-82). */
function untilOf({ recur, timezone }: RuleSource): WallTime | undefined {
  const { until } = recur as { readonly until?: unknown };
  if (typeof until !== "string") return undefined;
  const date = readDate(until);
  if (date) return date.toPlainDateTime("23:59:59");
  const written = readDateTime(until);
  if (!written) throw new Error(`its UNTIL ${quoted(until)} is not a time`);
  const { wall, offsetMinutes } = written;
  return offsetMinutes === undefined ? wall : wallAt(secondsOf({ wall, offsetMinutes }), timezone);
}

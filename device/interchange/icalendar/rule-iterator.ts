// Follows a recurrence rule with ical.js, but not for ever: a rule that never matches ("30 February", every day) spins
// between two occurrences, and a foreign file may hold thousands of them. Steps are counted instead of time.
import ICAL from "ical.js";
import { isBefore, readDateTime, type WallTime } from "../local-time.ts";

/** For one event: a year of days times a dozen. */
const STEPS_MAX = 5_000;
/** For all events of one file: seconds on a desk, a minute on the smallest device, whatever the file holds. */
const FILE_STEPS_MAX = 30_000;
/** ical.js counts the days of an interval one month at a time. */
const INTERVAL_MAX = 1_000;
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
/** ical.js would take any other key of a foreign rule as a property of its own object. */
const KEYS = /^(?:freq|count|interval|wkst|by[a-z]+)$/;

/** Shared by all rules of one file. */
export class StepBudget {
  #left = FILE_STEPS_MAX;

  spend(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }
}

export interface Rule {
  /** A jCal recur value without `until`: { freq: "WEEKLY", byday: "WE" }. */
  readonly recur: Readonly<Record<string, unknown>>;
  /** Last local time at which an occurrence may start. */
  readonly until: WallTime | undefined;
}

export interface WalkedRule {
  readonly starts: readonly WallTime[];
  /** The rule ended by itself. */
  readonly complete: boolean;
}

export interface WalkLimits {
  readonly occurrences: number;
  /** Local time before which occurrences are wanted. */
  readonly before?: WallTime;
}

class TooManySteps extends Error {}

/** Local starts in order, from `start` on. Throws an Error for a rule that is none or that nobody lives by. */
export function walkRule(rule: Rule, start: WallTime, budget: StepBudget, limits: WalkLimits): WalkedRule {
  const recur = toRecur(rule);
  const starts: WallTime[] = [];
  try {
    const iterator = countingIterator(recur, start, budget);
    while (starts.length < limits.occurrences) {
      const next = iterator.next() as ICAL.Time | null;
      if (next === null) return { starts, complete: true };
      const wall = readDateTime(next.toString())?.wall;
      if (wall === undefined || (limits.before && !isBefore(wall, limits.before))) break;
      starts.push(wall);
    }
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
  }
  return { starts, complete: false };
}

function toRecur({ recur, until }: Rule): ICAL.Recur {
  const read = ICAL.Recur.fromData(Object.fromEntries(Object.entries(recur).filter(([key]) => KEYS.test(key))));
  if (!FREQUENCIES.includes(read.freq)) throw new Error(`it repeats ${String(read.freq).toLowerCase()}`);
  if (read.interval > INTERVAL_MAX) throw new Error(`it repeats at an interval of ${read.interval}`);
  if (until) read.until = toTime(until);
  return read;
}

/** Every loop within ical.js passes one of the three overridden methods. */
function countingIterator(rule: ICAL.Recur, start: WallTime, budget: StepBudget): ICAL.RecurIterator {
  let steps = 0;
  const step = () => {
    steps += 1;
    if (steps > STEPS_MAX || !budget.spend()) throw new TooManySteps();
  };
  class CountingIterator extends ICAL.RecurIterator {
    override check_contracting_rules(): boolean {
      step();
      return super.check_contracting_rules();
    }

    override increment_month(): void {
      step();
      super.increment_month();
    }

    override expand_year_days(year: number): number {
      step();
      return super.expand_year_days(year);
    }
  }
  return new CountingIterator({ rule, dtstart: toTime(start) });
}

/** Without zone: rules are walked in wall time. */
function toTime(wall: WallTime): ICAL.Time {
  return ICAL.Time.fromDateTimeString(wall.toString({ smallestUnit: "second" }));
}

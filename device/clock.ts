// How far this box can trust its clock (domain.md M-39, reliability.md §2.3 rule 7). The judgement is pure; `readClockSigns`
// looks at the few files where Linux says who set the clock. Nothing here sets it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClockTrust } from "./display/device-state.ts";

export interface ClockSigns {
  /** A time server was reached since boot; undefined where nobody here would know (no timesyncd: a desk, a container). */
  readonly synchronised: boolean | undefined;
  /** A clock chip ran through the time without power, and agrees. */
  readonly hasRtc: boolean;
}

/** All times in microseconds since 1970 UTC. */
export interface ClockFacts extends ClockSigns {
  readonly now: number;
  readonly buildTime: number;
  /** Timestamp of the newest operation of this box's own key; undefined if there is none. */
  readonly newestOwn?: number | undefined;
  /** What the phones of the last hour had on their clocks, minus ours. */
  readonly phoneOffsets?: readonly number[];
}

const MICROS_PER_SECOND = 1_000_000;
const MICROS_PER_YEAR = 31_557_600 * MICROS_PER_SECOND;
/** A clock this far behind us is broken, not slow to be replaced: no box runs one build for that long. */
const MAX_YEARS_AFTER_BUILD = 20;
/** One phone can be wrong, two can differ; three have a middle (M-39). */
const MIN_PHONES = 3;
const MAX_PHONE_SPREAD_MICROS = 120 * MICROS_PER_SECOND;
/** A chip that is further off lost its battery, or nobody set it: a Pi 5 without one starts in 1970. */
const MAX_RTC_DIFFERENCE_SECONDS = 120;

export function judgeClock(facts: ClockFacts): ClockTrust {
  const { now, synchronised, hasRtc, phoneOffsets = [] } = facts;
  if (isPlausible(now, facts) && (synchronised !== false || hasRtc)) return "sure";
  const offset = borrowedOffset(phoneOffsets);
  return offset !== undefined && isPlausible(now + offset, facts) ? "borrowed" : "unsure";
}

/** The phones' median, to be added to our clock while it is "borrowed"; undefined where they are too few or disagree. */
export function borrowedOffset(phoneOffsets: readonly number[]): number | undefined {
  const sorted = phoneOffsets.toSorted((a, b) => a - b);
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  if (sorted.length < MIN_PHONES || most - least >= MAX_PHONE_SPREAD_MICROS) return undefined;
  return sorted[Math.floor(sorted.length / 2)];
}

function isPlausible(time: number, { buildTime, newestOwn = 0 }: ClockFacts): boolean {
  return time >= Math.max(buildTime, newestOwn) && time <= buildTime + MAX_YEARS_AFTER_BUILD * MICROS_PER_YEAR;
}

export interface ClockFolders {
  /** There while systemd-timesyncd runs; holds the file "synchronized" once a time server answered. */
  readonly timesync?: string;
  readonly rtc?: string;
}

/** Reads a few small files; call it each minute or so, not for each operation. */
export function readClockSigns(now: number, folders: ClockFolders = {}): ClockSigns {
  const { timesync = "/run/systemd/timesync", rtc = "/sys/class/rtc" } = folders;
  const synchronised = existsSync(timesync) ? existsSync(join(timesync, "synchronized")) : undefined;
  return { synchronised, hasRtc: clockChips(rtc).some((chip) => agrees(chip, now / MICROS_PER_SECOND)) };
}

function clockChips(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, "since_epoch")) : [];
}

/** A chip that cannot be read says nothing. */
function agrees(sinceEpochFile: string, nowSeconds: number): boolean {
  try {
    const seconds = Number(readFileSync(sinceEpochFile, "utf8"));
    return Math.abs(seconds - nowSeconds) <= MAX_RTC_DIFFERENCE_SECONDS;
  } catch {
    return false;
  }
}

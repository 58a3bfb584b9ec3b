// Where on the local week a moment stands, for opening hours (SPEC.md §9.5).
import { Temporal } from "temporal-polyfill";
import type { Seconds } from "../../protocol/festival/when.ts";
import { knownTimezone } from "../interchange/local-time.ts";

const MINUTES_PER_DAY = 1440;

/** Minutes since Monday 00:00, local; by UTC in a zone that this machine does not know. */
export function minuteOfWeek(instant: Seconds, tz: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(instant * 1000).toZonedDateTimeISO(knownTimezone(tz) ?? "UTC");
  return (local.dayOfWeek - 1) * MINUTES_PER_DAY + local.hour * 60 + local.minute;
}

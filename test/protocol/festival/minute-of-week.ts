// A zone database for the tests of opening hours, as a device has one.
import { Temporal } from "temporal-polyfill";

export function minuteOfWeek(instant: number, tz: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(instant * 1000).toZonedDateTimeISO(tz);
  return ((local.dayOfWeek - 1) * 24 + local.hour) * 60 + local.minute;
}

/** "2026-08-07T18:00" in Berlin, as seconds. Of a doubled hour the first. */
export function berlin(wall: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime("Europe/Berlin").epochMilliseconds / 1000;
}

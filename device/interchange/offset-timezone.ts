// Finds a zone name for offsets: a programme that writes "+01:00" and names no zone still happened somewhere. A fixed
// offset is not a zone (an event three months later would be an hour off), so a zone whose clock fits is preferred.
import type { Seconds } from "../../protocol/festival/when.ts";
import { offsetMinutesAt } from "./local-time.ts";

/** The offset that was written for one instant. */
export interface OffsetSample {
  readonly seconds: Seconds;
  readonly offsetMinutes: number;
}

/** Zones that have kept one offset for years, for offsets that Etc/GMT±n cannot say. */
const ODD_OFFSETS: ReadonlyMap<number, string> = new Map([
  [-570, "Pacific/Marquesas"],
  [210, "Asia/Tehran"],
  [270, "Asia/Kabul"],
  [330, "Asia/Kolkata"],
  [345, "Asia/Kathmandu"],
  [390, "Asia/Yangon"],
  [525, "Australia/Eucla"],
  [570, "Australia/Darwin"],
]);
const WEST_MINUTES = -12 * 60;
const EAST_MINUTES = 14 * 60;

export function fitsTimezone(samples: readonly OffsetSample[], timezone: string): boolean {
  return samples.every(({ seconds, offsetMinutes }) => offsetMinutesAt(seconds, timezone) === offsetMinutes);
}

/** "Etc/GMT-1" is one hour east of Greenwich: POSIX counts westwards. Undefined if no zone has this offset. */
export function fixedTimezone(offsetMinutes: number): string | undefined {
  if (offsetMinutes === 0) return "UTC";
  if (offsetMinutes % 60 !== 0) return ODD_OFFSETS.get(offsetMinutes);
  if (offsetMinutes < WEST_MINUTES || offsetMinutes > EAST_MINUTES) return undefined;
  return `Etc/GMT${offsetMinutes > 0 ? "-" : "+"}${Math.abs(offsetMinutes) / 60}`;
}

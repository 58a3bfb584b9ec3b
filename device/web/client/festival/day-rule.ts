// By which rule days are told apart (M-38): what most events here say, as on a box (device/programme/festival-rule.ts).
import { DAY_START_DEFAULT_MINUTES, type DayRule, isKnownTimezone } from "../../../programme/festival-day.ts";
import type { Documents } from "./documents.ts";

/** `timezone` is the phone's own, where nothing else is known. */
export function dayRuleOf(documents: Documents, timezone: string): DayRule {
  const zones: string[] = [];
  const starts: number[] = [];
  for (const { document } of documents.all("event/1")) {
    const { when, frames } = document.fields;
    if (when?.m === "exact") zones.push(when.tz);
    const frame = frames?.[0] === undefined ? undefined : documents.made("frame/1", frames[0]);
    if (frame) starts.push(frame.document.fields.dayStart);
  }
  const [dayStart = DAY_START_DEFAULT_MINUTES] = byFrequency(starts);
  return { timezone: byFrequency(zones).find(isKnownTimezone) ?? timezone, dayStart };
}

function byFrequency<Value extends string | number>(values: readonly Value[]): readonly Value[] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).map(([value]) => value);
}

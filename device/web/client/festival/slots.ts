// The slot grid of a resource on one local day (H-03, H-04): what can be asked for, and what is taken already as far as is
// known here. Without slots of its own a thing has whole hours.
import { Temporal } from "temporal-polyfill";
import type { Occupancy } from "../../../../protocol/festival/occupancy.ts";
import type { CalendarDate } from "../../../../protocol/festival/when.ts";
import { knownClash } from "../../../act/ask.ts";
import { minuteOfWeek } from "../../../act/minute-of-week.ts";
import { isKnownTimezone } from "../../../programme/festival-day.ts";
import type { Slot } from "../phone.ts";
import type { Made } from "./documents.ts";

const HOUR_MINUTES = 60;
const MINUTES_PER_DAY = 1440;

/** None for a date that is none. */
export function slotsOf(
  resource: Made<"resource/1">,
  day: CalendarDate,
  { occupancy, timezone }: { readonly occupancy: Occupancy; readonly timezone: string },
): readonly Slot[] {
  const { slotMinutes = 0, tz } = resource.fields;
  const zone = tz !== undefined && isKnownTimezone(tz) ? tz : timezone;
  const length = slotMinutes || HOUR_MINUTES;
  const count = Math.floor(MINUTES_PER_DAY / length);
  const midnight = Temporal.PlainDate.from(day).toPlainDateTime();
  const at = (minutes: number) => midnight.add({ minutes }).toZonedDateTime(zone).epochMilliseconds / 1000;
  return Array.from({ length: count }, (_, slot): Slot => {
    const span = { start: at(slot * length), end: at((slot + 1) * length) };
    const clash =
      span.end > span.start
        ? knownClash(resource, { ...span, quantity: 1 }, occupancy, minuteOfWeek)
        : { why: "closed" };
    return { ...span, state: clash === undefined ? "free" : clash.why === "taken" ? "taken" : "closed" };
  }).filter(({ start, end }) => end > start);
}

// On which festival day something begins (M-38). Asks the calendar once a day, not once an event: 883 questions of it take
// a slow phone a second.
import { Temporal } from "temporal-polyfill";
import type { Span } from "../../../../protocol/festival/span.ts";
import type { CalendarDate, Seconds } from "../../../../protocol/festival/when.ts";
import { type DayRule, festivalDaySpan } from "../../../programme/festival-day.ts";

export class LocalDays {
  readonly rule: DayRule;
  readonly #days: (Span & { readonly date: CalendarDate })[] = [];

  constructor(rule: DayRule) {
    this.rule = rule;
  }

  dayOf(at: Seconds): CalendarDate {
    const known = this.#days.find(({ start, end }) => start <= at && at < end);
    if (known) return known.date;
    const { timezone, dayStart } = this.rule;
    const wall = Temporal.Instant.fromEpochMilliseconds(at * 1000)
      .toZonedDateTimeISO(timezone)
      .toPlainDateTime();
    const date = wall.subtract({ minutes: dayStart }).toPlainDate().toString();
    const span = festivalDaySpan(date, this.rule);
    if (span) this.#days.push({ ...span, date });
    return date;
  }
}

// When something happens, as a body says it (SPEC.md §8.3): an instant span, whole days, a part of a day, or words.
// Not a calendar: nothing here resolves a zone or expands a rule.

/** Seconds since 1970-01-01T00:00:00Z, an integer in 1970…2200. */
export type Seconds = number;

/** A date without a time or zone, "YYYY-MM-DD". */
export type CalendarDate = string;

export const DAY_PARTS = ["dawn", "morning", "noon", "afternoon", "evening", "night", "late"] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** The only form that can be booked. `wall` keeps the local time its author meant, "YYYY-MM-DDTHH:mm". */
export interface ExactWhen {
  readonly m: "exact";
  readonly start: Seconds;
  readonly end?: Seconds;
  readonly endOpen?: true;
  readonly tz: string;
  readonly wall?: string;
}

/** Whole days; `to` is exclusive, as in iCalendar. */
export interface DaysWhen {
  readonly m: "days";
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly tz: string;
}

export interface PartWhen {
  readonly m: "part";
  readonly day: CalendarDate;
  readonly part: DayPart;
  readonly tz: string;
}

/** "when the fire is lit" */
export interface WordsWhen {
  readonly m: "words";
  readonly text: string;
  readonly near?: CalendarDate;
}

export type When = ExactWhen | DaysWhen | PartWhen | WordsWhen;

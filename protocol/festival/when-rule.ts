// Rules for times (SPEC.md §8.3; M-04, M-05): instants, zones, calendar dates and the four forms of `when`.
// Syntax only. Whether a zone exists is not asked: devices have different zone databases, and must agree all the same.
import {
  type Fault,
  fault,
  integer,
  isMap,
  mark,
  oneOf,
  optional,
  pattern,
  type Rule,
  record,
  text,
  under,
} from "./rule.ts";
import { type CalendarDate, DAY_PARTS, type Seconds, type When } from "./when.ts";

const SECONDS_PER_MINUTE = 60;
const FIRST_YEAR = 1970;
/** A time beyond it is a unit mistaken for another (milliseconds), not a plan. */
const LAST_YEAR = 2200;
/** 2200-12-31T23:59:59Z */
const LAST_SECOND = 7_289_654_399;

export function seconds(): Rule<Seconds> {
  return integer(0, LAST_SECOND);
}

/** For whatever starts, ends or opens: nobody plans by the second, and equal times must be equal numbers. */
export function minute(): Rule<Seconds> {
  return (value) =>
    seconds()(value) ?? (Number(value) % SECONDS_PER_MINUTE === 0 ? undefined : fault("is not a whole minute"));
}

export function timezone(): Rule<string> {
  return pattern(/^[A-Za-z0-9_+\-/]{1,64}$/, "a zone name");
}

export function calendarDate(): Rule<CalendarDate> {
  return dateRule(/^(\d{4})-(\d{2})-(\d{2})$/, "a date");
}

/** The local time that an author meant, "YYYY-MM-DDTHH:mm". */
export function wallTime(): Rule<string> {
  return dateRule(/^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d$/, "a local time");
}

/** Half-open spans have a length (M-22). */
export function endAfterStart(span: { readonly start?: Seconds; readonly end?: Seconds }): Fault | undefined {
  if (span.start === undefined || span.end === undefined || span.end > span.start) return undefined;
  return fault("is not after its start", "end");
}

const WHEN_FORMS: { readonly [Form in When["m"]]: Rule<When> } = {
  exact: record(
    {
      m: oneOf("exact"),
      start: minute(),
      end: optional(minute()),
      endOpen: optional(mark()),
      tz: timezone(),
      wall: optional(wallTime()),
    },
    endAfterStart,
  ),
  days: record({ m: oneOf("days"), from: calendarDate(), to: calendarDate(), tz: timezone() }, ({ from, to }) =>
    to > from ? undefined : fault("is not after its first day", "to"),
  ),
  part: record({ m: oneOf("part"), day: calendarDate(), part: oneOf(...DAY_PARTS), tz: timezone() }),
  words: record({ m: oneOf("words"), text: text(1, 80), near: optional(calendarDate()) }),
};

export function when(): Rule<When> {
  const form = oneOf(...(Object.keys(WHEN_FORMS) as When["m"][]));
  return (value) => {
    if (!isMap(value)) return fault("is not a map");
    const named = value["m"] ?? null;
    return under("m", form(named)) ?? WHEN_FORMS[named as When["m"]](value);
  };
}

function dateRule(expression: RegExp, what: string): Rule<string> {
  return (value) => {
    const wrong = pattern(expression, what)(value);
    if (wrong !== undefined) return wrong;
    const [, year, month, day] = (expression.exec(value as string) ?? []).map(Number) as [
      number,
      number,
      number,
      number,
    ];
    return isDay(year, month, day) ? undefined : fault(`is not a day of ${FIRST_YEAR}–${LAST_YEAR}`);
  };
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const FEBRUARY = 2;

function isDay(year: number, month: number, day: number): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR || day < 1) return false;
  const leapDay = month === FEBRUARY && isLeapYear(year) ? 1 : 0;
  return day <= (DAYS_IN_MONTH[month - 1] ?? 0) + leapDay;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

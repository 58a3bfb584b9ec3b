// A small festival that is always now: for a box on a desk, where no programme has been imported. Pure; the same local
// day always gives the same events, so importing it again as the day turns adds only what is new.
import { Temporal } from "temporal-polyfill";
import type { Seconds } from "../../protocol/festival/when.ts";
import type { FileEvent, ProgrammeFile } from "../interchange/programme-file.ts";
import { DEMO_CANCELLED, DEMO_VENUES, type DemoQuarter, type DemoTitle, type DemoVenue } from "./demo-titles.ts";

/** Its origin is made of this (programme-source.ts): another title, and every box has the demo twice. */
const TITLE = "Lagerfeuer demo";
const HOUR_SECONDS = 3600;
const QUARTER_SECONDS = 6 * HOUR_SECONDS;
const QUARTERS: readonly DemoQuarter[] = ["night", "morning", "afternoon", "evening"];
/** Between two slots, to change places. */
const BREAK_SECONDS = 600;
/** After noon, when somebody looks at the screen. */
const CANCELLED_AFTER_SECONDS = 15 * HOUR_SECONDS;

/** The evening of yesterday, today and tomorrow, as `timezone` (IANA, known here) has them. */
export function demoProgramme(now: Seconds, timezone: string): ProgrammeFile {
  const today = Temporal.Instant.fromEpochMilliseconds(now * 1000)
    .toZonedDateTimeISO(timezone)
    .toPlainDate();
  const [yesterday, tomorrow] = [today.subtract({ days: 1 }), today.add({ days: 1 })];
  const evening = dayStart(today, timezone) - QUARTER_SECONDS;
  return {
    format: "schedule-json",
    title: TITLE,
    timezone,
    venues: DEMO_VENUES.map(({ name, capacity }) => ({ key: name, name, capacity })),
    events: [
      ...dayEvents(yesterday, timezone).filter(({ when }) => when?.m === "exact" && when.start >= evening),
      ...dayEvents(today, timezone),
      ...dayEvents(tomorrow, timezone),
    ],
    skipped: [],
    repaired: [],
  };
}

function dayEvents(day: Temporal.PlainDate, timezone: string): FileEvent[] {
  const start = dayStart(day, timezone) + CANCELLED_AFTER_SECONDS;
  const cancelled = demoEvent({
    ...DEMO_CANCELLED,
    uid: `${day}/cancelled`,
    span: { start, end: start + HOUR_SECONDS },
    timezone,
  });
  return [...DEMO_VENUES.flatMap((venue) => venueEvents(venue, day, timezone)), { ...cancelled, status: "cancelled" }];
}

/** Counts hours as they pass, not as the wall clock names them: a day of 23 or 25 is just shorter or longer. */
function venueEvents({ name: venue, ...plan }: DemoVenue, day: Temporal.PlainDate, timezone: string): FileEvent[] {
  const midnight = dayStart(day, timezone);
  const hours = (dayStart(day.add({ days: 1 }), timezone) - midnight) / HOUR_SECONDS;
  const turn = Math.round(dayStart(day, "UTC") / (24 * HOUR_SECONDS));
  const events: FileEvent[] = [];
  let hour = 0;
  for (let slot = 0; hour < hours; slot++) {
    const length = Math.min(plan.hours[slot % plan.hours.length] ?? 1, hours - hour);
    const start = midnight + plan.offsetMinutes * 60 + hour * HOUR_SECONDS;
    const end = start + length * HOUR_SECONDS - BREAK_SECONDS;
    const titles = plan.titles[QUARTERS[Math.floor(hour / 6)] ?? "evening"];
    const title = titles[(slot + turn) % titles.length] as DemoTitle;
    events.push(demoEvent({ ...title, uid: `${day}/${venue}/${slot}`, venue, span: { start, end }, timezone }));
    hour += length;
  }
  return events;
}

interface DemoSlot extends DemoTitle {
  readonly uid: string;
  readonly venue: string;
  readonly span: { readonly start: Seconds; readonly end: Seconds };
  readonly timezone: string;
}

function demoEvent({ uid, venue, title, host, lang, span, timezone }: DemoSlot): FileEvent {
  return {
    uid,
    venue,
    title,
    lang,
    when: { m: "exact", ...span, tz: timezone },
    status: "planned",
    tags: [],
    hosts: [{ name: host }],
    links: [],
  };
}

/** First second of a local day; not 00:00 where the clock skips it. */
function dayStart(day: Temporal.PlainDate, timezone: string): Seconds {
  return day.toZonedDateTime(timezone).epochMilliseconds / 1000;
}

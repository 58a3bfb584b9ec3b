// What stands at one door around one moment: a few questions to the tables, and nothing kept between them. A door is a
// name on a wall, so every venue that carries the name counts, whoever made it.
import type { Seconds } from "../../protocol/festival/when.ts";
import type { Database } from "../../sync/store/database.ts";
import { DAY_START_DEFAULT_MINUTES, type DayRule, festivalDayEnd, isKnownTimezone } from "./festival-day.ts";
import type { DoorProgramme, Slot } from "./slot.ts";

/** No screen lists more, and a flood of events must not stop the picture. */
const MAX_SLOTS = 100;
/** How far "tomorrow" looks. */
const LOOK_AHEAD_SECONDS = 14 * 86_400;
/** Where an event went whose new venue is not known here (M-09). */
const UNKNOWN_PLACE = "?";

interface SlotRow {
  readonly n: number;
  readonly moved: 0 | 1;
  readonly start: Seconds;
  readonly end: Seconds;
  readonly doc: string;
  readonly title: string;
  readonly hosts: string;
  readonly lang: string | null;
  readonly status: Slot["status"];
  readonly note: string | null;
  readonly endOpen: 0 | 1;
  readonly wasStart: Seconds | null;
}

interface RuleRow {
  readonly tz: string | null;
  readonly dayStart: number | null;
  readonly events: number;
}

export class DoorQuery {
  readonly #sql: Statements;
  readonly #timezone: string;

  /** `timezone` is the box's own, for doors at which nothing else is known. */
  constructor(database: Database, timezone: string) {
    this.#sql = prepareStatements(database);
    this.#timezone = timezone;
  }

  door(venue: string, at: Seconds): DoorProgramme {
    const rule = this.#dayRule(venue);
    const dayEnd = festivalDayEnd(at, rule);
    const today = this.#slots({ venue, endsAfter: at, from: 0, until: dayEnd, limit: MAX_SLOTS });
    const until = dayEnd + LOOK_AHEAD_SECONDS;
    const [tomorrow] = this.#slots({ venue, endsAfter: dayEnd, from: dayEnd, until, limit: 1 });
    const now = today.filter(({ start }) => start <= at);
    return {
      venue,
      timezone: rule.timezone,
      now: [...now.filter(takesPlace), ...now.filter((slot) => !takesPlace(slot))],
      next: today.filter(({ start }) => start > at),
      ...(tomorrow && { tomorrow }),
      empty: this.#sql.isEmpty.get() === 1,
    };
  }

  /** What most events at this door say. */
  #dayRule(venue: string): DayRule {
    const rows = this.#sql.rules.all({ venue });
    const zones = byWeight(rows, ({ tz }) => tz);
    const [dayStart = DAY_START_DEFAULT_MINUTES] = byWeight(rows, (row) => row.dayStart);
    return { timezone: zones.find(isKnownTimezone) ?? this.#timezone, dayStart };
  }

  #slots(window: SlotWindow): Slot[] {
    return this.#sql.slots.all(window).flatMap((row) => this.#slot(row, window.venue) ?? []);
  }

  #slot(row: SlotRow, venue: string): Slot | undefined {
    const { doc, title, start, end, status, lang, note, wasStart } = row;
    const movedTo = row.moved === 1 ? this.#sql.placeNames.all(row.n).map(placeName) : undefined;
    if (movedTo?.includes(venue)) return undefined;
    return {
      doc,
      title,
      hosts: JSON.parse(row.hosts) as string[],
      ...(lang !== null && { lang }),
      start,
      end,
      endOpen: row.endOpen === 1,
      status,
      ...(note !== null && { note }),
      ...(wasStart !== null && movedTo === undefined && { wasStart }),
      ...(movedTo && { movedTo: movedTo.join(", ") || UNKNOWN_PLACE }),
      going: this.#sql.going.get(doc) ?? { door: 0, people: 0 },
    };
  }
}

/** Known values, the one with most events first. */
function byWeight<Value extends string | number>(
  rows: readonly RuleRow[],
  fieldOf: (row: RuleRow) => Value | null,
): readonly Value[] {
  const weights = new Map<Value, number>();
  for (const row of rows) {
    const value = fieldOf(row);
    if (value !== null) weights.set(value, (weights.get(value) ?? 0) + row.events);
  }
  return [...weights]
    .sort(([a, weightA], [b, weightB]) => weightB - weightA || (a < b ? -1 : 1))
    .map(([value]) => value);
}

interface PlaceRow {
  readonly place: string;
  readonly name: string | null;
}

function placeName({ place, name }: PlaceRow): string {
  return name ?? (/^[0-9a-f]{64}$/.test(place) ? UNKNOWN_PLACE : place);
}

function takesPlace({ status, movedTo }: Slot): boolean {
  return (status === "planned" || status === "idea") && movedTo === undefined;
}

type Statements = ReturnType<typeof prepareStatements>;

interface SlotWindow {
  readonly venue: string;
  readonly endsAfter: Seconds;
  readonly from: Seconds;
  readonly until: Seconds;
  readonly limit: number;
}

/** CROSS JOIN keeps the order of tables that is written: from the name to the events, never the other way round. Why `+`: stored-row.ts. */
function prepareStatements(database: Database) {
  const door = "(SELECT doc AS place FROM venue WHERE name = +@venue UNION SELECT @venue) AS door";
  return {
    slots: database.prepare<[SlotWindow], SlotRow>(`
      SELECT event.n, min(moved) AS moved, start, "end", doc, title, hosts, lang, status, note,
        end_open AS endOpen, was_start AS wasStart
      FROM ${door} CROSS JOIN event_place USING (place) CROSS JOIN event ON event.n = event_place.event
      WHERE start >= +@from AND start < +@until AND "end" > +@endsAfter
      GROUP BY event.n ORDER BY start, moved, doc LIMIT +@limit`),
    rules: database.prepare<[{ readonly venue: string }], RuleRow>(`
      SELECT tz, day_start AS dayStart, count(*) AS events
      FROM ${door} CROSS JOIN event_place USING (place) CROSS JOIN event ON event.n = event_place.event
        LEFT JOIN frame ON frame.doc = event.frame
      WHERE moved = 0 GROUP BY tz, day_start`),
    placeNames: database.prepare<[number], PlaceRow>(`
      SELECT place, name FROM event_place LEFT JOIN venue ON venue.doc = place
      WHERE event = +? AND moved = 0 ORDER BY name, place`),
    going: database.prepare<[string], Slot["going"]>(`
      SELECT ifnull(sum(door), 0) AS door,
        count(DISTINCT CASE WHEN going = 'yes' AND door IS NULL THEN author END) AS people
      FROM rsvp WHERE event = +?`),
    isEmpty: database
      .prepare<[], number>(
        "SELECT NOT EXISTS (SELECT 1 FROM document WHERE schema IN ('event/1', 'resource/1', 'frame/1'))",
      )
      .pluck(),
  };
}

// By which rule days are told apart (M-38), where a list or a door does not say: what most events here say.
import type { Database } from "../../sync/store/database.ts";
import { DAY_START_DEFAULT_MINUTES, type DayRule, isKnownTimezone } from "./festival-day.ts";

export class FestivalRule {
  readonly #timezone: string;
  readonly #sql: Statements;

  /** `timezone` is the box's own, where nothing else is known. */
  constructor(database: Database, timezone: string) {
    this.#timezone = timezone;
    this.#sql = prepareStatements(database);
  }

  atDoor(venue: string): DayRule {
    return this.#mostSay(this.#sql.atDoor.all({ venue }));
  }

  /** Of one frame, as far as it says. */
  ofFrame(frame: string | undefined): DayRule {
    const found = frame === undefined ? undefined : this.#sql.frame.get(frame);
    const rule = this.#mostSay(this.#sql.everywhere.all());
    if (found === undefined) return rule;
    const { tz, dayStart } = found;
    return { timezone: tz !== null && isKnownTimezone(tz) ? tz : rule.timezone, dayStart };
  }

  #mostSay(rows: readonly RuleRow[]): DayRule {
    const zones = byWeight(rows, ({ tz }) => tz);
    const [dayStart = DAY_START_DEFAULT_MINUTES] = byWeight(rows, (row) => row.dayStart);
    return { timezone: zones.find(isKnownTimezone) ?? this.#timezone, dayStart };
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

interface RuleRow {
  readonly tz: string | null;
  readonly dayStart: number | null;
  readonly events: number;
}

type Statements = ReturnType<typeof prepareStatements>;

/** CROSS JOIN keeps the order of tables that is written. Why `+`: stored-row.ts. */
function prepareStatements(database: Database) {
  const door =
    "(SELECT doc AS place FROM resource WHERE kind = 'venue' AND title = +@venue UNION SELECT @venue) AS door";
  const counted = "event.tz, day_start AS dayStart, count(*) AS events";
  return {
    atDoor: database.prepare<[{ readonly venue: string }], RuleRow>(`
      SELECT ${counted}
      FROM ${door} CROSS JOIN event_place USING (place) CROSS JOIN event ON event.n = event_place.event
        LEFT JOIN frame ON frame.doc = event.frame
      WHERE moved = 0 GROUP BY event.tz, day_start`),
    everywhere: database.prepare<[], RuleRow>(
      `SELECT ${counted} FROM event LEFT JOIN frame ON frame.doc = event.frame GROUP BY event.tz, day_start`,
    ),
    frame: database.prepare<[string], { readonly tz: string | null; readonly dayStart: number }>(
      "SELECT tz, day_start AS dayStart FROM frame WHERE doc = +?",
    ),
  };
}

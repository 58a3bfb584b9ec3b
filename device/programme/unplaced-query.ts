// "Sometime, somewhere": what has no time or no place yet, and so stands at no door. What has a day or a part of
// one is asked for on that festival day only.
import type { Span } from "../../protocol/festival/span.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import type { Database } from "../../sync/store/database.ts";
import type { Unplaced } from "./slot.ts";

/** More than any screen has room for. */
const MAX_UNPLACED = 30;

export interface UnplacedRow {
  /** Its row. */
  readonly n: number;
  readonly doc: string;
  readonly author: Uint8Array;
  readonly title: string;
  readonly lang: string | null;
  /** Null unless it is exact. */
  readonly start: Seconds | null;
}

export class UnplacedQuery {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  /** What has a time comes first. */
  unplaced(day: Span, mayStand: (row: UnplacedRow) => boolean, placeOf: (row: UnplacedRow) => string): Unplaced[] {
    const rows: UnplacedRow[] = [];
    for (const row of this.#sql.unplaced.iterate(day)) {
      if (mayStand(row)) rows.push(row);
      if (rows.length >= MAX_UNPLACED) break;
    }
    return rows.map((row) => {
      const { doc, title, lang, start } = row;
      const place = placeOf(row);
      return {
        doc,
        title,
        ...(lang !== null && { lang }),
        ...(start !== null && { start }),
        ...(place !== "" && { place }),
      };
    });
  }
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database) {
  return {
    unplaced: database.prepare<[Span], UnplacedRow>(
      `SELECT n, doc, author, title, lang, iif(tz IS NULL, NULL, start) AS start FROM event
      WHERE status IN ('idea', 'planned') AND (start IS NULL OR (start < @end AND "end" > @start)) AND (
        tz IS NULL OR NOT EXISTS (SELECT 1 FROM event_place WHERE event = n AND moved = 0)
          AND NOT EXISTS (SELECT 1 FROM booking CROSS JOIN resource ON resource.doc = booking.resource
            WHERE booking.event = event.doc AND kind = 'venue'))
      ORDER BY tz IS NULL, start IS NULL, start, folded, doc`,
    ),
  };
}

// Where an event is: what its author says, what was granted, and what has become of those places.
import type { LogId } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import type { EventPlace } from "./event-filter.ts";
import { Standing } from "./standing.ts";

const ID = /^[0-9a-f]{64}$/;

export class PlaceQuery {
  readonly #standing: Standing;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#standing = new Standing(database, logId);
    this.#sql = prepareStatements(database);
  }

  /** `n` is its row, `doc` its id. */
  places({ n, doc }: { readonly n: number; readonly doc: string }): EventPlace[] {
    const claimed = this.#sql.claimed.all(doc, n).map((row) => this.#claimed(row));
    const granted = this.#sql.granted.all(doc, n).map((row) => ({ ...row, state: "confirmed" as const }));
    const places = [...claimed, ...granted];
    return places.length > 0 ? places : this.#lost(doc);
  }

  #claimed({ place, name, isGranted }: PlaceRow): EventPlace {
    if (name !== null) return { doc: place, name, state: isGranted === 1 ? "confirmed" : "claimed" };
    if (!ID.test(place)) return { name: place, state: "claimed" };
    return { doc: place, state: this.#standing.of(place) === "withdrawn" ? "lost" : "awaited" };
  }

  /** It had no place but what it asked for; of a tombstone nobody can tell what it was. */
  #lost(event: string): EventPlace[] {
    return this.#sql.asked
      .all(event)
      .filter((resource) => this.#standing.of(resource) === "withdrawn")
      .map((resource) => ({ doc: resource, state: "lost" }));
  }
}

interface PlaceRow {
  readonly place: string;
  readonly name: string | null;
  readonly isGranted: 0 | 1;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    claimed: database.prepare<[string, number], PlaceRow>(
      `SELECT place, title AS name, booking.event IS NOT NULL AS isGranted
      FROM event_place LEFT JOIN resource ON resource.doc = place
        LEFT JOIN booking ON booking.resource = place AND booking.event = +?
      WHERE event_place.event = +? AND moved = 0 ORDER BY name, place`,
    ),
    granted: database.prepare<[string, number], { readonly doc: string; readonly name: string }>(
      `SELECT doc, title AS name FROM booking CROSS JOIN resource ON resource.doc = booking.resource
      WHERE booking.event = +? AND kind = 'venue' AND NOT EXISTS (
        SELECT 1 FROM event_place WHERE event_place.event = +? AND place = doc AND moved = 0
      ) ORDER BY title, doc`,
    ),
    asked: database
      .prepare<[string], string>(
        `SELECT DISTINCT resource FROM request CROSS JOIN event ON event.doc = request.event
        WHERE request.event = +? AND request.author = event.author ORDER BY resource`,
      )
      .pluck(),
  };
}

// The narrow tables that a door asks: what is shown of each document, and nothing of the others. One row of `document`
// is shown or hidden as a whole.
import type { EventFields } from "../../protocol/festival/schema/event.ts";
import type { Document } from "../../protocol/festival/view.ts";
import { fromHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { type EventHistory, formerStart, leftPlaces, placesOf, type Span, spanOf } from "./event-history.ts";

const ID_DIGITS = 64;

export class ShownTables {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  hide(n: number): void {
    for (const statement of this.#sql.hide) statement.run(n);
  }

  show(n: number, document: Document, history: EventHistory): void {
    switch (document.schema) {
      case "event/1":
        this.#showEvent(n, document.doc, document.fields, history);
        return;
      case "resource/1":
        if (document.fields.kind === "venue") this.#sql.venue.run(n, document.doc, document.fields.title);
        return;
      case "frame/1":
        this.#sql.frame.run(n, document.doc, document.fields.dayStart);
        return;
      case "rsvp/1": {
        const { going, door } = document.fields;
        this.#sql.rsvp.run(n, document.key.slice(0, ID_DIGITS), fromHex(document.author), going, door ?? null);
        return;
      }
      case "profile/1":
        return;
    }
  }

  #showEvent(n: number, doc: string, fields: EventFields, history: EventHistory): void {
    const { title, hosts = [], lang, status, note, when, frames } = fields;
    const exact = when?.m === "exact" ? when : undefined;
    this.#sql.event.run({
      n,
      doc,
      title,
      hosts: JSON.stringify(hosts.flatMap(({ name }) => name || [])),
      lang: lang?.toLowerCase() ?? null,
      status,
      note: note || null,
      tz: exact?.tz ?? null,
      endOpen: exact && (exact.end === undefined || exact.endOpen) ? 1 : 0,
      wasStart: (exact && formerStart(history)) ?? null,
      frame: frames?.[0] ?? null,
    });
    const places = placesOf(fields);
    for (const place of places) this.#showAt(n, place, spanOf(when), 0);
    for (const [place, span] of leftPlaces(history, places)) this.#showAt(n, place, span, 1);
  }

  #showAt(n: number, place: string, span: Span | undefined, moved: 0 | 1): void {
    this.#sql.place.run(n, place, span?.start ?? null, span?.end ?? null, moved);
  }
}

type Statements = ReturnType<typeof prepareStatements>;

interface EventRow {
  readonly n: number;
  readonly doc: string;
  readonly title: string;
  readonly hosts: string;
  readonly lang: string | null;
  readonly status: string;
  readonly note: string | null;
  readonly tz: string | null;
  readonly endOpen: 0 | 1;
  readonly wasStart: number | null;
  readonly frame: string | null;
}

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Maybe = number | null;
  return {
    hide: [
      database.prepare<[number]>("DELETE FROM event WHERE n = +?"),
      database.prepare<[number]>("DELETE FROM event_place WHERE event = +?"),
      database.prepare<[number]>("DELETE FROM venue WHERE n = +?"),
      database.prepare<[number]>("DELETE FROM frame WHERE n = +?"),
      database.prepare<[number]>("DELETE FROM rsvp WHERE n = +?"),
    ],
    event: database.prepare<[EventRow]>(
      `INSERT INTO event VALUES
      (@n, @doc, @title, @hosts, @lang, @status, @note, @tz, @endOpen, @wasStart, @frame)`,
    ),
    place: database.prepare<[number, string, Maybe, Maybe, 0 | 1]>("INSERT INTO event_place VALUES (?, ?, ?, ?, ?)"),
    venue: database.prepare<[number, string, string]>("INSERT INTO venue VALUES (?, ?, ?)"),
    frame: database.prepare<[number, string, number]>("INSERT INTO frame VALUES (?, ?, ?)"),
    rsvp: database.prepare<[number, string, Uint8Array, string, Maybe]>("INSERT INTO rsvp VALUES (?, ?, ?, ?, ?)"),
  };
}

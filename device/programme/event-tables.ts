// What is shown of events: what lists print, when and where they are, and by what they are found.
import type { MadeDocument } from "../../protocol/festival/view.ts";
import { fromHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { type EventHistory, formerPlan, leftPlaces, placesOf, type Span, spanOf } from "./event-history.ts";
import { whenSpan } from "./when-span.ts";

export type EventDocument = Extract<MadeDocument, { readonly schema: "event/1" }>;

/** Searching and filtering mean the same with capitals and without. */
export function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** A property by which events are found, as a key. */
export function termOf(property: "tag" | "kind" | "frame" | "host" | "name", value: string): string {
  return `${property}:${folded(value)}`;
}

export class EventTables {
  readonly #sql: Statements;

  constructor(database: Database) {
    this.#sql = prepareStatements(database);
  }

  hide(n: number): void {
    for (const statement of this.#sql.hide) statement.run(n);
  }

  /** Whether what follows from the event and others stays as it is, if this is shown in its place. */
  settlesAlike(n: number, { fields }: EventDocument): boolean {
    const shown = this.#sql.settled.get(n);
    return shown !== undefined && shown.status === fields.status && shown.capacity === (fields.capacity ?? 0);
  }

  show(n: number, document: EventDocument, history: EventHistory): void {
    const { doc, author, fields } = document;
    const { title, hosts = [], lang, status, note, when, frames, capacity, origin, expires } = fields;
    const exact = when?.m === "exact" ? when : undefined;
    const { start = null, end = null, sort = null } = whenSpan(when) ?? {};
    const former = exact && formerPlan(history);
    this.#sql.event.run({
      n,
      doc,
      author: fromHex(author),
      title,
      folded: folded(title),
      hosts: JSON.stringify(hosts.flatMap(({ name }) => name || [])),
      lang: lang?.toLowerCase() ?? null,
      status,
      note: note || null,
      when: when === undefined ? null : JSON.stringify(when),
      tz: exact?.tz ?? null,
      endOpen: exact && (exact.end === undefined || exact.endOpen) ? 1 : 0,
      wasStart: former?.span.start ?? null,
      frame: frames?.[0] ?? null,
      start,
      end,
      sort,
      capacity: capacity ?? 0,
      imported: origin === undefined ? 0 : 1,
      expires: expires ?? null,
    });
    for (const term of termsOf(document)) this.#sql.term.run(term, n);
    const places = placesOf(fields);
    for (const place of places) this.#showAt(n, place, spanOf(when), 0);
    for (const [place, span] of leftPlaces(history, places)) this.#showAt(n, place, span, 1);
    for (const place of former?.places ?? []) if (places.includes(place)) this.#showAt(n, place, former?.span, 1);
  }

  #showAt(n: number, place: string, span: Span | undefined, moved: 0 | 1): void {
    this.#sql.place.run(n, place, span?.start ?? null, span?.end ?? null, moved);
  }
}

function termsOf({ fields }: EventDocument): ReadonlySet<string> {
  const { kind, tags = [], frames = [], hosts = [] } = fields;
  return new Set([
    ...(kind ? [termOf("kind", kind)] : []),
    ...tags.map((tag) => termOf("tag", tag)),
    ...frames.map((frame) => termOf("frame", frame)),
    ...hosts.flatMap(({ key }) => (key === undefined ? [] : termOf("host", key))),
    ...hosts.flatMap(({ name }) => (name ? termOf("name", name) : [])),
  ]);
}

type Statements = ReturnType<typeof prepareStatements>;

interface EventRow {
  readonly n: number;
  readonly doc: string;
  readonly author: Uint8Array;
  readonly title: string;
  readonly folded: string;
  readonly hosts: string;
  readonly lang: string | null;
  readonly status: string;
  readonly note: string | null;
  readonly when: string | null;
  readonly tz: string | null;
  readonly endOpen: 0 | 1;
  readonly wasStart: number | null;
  readonly frame: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly sort: number | null;
  readonly capacity: number;
  readonly imported: 0 | 1;
  readonly expires: number | null;
}

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Maybe = number | null;
  return {
    hide: [
      database.prepare<[number]>("DELETE FROM event WHERE n = +?"),
      database.prepare<[number]>("DELETE FROM event_term WHERE event = +?"),
      database.prepare<[number]>("DELETE FROM event_place WHERE event = +?"),
    ],
    settled: database.prepare<[number], Pick<EventRow, "status" | "capacity">>(
      "SELECT status, capacity FROM event WHERE n = +?",
    ),
    event: database.prepare<[EventRow]>(
      `INSERT INTO event VALUES (@n, @doc, @author, @title, @folded, @hosts, @lang, @status, @note, @when, @tz, @endOpen,
        @wasStart, @frame, @start, @end, @sort, @capacity, @imported, @expires)`,
    ),
    term: database.prepare<[string, number]>("INSERT INTO event_term VALUES (?, ?)"),
    place: database.prepare<[number, string, Maybe, Maybe, 0 | 1]>("INSERT INTO event_place VALUES (?, ?, ?, ?, ?)"),
  };
}

// Lists of events: what is asked for, in the order of time, vague times in their part of the day and "sometime,
// somewhere" at the end (R-02, R-28).

import type { Identities } from "../../protocol/festival/identities.ts";
import type { EventFields } from "../../protocol/festival/schema/event.ts";
import type { Span } from "../../protocol/festival/span.ts";
import type { When } from "../../protocol/festival/when.ts";
import { fromHex, type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { DocumentQuery } from "./document-query.ts";
import type { ConfirmedPart, EventFilter, EventSummary } from "./event-filter.ts";
import { folded, termOf } from "./event-tables.ts";
import { festivalDaySpan } from "./festival-day.ts";
import { FestivalRule } from "./festival-rule.ts";
import { GoingQuery } from "./going-query.ts";
import { IdentityQuery } from "./identity-query.ts";
import { PlaceQuery } from "./place-query.ts";

const HEX_ID = /^[0-9a-f]{64}$/;

export interface EventQueryOptions {
  readonly logId: LogId;
  readonly timezone: string;
}

export class EventQuery {
  readonly #database: Database;
  readonly #documents: DocumentQuery;
  readonly #going: GoingQuery;
  readonly #identities: IdentityQuery;
  readonly #places: PlaceQuery;
  readonly #rule: FestivalRule;
  readonly #sql: Statements;

  constructor(database: Database, { logId, timezone }: EventQueryOptions) {
    this.#database = database;
    this.#documents = new DocumentQuery(database, logId);
    this.#going = new GoingQuery(database);
    this.#identities = new IdentityQuery(database);
    this.#places = new PlaceQuery(database, logId);
    this.#rule = new FestivalRule(database, timezone);
    this.#sql = prepareStatements(database);
  }

  events(filter: EventFilter): EventSummary[] {
    const identities = this.#identities.identities();
    return this.#rows(filter).map((row) => this.#summary(row, identities));
  }

  #rows(filter: EventFilter): EventRow[] {
    const { hidden, limit = Number.POSITIVE_INFINITY } = filter;
    const conditions = this.#conditions(filter);
    if (conditions === undefined || limit <= 0) return [];
    const where = ["TRUE", ...conditions.map(({ sql }) => sql)].join(" AND ");
    const parameters = Object.assign({}, ...conditions.map(({ values }) => values)) as Parameters;
    const question = this.#database.prepare<[Parameters], EventRow>(`${SELECT_EVENT} WHERE ${where} ${ORDER}`);
    if (hidden === undefined && limit === Number.POSITIVE_INFINITY) return question.all(parameters);
    const rows: EventRow[] = [];
    for (const row of question.iterate(parameters)) {
      if (hidden?.(row.doc, toHex(row.author), row.title)) continue;
      rows.push(row);
      if (rows.length >= limit) break;
    }
    return rows;
  }

  /** Nothing where the filter names something that cannot be: a day that is none, a pick that is not here. */
  #conditions(filter: EventFilter): Condition[] | undefined {
    const { day, frame, pick } = filter;
    const daySpan = day === undefined ? undefined : festivalDaySpan(day, this.#rule.ofFrame(frame));
    const picked = pick === undefined ? undefined : this.#picked(pick);
    if ((day !== undefined && daySpan === undefined) || (pick !== undefined && picked === undefined)) return undefined;
    return [
      ...timeConditions(filter, daySpan),
      ...termConditions(filter),
      ...placeConditions(filter),
      ...(picked === undefined ? [] : [{ sql: "doc IN (SELECT value FROM json_each(@picked))", values: { picked } }]),
    ];
  }

  #picked(pick: string): string | undefined {
    const found = this.#documents.document(pick);
    return found.status === "shown" && found.document.schema === "pick/1"
      ? JSON.stringify(found.document.fields.items)
      : undefined;
  }

  #summary(row: EventRow, identities: Identities): EventSummary {
    const { doc, title, status, when, start, end, lang, note } = row;
    return {
      doc,
      title,
      status,
      ...(when !== null && { when: JSON.parse(when) as When }),
      ...(start !== null && end !== null && { span: { start, end } }),
      places: this.#places.places(row),
      hosts: JSON.parse(row.hosts) as string[],
      author: toHex(row.author),
      ...(lang !== null && { lang }),
      ...(note !== null && { note }),
      imported: row.imported === 1,
      confirmed: this.#confirmed(doc),
      going: this.#going.going(doc, identities),
    };
  }

  #confirmed(doc: string): ConfirmedPart {
    const row = this.#sql.confirmed.get(doc);
    if (row === undefined) return { asked: 0, accepted: 0 };
    return { ...row, percent: Math.floor((100 * row.accepted) / row.asked) };
  }
}

interface Condition {
  readonly sql: string;
  readonly values: Parameters;
}

type Parameters = Readonly<Record<string, string | number | Uint8Array>>;

function timeConditions({ window, now, clock }: EventFilter, day: Span | undefined): Condition[] {
  return [
    ...(window ? [{ sql: 'start < @to AND "end" > @from', values: window }] : []),
    ...(now === undefined ? [] : [{ sql: 'start <= @now AND "end" > @now AND tz IS NOT NULL', values: { now } }]),
    ...(clock === undefined ? [] : [{ sql: "(expires IS NULL OR expires > @clock)", values: { clock } }]),
    ...(day
      ? [
          {
            sql: 'start < @dayEnd AND "end" > @dayStart AND (tz IS NULL OR start >= @dayStart)',
            values: { dayStart: day.start, dayEnd: day.end },
          },
        ]
      : []),
  ];
}

function termConditions({ kind, tag, frame, host, words = "", status, author }: EventFilter): Condition[] {
  const terms = [
    ...(kind === undefined ? [] : [termOf("kind", kind)]),
    ...(tag === undefined ? [] : [termOf("tag", tag)]),
    ...(frame === undefined ? [] : [termOf("frame", frame)]),
    ...(host === undefined ? [] : [termOf(HEX_ID.test(host) ? "host" : "name", host)]),
  ];
  const asked = folded(words).split(/\s+/).filter(Boolean);
  return [
    ...terms.map((term, index) => ({
      sql: `n IN (SELECT event FROM event_term WHERE term = @term${index})`,
      values: { [`term${index}`]: term },
    })),
    ...asked.map((word, index) => ({ sql: `instr(folded, @word${index}) > 0`, values: { [`word${index}`]: word } })),
    ...(status === undefined ? [] : [{ sql: "status = @status", values: { status } }]),
    ...(author === undefined ? [] : [{ sql: "author = @author", values: { author: fromHex(author) } }]),
  ];
}

function placeConditions({ venue }: EventFilter): Condition[] {
  if (venue === undefined) return [];
  const places = `SELECT @venue UNION SELECT resource.doc FROM resource WHERE kind = 'venue' AND title = @venue`;
  const claimed = `SELECT event FROM event_place WHERE moved = 0 AND place IN (${places})`;
  const granted = `SELECT event.n FROM booking CROSS JOIN event ON event.doc = booking.event WHERE resource IN (${places})`;
  return [{ sql: `n IN (${claimed} UNION ${granted})`, values: { venue } }];
}

const SELECT_EVENT = `
  SELECT n, doc, author, title, hosts, lang, status, note, "when", start, "end", imported FROM event`;
const ORDER = "ORDER BY sort IS NULL, sort, folded, doc";

interface EventRow {
  readonly n: number;
  readonly doc: string;
  readonly author: Uint8Array;
  readonly title: string;
  readonly hosts: string;
  readonly lang: string | null;
  readonly status: EventFields["status"];
  readonly note: string | null;
  readonly when: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly imported: 0 | 1;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    confirmed: database.prepare<[string], { readonly asked: number; readonly accepted: number }>(
      "SELECT asked, accepted FROM confirmed WHERE event = +?",
    ),
  };
}

// What follows from several documents together, after each commit: who holds what, and how far each event is confirmed.
// Works out anew from the tables what a commit touched.
import { confirmed } from "../../protocol/festival/confirmed.ts";
import type { Identities } from "../../protocol/festival/identities.ts";
import { type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { OccupancyQuery } from "./occupancy-query.ts";
import { OutcomeTable } from "./outcome-table.ts";
import { RequestQuery } from "./request-query.ts";
import type { Touched } from "./touched.ts";

export class Settlement {
  readonly #sql: Statements;
  readonly #occupancies: OccupancyQuery;
  readonly #outcomes: OutcomeTable;
  readonly #requests: RequestQuery;
  readonly #touched: Touched;

  constructor(database: Database, { logId, touched }: { readonly logId: LogId; readonly touched: Touched }) {
    this.#sql = prepareStatements(database);
    this.#occupancies = new OccupancyQuery(database, logId);
    this.#outcomes = new OutcomeTable(database);
    this.#requests = new RequestQuery(database, logId);
    this.#touched = touched;
  }

  settle(identities: Identities): void {
    const { things, events, links } = this.#touched;
    for (const thing of things) this.#settleThing(thing);
    // Whose keys are whose concerns whatever was asked for.
    if (links.length > 0) for (const event of this.#sql.asked.all()) events.add(event);
    for (const event of events) this.#settleEvent(event, identities);
  }

  #settleThing(thing: string): void {
    if (this.#sql.isAnswered.get({ thing }) === 0) return;
    const occupancy = this.#occupancies.occupancy(thing) ?? this.#occupancies.seats(thing);
    for (const subject of this.#outcomes.save(thing, occupancy)) {
      const event = this.#sql.eventOf.get(subject);
      if (event !== undefined) this.#touched.events.add(event);
    }
  }

  #settleEvent(event: string, identities: Identities): void {
    if (this.#sql.isAsked.get({ event }) === 0) return;
    this.#sql.dropConfirmed.run(event);
    this.#sql.dropBookings.run(event);
    const maker = this.#sql.maker.get(event);
    if (maker === undefined) return;
    const author = toHex(maker);
    const requests = this.#requests.asked(event, author, identities);
    if (requests.length === 0) return;
    const { asked, accepted } = confirmed(author, requests);
    if (asked > 0) this.#sql.confirm.run(event, asked, accepted);
    if (accepted === 0) return;
    for (const [resource, some] of Map.groupBy(requests, (request) => request.resource)) {
      if (confirmed(author, some).accepted > 0) this.#sql.book.run(resource, event);
    }
  }
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  return {
    isAnswered: database
      .prepare<[{ readonly thing: string }], 0 | 1>(
        `SELECT EXISTS (SELECT 1 FROM answer WHERE resource = +@thing)
        OR EXISTS (SELECT 1 FROM outcome WHERE resource = +@thing)`,
      )
      .pluck(),
    isAsked: database
      .prepare<[{ readonly event: string }], 0 | 1>(
        `SELECT EXISTS (SELECT 1 FROM request WHERE event = +@event)
        OR EXISTS (SELECT 1 FROM confirmed WHERE event = +@event)
        OR EXISTS (SELECT 1 FROM booking WHERE event = +@event)`,
      )
      .pluck(),
    asked: database.prepare<[], string>("SELECT DISTINCT event FROM request").pluck(),
    eventOf: database.prepare<[string], string>("SELECT event FROM request WHERE doc = +?").pluck(),
    maker: database.prepare<[string], Uint8Array>("SELECT author FROM event WHERE doc = +?").pluck(),
    dropConfirmed: database.prepare<[string]>("DELETE FROM confirmed WHERE event = +?"),
    dropBookings: database.prepare<[string]>("DELETE FROM booking WHERE event = +?"),
    confirm: database.prepare<[string, number, number]>("INSERT INTO confirmed VALUES (?, ?, ?)"),
    book: database.prepare<[string, string]>("INSERT INTO booking VALUES (?, ?)"),
  };
}

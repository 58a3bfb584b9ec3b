// What follows from several documents together, after each commit: who holds what, and how far each event is confirmed.
// Knows which things a commit touched, and works those out anew from the tables; so the order of arrival cannot matter.

import { confirmed } from "../../protocol/festival/confirmed.ts";
import type { Identities } from "../../protocol/festival/identities.ts";
import { type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { IdentityQuery } from "./identity-query.ts";
import { OccupancyQuery } from "./occupancy-query.ts";
import { OutcomeTable } from "./outcome-table.ts";
import { RequestQuery } from "./request-query.ts";

export class Settlement {
  readonly #sql: Statements;
  readonly #occupancies: OccupancyQuery;
  readonly #outcomes: OutcomeTable;
  readonly #requests: RequestQuery;
  readonly #identities: IdentityQuery;
  readonly #things = new Set<string>();
  readonly #events = new Set<string>();
  #linksChanged = false;

  constructor(database: Database, logId: LogId) {
    this.#sql = prepareStatements(database);
    this.#occupancies = new OccupancyQuery(database, logId);
    this.#outcomes = new OutcomeTable(database);
    this.#requests = new RequestQuery(database, logId);
    this.#identities = new IdentityQuery(database);
  }

  /** The resource, or the event with seats, or an answer about it changed. */
  touchThing(doc: string): void {
    this.#things.add(doc);
  }

  /** The event or a request for it changed, or came, or went. */
  touchEvent(doc: string): void {
    this.#events.add(doc);
  }

  /** Whose keys are whose changed: that concerns whatever was asked for. */
  touchLinks(): void {
    this.#linksChanged = true;
  }

  settle(): void {
    for (const thing of this.#things) this.#settleThing(thing);
    this.#things.clear();
    if (this.#linksChanged) for (const event of this.#sql.asked.all()) this.#events.add(event);
    this.#linksChanged = false;
    if (this.#events.size === 0) return;
    const identities = this.#identities.identities();
    for (const event of this.#events) this.#settleEvent(event, identities);
    this.#events.clear();
  }

  #settleThing(thing: string): void {
    if (this.#sql.isAnswered.get({ thing }) === 0) return;
    const occupancy = this.#occupancies.occupancy(thing) ?? this.#occupancies.seats(thing);
    for (const subject of this.#outcomes.save(thing, occupancy)) {
      const event = this.#sql.eventOf.get(subject);
      if (event !== undefined) this.#events.add(event);
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

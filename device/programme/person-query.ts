// Who somebody is here: the name that a key gives itself, and what it does. Roles are read from what stands there
// now and kept nowhere: whoever withdraws the event hosts it no longer.
import type { ProfileFields } from "../../protocol/festival/schema/profile.ts";
import { fromHex, type LogId } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { DocumentQuery } from "./document-query.ts";
import { termOf } from "./event-tables.ts";

export interface Person {
  readonly key: string;
  /** As the key says itself; absent where it says none, and it is known by its animal. */
  readonly name?: string;
  readonly is?: ProfileFields["is"];
  readonly roles: Roles;
}

/** What is here of it; what was copied from elsewhere counts for nobody (M-18). */
export interface Roles {
  /** Events that it made. */
  readonly hosts: number;
  /** Events of others, and copied ones, that name its key. */
  readonly performs: number;
  /** Resources that it made. */
  readonly lends: number;
  /** Events to which it said yes. */
  readonly comes: number;
}

export class PersonQuery {
  readonly #documents: DocumentQuery;
  readonly #sql: Statements;

  constructor(database: Database, logId: LogId) {
    this.#documents = new DocumentQuery(database, logId);
    this.#sql = prepareStatements(database);
  }

  person(key: string): Person {
    const [profile] = this.#documents.keyed("profile/1", key);
    const { name, is } = profile?.fields ?? {};
    return { key, ...(name && { name }), ...(is !== undefined && { is }), roles: this.#roles(key) };
  }

  /** Arrival of the newest of its operations here; nothing without any (D-29). */
  arrived(key: string): number | undefined {
    return this.#sql.arrived.get(fromHex(key)) ?? undefined;
  }

  #roles(key: string): Roles {
    const author = fromHex(key);
    const count = (statement: Statements["hosts"]) => statement.get(author) ?? 0;
    return {
      hosts: count(this.#sql.hosts),
      performs: this.#sql.performs.get(termOf("host", key), author) ?? 0,
      lends: count(this.#sql.lends),
      comes: count(this.#sql.comes),
    };
  }
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  const count = (rows: string) => database.prepare<[Bytes], number>(`SELECT count(*) FROM ${rows}`).pluck();
  return {
    hosts: count("event WHERE author = +? AND imported = 0"),
    lends: count("resource WHERE author = +? AND imported = 0"),
    comes: database
      .prepare<[Bytes], number>(
        `SELECT count(DISTINCT event) FROM document CROSS JOIN rsvp ON rsvp.event = substr(name, 1, 64) AND rsvp.n = document.n
        WHERE document.author = +? AND schema = 'rsvp/1' AND going = 'yes' AND door IS NULL`,
      )
      .pluck(),
    performs: database
      .prepare<[string, Bytes], number>(
        `SELECT count(*) FROM event_term CROSS JOIN event ON event.n = event_term.event
        WHERE term = +? AND (author <> +? OR imported = 1)`,
      )
      .pluck(),
    arrived: database
      .prepare<[Bytes], number | null>(
        "SELECT max(operation.n) FROM log CROSS JOIN operation ON log_n = log.n WHERE author = +?",
      )
      .pluck(),
  };
}

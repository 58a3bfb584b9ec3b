// The materialised festival: what the operations of this replica mean, as tables beside them in the same file. Changes
// in the transaction that stores an operation, or not at all; can always be made again from the operations.
import type { OpenState } from "../../protocol/festival/document-state.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import type { LogId, VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { CommitHook } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import { DocumentTable } from "./document-table.ts";
import { DoorQuery } from "./door-query.ts";
import { FestivalLogs } from "./festival-logs.ts";
import type { DoorProgramme } from "./slot.ts";
import { createTables, tablesAreCurrent } from "./tables.ts";

export interface ProgrammeOptions {
  /** Which of each author's logs is this festival. Others are carried, and mean nothing here. */
  readonly logId: LogId;
  /** IANA name: the box's own zone. */
  readonly timezone: string;
}

export interface ProgrammeCounts {
  /** Shown. */
  readonly documents: number;
  /** Documents that break a rule of their schema, and bodies that are none. Carried, not shown (M-08). */
  readonly unreadable: number;
  /** Bodies of schemas that this release does not know (M-03). */
  readonly unknown: number;
  /** Changes of documents that are not here yet, or that somebody else made. */
  readonly awaited: number;
  readonly events: number;
  /** Names of venues. */
  readonly venues: number;
}

export class Programme {
  /** For the store: see CommitHook. Throws only if the medium fails. */
  readonly apply: CommitHook = (operations, lateBodies) => this.#logs.apply(operations, lateBodies);

  readonly #database: Database;
  readonly #logId: LogId;
  readonly #logs: FestivalLogs;
  readonly #doors: DoorQuery;
  readonly #documents: DocumentTable;
  readonly #sql: Statements;

  /** Makes the tables if they are not there, or not of this release, or of another festival. */
  constructor(database: Database, { logId, timezone }: ProgrammeOptions) {
    this.#database = database;
    this.#logId = logId;
    const isCurrent = tablesAreCurrent(database, logId);
    if (!isCurrent) database.transaction(() => createTables(database, logId)).immediate();
    this.#logs = new FestivalLogs(database, logId);
    this.#doors = new DoorQuery(database, timezone);
    this.#documents = new DocumentTable(database);
    this.#sql = prepareStatements(database);
    if (!isCurrent) this.rebuild();
  }

  /** Makes the tables again from all operations, in the order in which they arrived. */
  rebuild(): void {
    this.#database
      .transaction(() => {
        createTables(this.#database, this.#logId);
        this.#logs.replay();
      })
      .immediate();
  }

  /** What stands at the doors with this name around `at`. */
  door(venue: string, at: Seconds): DoorProgramme {
    return this.#doors.door(venue, at);
  }

  /** Names, each once, sorted. */
  venues(): string[] {
    return this.#sql.venueNames.all();
  }

  /** Ids of the venues with this name. */
  venueDocuments(name: string): string[] {
    return this.#sql.venueDocuments.all(name);
  }

  /** Documents that this author copied from a source (M-18), but not the ones withdrawn since. */
  importedFrom(author: VerifyingKey, src: string): OpenState[] {
    const states = this.#documents.madeBy(author).flatMap(({ state }) => (state?.kind === "open" ? state : []));
    return states.filter(
      ({ fields }) => (fields["origin"] as { readonly src?: unknown } | null | undefined)?.src === src,
    );
  }

  counts(): ProgrammeCounts {
    const count = (status: string) => this.#sql.count.get({ status }) ?? 0;
    return {
      documents: count("shown"),
      unreadable: count("invalid") + count("unreadable"),
      unknown: count("unknown"),
      awaited: count("awaited"),
      events: this.#sql.events.get() ?? 0,
      venues: this.venues().length,
    };
  }
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database) {
  return {
    venueNames: database.prepare<[], string>("SELECT DISTINCT name FROM venue ORDER BY name").pluck(),
    venueDocuments: database.prepare<[string], string>("SELECT doc FROM venue WHERE name = ? ORDER BY doc").pluck(),
    count: database
      .prepare<[{ readonly status: string }], number>(
        `SELECT (SELECT count(*) FROM document WHERE status = @status)
        + (SELECT ifnull(sum(bodies), 0) FROM unread WHERE status = @status)`,
      )
      .pluck(),
    events: database.prepare<[], number>("SELECT count(*) FROM event").pluck(),
  };
}

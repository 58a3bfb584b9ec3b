// The materialised festival: what the operations of this replica mean, as tables beside them in the same file. Changes
// in the transaction that stores an operation, or not at all; can always be made again from the operations. All answers
// are as seen from here, and never fail because something has not arrived.

import type { Confirmed } from "../../protocol/festival/confirmed.ts";
import type { OpenState } from "../../protocol/festival/document-state.ts";
import type { Identities } from "../../protocol/festival/identities.ts";
import type { Occupancy } from "../../protocol/festival/occupancy.ts";
import type { PictureClaim } from "../../protocol/festival/picture.ts";
import type { DocumentSchema, KeyedSchema } from "../../protocol/festival/schema.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import type { Hash, LogId, VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { CommitHook } from "../../sync/ports.ts";
import type { Database } from "../../sync/store/database.ts";
import { DocumentQuery, type FoundDocument, type ShownDocument } from "./document-query.ts";
import { DocumentTable } from "./document-table.ts";
import type { DoorPolicy } from "./door-policy.ts";
import { DoorQuery } from "./door-query.ts";
import { type Edge, EdgeQuery } from "./edge-query.ts";
import type { EventFilter, EventSummary, Going } from "./event-filter.ts";
import { EventQuery } from "./event-query.ts";
import { ExpiryQuery } from "./expiry-query.ts";
import { type DroppedOperation, FestivalLogs } from "./festival-logs.ts";
import { GoingQuery } from "./going-query.ts";
import { IdentityQuery } from "./identity-query.ts";
import type { LocalChoice } from "./local-choice.ts";
import { OccupancyQuery } from "./occupancy-query.ts";
import { type Person, PersonQuery } from "./person-query.ts";
import { PictureTable } from "./picture-table.ts";
import { type RequestFilter, RequestQuery, type RequestView } from "./request-query.ts";
import type { DoorProgramme } from "./slot.ts";
import { createTables, tablesAreCurrent } from "./tables.ts";
import { TextQuery } from "./text-query.ts";

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
  /** Changes of documents that are not here yet, or that somebody else made who is not linked. */
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
  readonly #table: DocumentTable;
  readonly #documents: DocumentQuery;
  readonly #doors: DoorQuery;
  readonly #edges: EdgeQuery;
  readonly #events: EventQuery;
  readonly #expiry: ExpiryQuery;
  readonly #going: GoingQuery;
  readonly #identities: IdentityQuery;
  readonly #occupancies: OccupancyQuery;
  readonly #people: PersonQuery;
  readonly #pictures: PictureTable;
  readonly #requests: RequestQuery;
  readonly #texts: TextQuery;
  readonly #sql: Statements;

  /** Makes the tables if they are not there, or not of this release, or of another festival. */
  constructor(database: Database, { logId, timezone }: ProgrammeOptions) {
    this.#database = database;
    this.#logId = logId;
    const isCurrent = tablesAreCurrent(database, logId);
    if (!isCurrent) database.transaction(() => createTables(database, logId)).immediate();
    this.#logs = new FestivalLogs(database, logId);
    this.#table = new DocumentTable(database);
    this.#documents = new DocumentQuery(database, logId);
    this.#doors = new DoorQuery(database, timezone);
    this.#edges = new EdgeQuery(database, logId);
    this.#events = new EventQuery(database, { logId, timezone });
    this.#expiry = new ExpiryQuery(database);
    this.#going = new GoingQuery(database);
    this.#identities = new IdentityQuery(database);
    this.#occupancies = new OccupancyQuery(database, logId);
    this.#people = new PersonQuery(database, logId);
    this.#pictures = new PictureTable(database);
    this.#requests = new RequestQuery(database, logId);
    this.#texts = new TextQuery(database);
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

  /** For whoever dropped bodies on purpose: takes out what they said. To repeat it changes nothing. */
  dropped(operations: readonly DroppedOperation[]): void {
    this.#database.transaction(() => this.#logs.drop(operations)).immediate();
  }

  /** Pages of operations whose bodies may go now; `now` by a clock that is sure or borrowed (M-39, M-60, M-61). */
  expired(now: Seconds): Iterable<readonly Hash[]> {
    return this.#expiry.expired(now);
  }

  /** Pictures that living documents name, in the order in which these came. */
  pictureClaims(): PictureClaim[] {
    return this.#pictures.claims();
  }

  /** By its id, or by any beginning of it that has four digits or more. */
  document(id: string): FoundDocument {
    return this.#documents.document(id);
  }

  /** All of one schema, in the order in which they first arrived here. */
  documents<Schema extends DocumentSchema>(schema: Schema, choice?: LocalChoice): ShownDocument<Schema>[] {
    return this.#documents.documents(schema, choice);
  }

  /** What everybody, or one key, last set under each key of one schema. */
  keyed<Schema extends KeyedSchema>(schema: Schema, author?: string, choice?: LocalChoice): ShownDocument<Schema>[] {
    return this.#documents.keyed(schema, author, choice);
  }

  events(filter: EventFilter = {}): EventSummary[] {
    return this.#events.events(filter);
  }

  requests(filter: RequestFilter): RequestView[] {
    return this.#requests.requests(filter);
  }

  /** Nothing while the resource is not here: whose answers count, it says itself. */
  occupancy(resource: string): Occupancy | undefined {
    return this.#occupancies.occupancy(resource);
  }

  seats(event: string): Occupancy | undefined {
    return this.#occupancies.seats(event);
  }

  confirmed(event: string): Confirmed | undefined {
    return this.#requests.confirmed(event);
  }

  going(event: string): Going {
    return this.#going.going(event);
  }

  /** Which keys are one person's, as far as is known here. */
  identities(): Identities {
    return this.#identities.identities();
  }

  person(key: string): Person {
    return this.#people.person(key);
  }

  /** Arrival of the newest operation of this key; nothing if none is here. */
  arrived(author: string): number | undefined {
    return this.#people.arrived(author);
  }

  /** Of an event, a resource or a key. */
  edges(id: string): Edge[] {
    return this.#edges.edges(id);
  }

  /** What stands at the doors with this name around `at`. */
  door(venue: string, at: Seconds, policy?: DoorPolicy): DoorProgramme {
    return this.#doors.door(venue, at, policy);
  }

  /** Every text that a screen may have to draw. */
  texts(): Iterable<string> {
    return this.#texts.texts();
  }

  /** The same of every venue, for a screen that belongs to none. */
  doors(at: Seconds, policy?: DoorPolicy): DoorProgramme[] {
    return this.#doors.doors(at, policy);
  }

  /** When the first thing at the doors with this name begins that ends after `at`. */
  firstStart(venue: string, at: Seconds): Seconds | undefined {
    return this.#doors.firstStart(venue, at);
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
    const states = this.#table.madeBy(author).flatMap(({ state }) => (state?.kind === "open" ? state : []));
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
  const venue = "FROM resource WHERE kind = 'venue'";
  return {
    venueNames: database.prepare<[], string>(`SELECT DISTINCT title ${venue} ORDER BY title`).pluck(),
    venueDocuments: database.prepare<[string], string>(`SELECT doc ${venue} AND title = ? ORDER BY doc`).pluck(),
    count: database
      .prepare<[{ readonly status: string }], number>(
        `SELECT (SELECT count(*) FROM document WHERE status = @status)
        + (SELECT ifnull(sum(bodies), 0) FROM unread WHERE status = @status)`,
      )
      .pluck(),
    events: database.prepare<[], number>("SELECT count(*) FROM event").pluck(),
  };
}

// People who write about a festival, and a box in memory that hears them: the real store and the real programme on the
// real tables. Signatures are toys, because nothing here checks them.
import Sqlite from "better-sqlite3";
import type { Publisher } from "../../../device/interchange/publish-programme.ts";
import { DocumentTable } from "../../../device/programme/document-table.ts";
import { Programme } from "../../../device/programme/programme.ts";
import type { DoorProgramme } from "../../../device/programme/slot.ts";
import { type BodyToWrite, encodeBody } from "../../../protocol/festival/body.ts";
import type { EventFieldsWritten } from "../../../protocol/festival/schema/event.ts";
import type { ExactWhen, Seconds } from "../../../protocol/festival/when.ts";
import { asLogId, asSigningKey, type Hash, toHex } from "../../../protocol/operation/bytes.ts";
import { createOperation } from "../../../protocol/operation/operation.ts";
import type { Commit, NewEntry, StoredOperation } from "../../../sync/ports.ts";
import { migrate } from "../../../sync/store/migrations.ts";
import { SqliteStore } from "../../../sync/store/sqlite.ts";
import { testTopic } from "../../support/test-log.ts";
import { createToyCrypto } from "../../support/toy-crypto.ts";

export const CRYPTO = createToyCrypto();
export const TOPIC = testTopic("summer festival", CRYPTO);
export const LOG_ID = asLogId(CRYPTO.hash(TOPIC));
export const BERLIN = "Europe/Berlin";

const MICROS_PER_SECOND = 1_000_000;

/** A time of day in Berlin in the summer of 2026, 17 July if no date is given. */
export function berlin(time: string, day = "2026-07-17"): Seconds {
  return Date.parse(`${day}T${time}:00+02:00`) / 1000;
}

export interface WriteOptions {
  /** When its author claims to write it. */
  readonly at?: Seconds;
  /** The operation to build on: the newest by default, an older one to fork the log. */
  readonly after?: NewEntry | undefined;
  readonly prune?: boolean;
}

/** One author's log. */
export class Person {
  readonly verifyingKey;
  readonly #signingKey;
  #newest: NewEntry | undefined;

  constructor(name: string) {
    this.#signingKey = asSigningKey(CRYPTO.hash(new TextEncoder().encode(name)));
    this.verifyingKey = CRYPTO.verifyingKey(this.#signingKey);
  }

  write(body: BodyToWrite | Uint8Array, options: WriteOptions = {}): NewEntry {
    const { at = berlin("00:00", "2026-07-01"), after = this.#newest, prune = false } = options;
    const { id, header, headerBytes, ...rest } = createOperation(
      {
        signingKey: this.#signingKey,
        logId: LOG_ID,
        ...(after && { previous: after }),
        timestamp: at * MICROS_PER_SECOND,
        pruneFlag: prune,
        body: body instanceof Uint8Array ? body : encodeBody(body),
      },
      CRYPTO,
    );
    const { verifyingKey: author, seqNum, backlink, payloadSize } = header;
    const place = { author, logId: LOG_ID, seqNum, introducer: 0, ...(backlink && { backlink }) };
    this.#newest = { id, headerBytes, payloadSize, ...place, ...(rest.body && { body: rest.body }) };
    return this.#newest;
  }

  venue(title: string): NewEntry {
    return this.write({ a: "create", s: "resource/1", f: { kind: "venue", title, policy: "none" } });
  }

  event(title: string, fields: Partial<EventFieldsWritten> = {}): NewEntry {
    return this.write({ a: "create", s: "event/1", f: { title, ...fields } });
  }

  change(event: NewEntry, f: Partial<EventFieldsWritten>, options: WriteOptions = {}): NewEntry {
    return this.write({ a: "update", s: "event/1", d: docOf(event), f }, options);
  }
}

/** Id of the document that an operation made. */
export function docOf({ id }: NewEntry): string {
  return toHex(id);
}

export function exactly(start: Seconds, end?: Seconds, tz = BERLIN): ExactWhen {
  return { m: "exact", start, ...(end !== undefined && { end }), tz };
}

export class FestivalBox {
  readonly database = new Sqlite(":memory:");
  readonly programme: Programme;
  readonly store: SqliteStore;

  constructor({ timezone = BERLIN } = {}) {
    this.database.pragma("foreign_keys = ON");
    migrate(this.database);
    this.programme = new Programme(this.database, { logId: LOG_ID, timezone });
    this.store = new SqliteStore(this.database, { onCommit: this.programme.apply });
  }

  /** One commit, as ingest makes it: a prune goes with the operation that asks for it. */
  async hear(operations: readonly NewEntry[], rest: Partial<Commit> = {}): Promise<void> {
    await this.store.commit({ topic: TOPIC, operations, lateBodies: [], prunes: [], ...rest });
  }

  async hearLate(bodies: readonly { readonly id: Hash; readonly body: Uint8Array }[]): Promise<void> {
    await this.hear([], { lateBodies: bodies });
  }

  /** Drops these bodies on purpose, as a store does: the headers stay. */
  drop(ids: readonly Uint8Array[]): void {
    const drop = this.database.prepare<[Uint8Array]>("UPDATE operation SET body = NULL, state = 2 WHERE id = ?");
    const find = this.database.prepare<[Uint8Array], Omit<StoredOperation, "headerBytes" | "introducer">>(
      `SELECT operation.n AS arrival, id, author, log_id AS logId, seq AS seqNum
      FROM operation JOIN log ON log.n = log_n WHERE id = ?`,
    );
    this.database
      .transaction(() => {
        for (const id of ids) drop.run(id);
        this.programme.dropped(ids.flatMap((id) => find.all(id)));
      })
      .immediate();
  }

  door(venue: string, at: Seconds): DoorProgramme {
    return this.programme.door(venue, at);
  }

  /**
   * Every row of every table, with the keys of documents and the ids of operations in place of row numbers and arrivals,
   * which differ from box to box.
   */
  tables(): Record<string, readonly unknown[]> {
    const documents = new DocumentTable(this.database);
    const rows = (sql: string) => this.database.prepare<[], Record<string, unknown>>(sql).all();
    const plain = (sql: string) => rows(sql).map((row) => JSON.stringify(row));
    const keyed = (table: string, row: string) =>
      rows(`SELECT key, ${table}.* FROM ${table} LEFT JOIN document ON document.n = ${table}.${row}`)
        .map(({ [row]: _row, ...rest }) => JSON.stringify(rest))
        .sort();
    return {
      document: rows("SELECT key, schema, hex(author) AS author, doc, status, history FROM document ORDER BY key").map(
        (row) => ({ ...row, state: documents.find(row["key"] as string)?.state }),
      ),
      operation: plain(
        `SELECT key, hex(id) AS id, withdraws FROM document_operation AS said
        JOIN document USING (n) JOIN operation ON operation.n = said.operation ORDER BY key, id`,
      ),
      joint: plain("SELECT key, status FROM joint JOIN document USING (n) ORDER BY key"),
      unread: rows("SELECT hex(author) AS author, status, bodies FROM unread ORDER BY author, status"),
      forgotten: plain("SELECT hex(author) AS author, up_to FROM forgotten ORDER BY author"),
      ageing: keyed("ageing", "n"),
      picture: keyed("picture", "n"),
      event: keyed("event", "n"),
      term: keyed("event_term", "event"),
      place: keyed("event_place", "event"),
      resource: keyed("resource", "n"),
      frame: keyed("frame", "n"),
      request: keyed("request", "n"),
      rsvp: keyed("rsvp", "n"),
      keylink: keyed("keylink", "n"),
      answer: rows("SELECT * FROM answer ORDER BY id").map(({ operation: _arrival, ...rest }) => JSON.stringify(rest)),
      outcome: plain(
        `SELECT outcome.resource, outcome.subject, state, id, outcome.hold_end, outcome.quantity, shares, position
        FROM outcome JOIN answer ON operation = outcome.answer ORDER BY outcome.resource, outcome.subject`,
      ),
      confirmed: plain("SELECT * FROM confirmed ORDER BY event"),
      booking: plain("SELECT * FROM booking ORDER BY event, resource"),
    };
  }
}

/** Publishes into the box as the replica of a box does, and keeps count. */
export function writerOf(person: Person, box: FestivalBox): Publisher & { readonly bodies: Uint8Array[] } {
  const bodies: Uint8Array[] = [];
  return {
    key: person,
    bodies,
    async publish(more) {
      const operations = more.map((body) => person.write(body));
      await box.hear(operations);
      bodies.push(...more);
      return operations;
    },
  };
}

// Blobs in the SQLite file of a box (docs/decisions/012-pictures.md), one topic's apart from another's. Does not verify
// anything: sync/blobs.ts does, before a blob is put and before one is served.
import type { Database, Transaction } from "better-sqlite3";
import { asHash, type Hash, type Topic } from "../../protocol/operation/bytes.ts";
import type { BlobStore, HeldBlob } from "../ports.ts";
import { asStoreError } from "./errors.ts";
import { plainBytes } from "./stored-row.ts";

export class SqliteBlobs implements BlobStore {
  readonly #database: Database;
  readonly #topic: Topic;
  readonly #sql: Statements;
  readonly #drop: Transaction<(hashes: readonly Hash[]) => number>;

  /** Whoever opened the database closes it. */
  constructor(database: Database, topic: Topic) {
    this.#database = database;
    this.#topic = topic;
    this.#sql = prepareStatements(database);
    this.#drop = database.transaction((hashes: readonly Hash[]) =>
      hashes.reduce((sum, hash) => sum + this.#sql.drop.run(topic, hash).changes, 0),
    );
  }

  async put(hash: Hash, bytes: Uint8Array): Promise<void> {
    this.#ask("write a blob to", () => this.#sql.put.run(this.#topic, hash, bytes));
  }

  async get(hash: Hash): Promise<Uint8Array | undefined> {
    const bytes = this.#ask("read", () => this.#sql.get.get(this.#topic, hash));
    return bytes && plainBytes(bytes);
  }

  async held(): Promise<HeldBlob[]> {
    const rows = this.#ask("read", () => this.#sql.held.all(this.#topic));
    return rows.map(({ hash, bytes }) => ({ hash: asHash(plainBytes(hash)), bytes }));
  }

  async drop(hashes: readonly Hash[]): Promise<number> {
    return this.#ask("drop a blob from", () => this.#drop.immediate(hashes));
  }

  #ask<T>(action: string, question: () => T): T {
    try {
      return question();
    } catch (error) {
      throw asStoreError(error, `${action} "${this.#database.name}"`);
    }
  }
}

interface HeldRow {
  readonly hash: Buffer;
  readonly bytes: number;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Why `+?`: stored-row.ts. */
function prepareStatements(database: Database) {
  type Bytes = Uint8Array;
  return {
    put: database.prepare<[Bytes, Bytes, Bytes]>(
      "INSERT INTO blob (topic, hash, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    ),
    get: database.prepare<[Bytes, Bytes], Buffer>("SELECT bytes FROM blob WHERE topic = +? AND hash = +?").pluck(),
    held: database.prepare<[Bytes], HeldRow>(
      "SELECT hash, length(bytes) AS bytes FROM blob WHERE topic = +? ORDER BY hash",
    ),
    drop: database.prepare<[Bytes, Bytes]>("DELETE FROM blob WHERE topic = +? AND hash = +?"),
  };
}

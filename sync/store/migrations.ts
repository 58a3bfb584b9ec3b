// The schema of the operation store, as numbered steps; `user_version` counts the steps that were taken. Views of the
// operations live in the same file, but their tables belong to whoever materialises them.
import type { Database } from "better-sqlite3";
import { StoreError } from "./errors.ts";

/**
 * Append-only rowid tables: a random id as clustering key would write 3–5 times as much (reliability.md §5.2).
 *
 * The ends of a log are not kept. As columns of `log` they would cost one more page for each commit: 22.4 instead of
 * 18.0 KB written for an operation committed alone, 6.1 KB either way in batches of 100 (50 logs, 500-byte operations).
 * An unforked log ends at its highest sequence number, which `operation_log` finds in a microsecond; only forked ones
 * are noted in `fork_end`. AUTOINCREMENT costs the same page; `arrival` is written by prunes only.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE topic (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;

  CREATE TABLE log (
    n INTEGER PRIMARY KEY,
    author BLOB NOT NULL,
    log_id BLOB NOT NULL,
    UNIQUE (author, log_id)
  ) STRICT;

  -- Which logs a topic carries.
  CREATE TABLE carried (
    topic_n INTEGER NOT NULL REFERENCES topic,
    log_n INTEGER NOT NULL REFERENCES log,
    PRIMARY KEY (topic_n, log_n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE operation (
    n INTEGER PRIMARY KEY,          -- arrival
    id BLOB NOT NULL UNIQUE,
    log_n INTEGER NOT NULL REFERENCES log,
    seq INTEGER NOT NULL,
    introducer INTEGER NOT NULL,
    state INTEGER NOT NULL,         -- 0 whole, 1 body wanted, 2 body dropped on purpose
    header BLOB NOT NULL,
    body BLOB
  ) STRICT;

  -- Not unique: both branches of a fork are stored. With the sizes, totals need not read the operations (12 instead of
  -- 385 ms for 100,000).
  CREATE INDEX operation_log ON operation (log_n, seq, length(header) + ifnull(length(body), 0));
  CREATE INDEX operation_wanted ON operation (log_n, seq) WHERE state = 1;

  -- The ends of forked logs. A log without a row here has one end.
  CREATE TABLE fork_end (
    n INTEGER PRIMARY KEY REFERENCES operation ON DELETE CASCADE,
    log_n INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX fork_end_log ON fork_end (log_n);

  -- The newest arrival that a prune may have deleted, so that it is never given again.
  CREATE TABLE arrival (last INTEGER NOT NULL) STRICT;
  INSERT INTO arrival VALUES (0);
  `,
  `
  -- Bytes that operations of a topic name by their hash: sqlite-blobs.ts. In the same file, they are durable by the same
  -- means, and deleted pages serve operations again.
  CREATE TABLE blob (
    n INTEGER PRIMARY KEY,
    topic BLOB NOT NULL,
    hash BLOB NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (topic, hash)
  ) STRICT;
  `,
];

/** Brings the schema up to date; throws StoreError if a newer release wrote it. Several processes may do so at once. */
export function migrate(database: Database): void {
  if (schemaVersion(database) === MIGRATIONS.length) return;
  database
    .transaction(() => {
      const version = schemaVersion(database);
      if (version > MIGRATIONS.length) {
        const known = `this release knows ${MIGRATIONS.length}`;
        throw new StoreError("E_STORE_VERSION", `Cannot open "${database.name}": schema is ${version}, ${known}`);
      }
      for (const step of MIGRATIONS.slice(version)) database.exec(step);
      database.pragma(`user_version = ${MIGRATIONS.length}`);
    })
    .immediate();
}

function schemaVersion(database: Database): number {
  return database.pragma("user_version", { simple: true }) as number;
}

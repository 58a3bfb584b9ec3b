// The tables of the materialised festival, in the same SQLite file as the operations they are made of. They hold
// nothing of their own: another version, or another festival, and they are dropped and made again.
import type { LogId } from "../../protocol/operation/bytes.ts";
import { equalBytes } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";

/** Counts up with every change of a table or of a rule by which one is filled. */
const TABLES_VERSION = 2;

/**
 * `document` holds every document and each author's share in documents of others; the tables behind it only what is
 * shown, as far as a door asks for it. `n` is a row of `document` throughout, and differs from box to box.
 */
const TABLES = `
  CREATE TABLE document (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,       -- documentKey
    schema TEXT NOT NULL,
    author BLOB NOT NULL,
    status TEXT NOT NULL,           -- DocumentView.status
    history TEXT,                   -- event-history.ts
    operation INTEGER,              -- arrival of the one that gives its state
    state BLOB                      -- encodeState, where several do
  ) STRICT;

  -- Bodies that are no document: of unknown schemas, and unreadable ones.
  CREATE TABLE unread (
    author BLOB NOT NULL,
    status TEXT NOT NULL,           -- BodyReading.status
    bodies INTEGER NOT NULL,
    PRIMARY KEY (author, status)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event (
    n INTEGER PRIMARY KEY,
    doc TEXT NOT NULL,
    title TEXT NOT NULL,
    hosts TEXT NOT NULL,            -- JSON list of names
    lang TEXT,
    status TEXT NOT NULL,
    note TEXT,
    tz TEXT,                        -- with end_open and was_start only where "when" is exact
    end_open INTEGER NOT NULL,
    was_start INTEGER,
    frame TEXT
  ) STRICT;

  -- Where an event is, and where it was before its author moved it.
  CREATE TABLE event_place (
    event INTEGER NOT NULL,
    place TEXT NOT NULL,            -- id of a venue, or words where the event names none
    start INTEGER,                  -- null where "when" is not exact
    "end" INTEGER,
    moved INTEGER NOT NULL,         -- 1 if it left
    PRIMARY KEY (event, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX event_place_time ON event_place (place, start, "end");

  CREATE TABLE venue (n INTEGER PRIMARY KEY, doc TEXT NOT NULL UNIQUE, name TEXT NOT NULL) STRICT;
  CREATE INDEX venue_name ON venue (name);

  CREATE TABLE frame (n INTEGER PRIMARY KEY, doc TEXT NOT NULL UNIQUE, day_start INTEGER NOT NULL) STRICT;

  CREATE TABLE rsvp (
    n INTEGER PRIMARY KEY,
    event TEXT NOT NULL,
    author BLOB NOT NULL,
    going TEXT NOT NULL,
    door INTEGER                    -- a count at a door, never a person
  ) STRICT;
  CREATE INDEX rsvp_event ON rsvp (event);

  CREATE TABLE programme (version INTEGER NOT NULL, log_id BLOB NOT NULL) STRICT;
`;

const TABLE_NAMES = ["document", "unread", "event", "event_place", "venue", "frame", "rsvp", "programme"] as const;

/** True if the tables stand for this festival. */
export function tablesAreCurrent(database: Database, logId: LogId): boolean {
  const exists = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'programme'").get();
  if (exists === undefined) return false;
  const row = database.prepare<[], { version: number; log_id: Buffer }>("SELECT * FROM programme").get();
  return row?.version === TABLES_VERSION && equalBytes(row.log_id, logId);
}

/** Drops what stands there and makes the tables, empty. */
export function createTables(database: Database, logId: LogId): void {
  for (const name of TABLE_NAMES) database.exec(`DROP TABLE IF EXISTS ${name}`);
  database.exec(TABLES);
  database.prepare("INSERT INTO programme VALUES (?, ?)").run(TABLES_VERSION, logId);
}

// Opens the one SQLite file of a box: operations and what is materialised from them. Several processes may have it open
// (`lagerfeuer import` while the box runs): WAL lets them read, the busy timeout lets them take turns writing.
import { accessSync, constants, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { asStoreError, StoreError } from "./errors.ts";
import { migrate } from "./migrations.ts";

export type { Database };

export interface DatabaseOptions {
  /** Most pages of 4096 bytes the file may grow to. Unlike a full disk, this limit still lets entries be deleted. */
  readonly maxPages: number;
}

/** A commit blocks the event loop while another process writes; its batches take milliseconds, a slow card's 250. */
const BUSY_TIMEOUT_MS = 5000;

/** 4 MiB of WAL before it is copied into the file: restart replays little, and pages written often are copied once. */
const WAL_PAGES = 1000;

/** What the WAL file shrinks to after a long import. */
const WAL_BYTES = 8 * 1024 * 1024;

/** The 16 MiB that better-sqlite3 takes by default is much on a machine with 512. */
const CACHE_KIB = 8000;

/** `PRAGMA synchronous` answers with a number; 2 is FULL. */
const SYNCHRONOUS_FULL = 2;

/**
 * Opens or creates the file, and its folder. Throws StoreError.
 * better-sqlite3 is compiled so that WAL silently means synchronous=NORMAL, which loses acknowledged operations in a
 * power cut (reliability.md §3.2): both are set by hand and read back.
 */
export function openDatabase(path: string, options: DatabaseOptions): Database {
  let database: Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    accessSync(dirname(path), constants.W_OK);
    database = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
    configure(database, options);
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    throw asStoreError(error, `open "${path}"`);
  }
}

function configure(database: Database, { maxPages }: DatabaseOptions): void {
  const journalMode = database.pragma("journal_mode = WAL", { simple: true });
  database.pragma("synchronous = FULL");
  const synchronous = database.pragma("synchronous", { simple: true });
  if (journalMode !== "wal" || synchronous !== SYNCHRONOUS_FULL) {
    const found = `journal mode is "${journalMode}", synchronous is ${synchronous}`;
    throw new StoreError("E_STORE_IO", `Cannot open "${database.name}" durably: ${found}`);
  }
  database.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
  database.pragma(`journal_size_limit = ${WAL_BYTES}`);
  database.pragma(`max_page_count = ${maxPages}`);
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma("cell_size_check = ON");
  database.pragma("trusted_schema = OFF");
  database.pragma("foreign_keys = ON");
  database.pragma("mmap_size = 0");
  database.pragma("temp_store = MEMORY");
}

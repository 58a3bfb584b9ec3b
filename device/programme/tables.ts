// The tables of the materialised festival lie in the same SQLite file as the operations they are made of. They hold
// nothing of their own: another version, or another festival, and they are dropped and made again.
import type { LogId } from "../../protocol/operation/bytes.ts";
import { equalBytes } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { TABLES } from "./table-definitions.ts";

/** Counts up with every change of a table or of a rule by which one is filled. */
const TABLES_VERSION = 4;

/** Also those of earlier versions. */
const TABLE_NAMES = [
  "document",
  "document_operation",
  "joint",
  "unread",
  "forgotten",
  "ageing",
  "picture",
  "event",
  "event_term",
  "event_place",
  "venue",
  "resource",
  "frame",
  "request",
  "rsvp",
  "keylink",
  "answer",
  "outcome",
  "confirmed",
  "booking",
  "programme",
] as const;

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

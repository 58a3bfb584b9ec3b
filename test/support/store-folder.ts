// A folder for one test's database, gone after the test.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { CommitHook } from "../../sync/ports.ts";
import { openDatabase } from "../../sync/store/database.ts";
import { SqliteStore } from "../../sync/store/sqlite.ts";

/** 40 MB: more than any test writes. */
const MAX_PAGES = 10_000;

/** The path of a database that is not there yet. */
export function databasePath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-store-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, "box.sqlite");
}

/** Opens as another process would: with a connection of its own. */
export function openStore(path: string, onCommit?: CommitHook): SqliteStore {
  return new SqliteStore(openDatabase(path, { maxPages: MAX_PAGES }), onCommit ? { onCommit } : {});
}

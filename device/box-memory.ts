// The few numbers that a box must remember over a power cut and that are nobody else's business: not operations, never
// sent. In the replica's file, so that one `fsync` serves both.
import type { Database } from "better-sqlite3";

export type Remembered = "last-sync" | "alive" | `draw-${"since" | "after"}:${string}`;

export class BoxMemory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec("CREATE TABLE IF NOT EXISTS box_memory(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT");
  }

  get(name: Remembered): number | undefined {
    const row = this.#database.prepare("SELECT value FROM box_memory WHERE name = ?").get(name);
    return (row as { value: number } | undefined)?.value;
  }

  set(name: Remembered, value: number): void {
    this.#database.prepare("INSERT OR REPLACE INTO box_memory(name, value) VALUES(?, ?)").run(name, value);
  }
}

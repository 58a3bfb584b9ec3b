// What this box remembers of its encounters with other devices: how far each of them holds our logs ("on 9 devices",
// R-61), and how many encounters ago something arrived ("in the latest news", D-29). Measured in encounters, since no
// clock here or there has to be right. Never sent; in the replica's file, so that a read-only command sees it too.
import type { Database } from "better-sqlite3";
import { fromHex, type VerifyingKey } from "../protocol/operation/bytes.ts";
import type { LogHeights } from "../protocol/operation/log.ts";

/** Devices that are remembered, the latest: a thousand phones of a festival, each with as many logs, would fill a card. */
const MAX_DEVICES = 256;
/** Encounters that are told apart; what is older is "long ago". */
const MAX_ENCOUNTERS = 1_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS encounter (n INTEGER PRIMARY KEY, device BLOB NOT NULL, arrival INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS encounter_device ON encounter (device, n);
  CREATE TABLE IF NOT EXISTS held (
    device BLOB NOT NULL,
    author BLOB NOT NULL,
    height INTEGER NOT NULL,
    PRIMARY KEY (author, device)
  ) STRICT, WITHOUT ROWID;
`;

export class Encounters {
  readonly #database: Database;

  /** A read-only database has the tables, or nothing was ever met. */
  constructor(database: Database) {
    this.#database = database;
    if (!database.readonly) database.exec(TABLES);
  }

  /** A device synced with this box, which had seen operations up to `arrival` by then. */
  met(device: VerifyingKey, heights: LogHeights, logId: string, arrival: number): void {
    const held = this.#database.prepare(
      `INSERT INTO held (device, author, height) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET height = max(height, excluded.height) WHERE excluded.height > height`,
    );
    this.#database.transaction(() => {
      this.#database.prepare("INSERT INTO encounter (device, arrival) VALUES (?, ?)").run(device, arrival);
      for (const [author, logs] of heights) {
        const height = logs.get(logId);
        if (height !== undefined) held.run(device, fromHex(author), height);
      }
      this.#forgetOldest();
    })();
  }

  /** Devices known to hold an operation, this box among them. */
  holders(author: VerifyingKey, seqNum: number): number {
    const sql = "SELECT count(*) FROM held WHERE author = ? AND height >= ?";
    return 1 + (this.#ask<number>(sql, author, seqNum) ?? 0);
  }

  /** Encounters since an operation arrived: 0 is the latest news, or before the first. */
  since(arrival: number): number {
    return this.#ask<number>("SELECT count(*) FROM encounter WHERE arrival > ?", arrival) ?? 0;
  }

  /** Whether this device spoke with this box itself, not only by others. */
  hasMet(device: VerifyingKey): boolean {
    return this.#ask<number>("SELECT 1 FROM encounter WHERE device = ? LIMIT 1", device) !== undefined;
  }

  /** Those that are remembered. */
  devices(): number {
    return this.#ask<number>("SELECT count(DISTINCT device) FROM encounter") ?? 0;
  }

  #forgetOldest(): void {
    this.#database.prepare("DELETE FROM encounter WHERE n <= (SELECT max(n) FROM encounter) - ?").run(MAX_ENCOUNTERS);
    this.#database
      .prepare(
        `DELETE FROM held WHERE device NOT IN (
          SELECT device FROM encounter GROUP BY device ORDER BY max(n) DESC LIMIT ?)`,
      )
      .run(MAX_DEVICES);
  }

  #ask<Value>(sql: string, ...parameters: readonly unknown[]): Value | undefined {
    const exists = this.#database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'held'").get();
    if (exists === undefined) return undefined;
    return this.#database
      .prepare<unknown[], Value>(sql)
      .pluck()
      .get(...parameters);
  }
}

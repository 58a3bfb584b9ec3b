// The data folder: one per box, one writer at a time. Holds the replica, the key, and while a box runs the note where
// it listens, so that other commands ask the box instead of writing beside it.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { SigningKey } from "../protocol/operation/bytes.ts";
import { writeDurably } from "./durable-file.ts";
import { CommandError } from "./exit.ts";
import { KeyFile } from "./key-file.ts";
import { KeyRing } from "./key-ring.ts";

const FOLDER_OWNER_ONLY = 0o700;

/** Where a running box answers commands; the token proves that the asker can read the folder. */
export interface BoxNote {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
}

export class DataFolder {
  readonly path: string;
  #lock: Database.Database | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** Further keys under which people act on this machine. */
  get keyRing(): KeyRing {
    return new KeyRing(this.path);
  }

  get databasePath(): string {
    return join(this.path, "replica.sqlite");
  }

  create(): void {
    mkdirSync(this.path, { recursive: true, mode: FOLDER_OWNER_ONLY });
  }

  /**
   * Becomes the folder's writer until `release` or the end of the process: the lock is the operating system's on an
   * open file, so a crash or a power cut leaves none behind. Throws E_DATA_IN_USE.
   */
  lock(): void {
    const lock = new Database(join(this.path, "lock.sqlite"), { timeout: 0 });
    try {
      lock.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    } catch (cause) {
      lock.close();
      if ((cause as { code?: string }).code !== "SQLITE_BUSY") throw cause;
      throw new CommandError(
        "E_DATA_IN_USE",
        `Cannot use the data folder "${this.path}": another box is writing there`,
        {
          cause,
        },
      );
    }
    this.#lock = lock;
  }

  release(): void {
    this.#lock?.close();
    this.#lock = undefined;
  }

  /** The box's own key, made on first use. It never leaves this folder. */
  signingKey(): SigningKey {
    return this.#ownKey.signingKey();
  }

  /** Has this key written operations already? Then a store without them was lost, and the log must not begin anew. */
  get keyWasUsed(): boolean {
    return this.#ownKey.wasUsed;
  }

  markKeyUsed(): void {
    this.#ownKey.markUsed();
  }

  /** Puts the key aside, under a name that says when, and lets the next call of `signingKey` make a new one. */
  retireKey(nowMicros: number): void {
    this.#ownKey.retire(nowMicros);
  }

  writeNote(note: BoxNote): void {
    writeDurably(join(this.path, "box.json"), `${JSON.stringify(note)}\n`);
  }

  removeNote(): void {
    rmSync(join(this.path, "box.json"), { force: true });
  }

  /** The note of a box that may still run; undefined where there is none or it cannot be read. */
  readNote(): BoxNote | undefined {
    try {
      return JSON.parse(readFileSync(join(this.path, "box.json"), "utf8")) as BoxNote;
    } catch {
      return undefined;
    }
  }

  get #ownKey(): KeyFile {
    return new KeyFile(join(this.path, "key"));
  }
}

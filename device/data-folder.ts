// The data folder: one per box, one writer at a time. Holds the replica, the key, and while a box runs the note where
// it listens, so that other commands ask the box instead of writing beside it.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { asSigningKey, fromHex, type SigningKey, toHex } from "../protocol/operation/bytes.ts";
import { CommandError } from "./exit.ts";

const SEED_BYTES = 32;
const OWNER_ONLY = 0o600;
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
    const path = join(this.path, "key");
    if (existsSync(path)) return readKey(path);
    const key = asSigningKey(new Uint8Array(randomBytes(SEED_BYTES)));
    this.#write("key", `${toHex(key)}\n`);
    return key;
  }

  /** Has this key written operations already? Then a store without them was lost, and the log must not begin anew. */
  get keyWasUsed(): boolean {
    return existsSync(join(this.path, "key.used"));
  }

  markKeyUsed(): void {
    if (!this.keyWasUsed) this.#write("key.used", "");
  }

  /** Puts the key aside, under a name that says when, and lets the next call of `signingKey` make a new one. */
  retireKey(nowMicros: number): void {
    renameSync(join(this.path, "key"), join(this.path, `key.retired-${Math.floor(nowMicros / 1e6)}`));
    rmSync(join(this.path, "key.used"), { force: true });
  }

  writeNote(note: BoxNote): void {
    this.#write("box.json", `${JSON.stringify(note)}\n`);
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

  /** Whole or not at all, and still there after a power cut: temporary file, fsync, rename, fsync of the folder. */
  #write(name: string, text: string): void {
    const path = join(this.path, name);
    const file = openSync(`${path}.new`, "w", OWNER_ONLY);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
    const folder = openSync(this.path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
}

function readKey(path: string): SigningKey {
  const text = readFileSync(path, "utf8").trim();
  try {
    return asSigningKey(fromHex(text));
  } catch (cause) {
    throw new CommandError("E_KEY_BROKEN", `Cannot read the key "${path}": it is not 64 hex digits`, { cause });
  }
}

// A private key in a file of its own, and beside it the mark that operations were written with it. It never leaves the
// data folder.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { asSigningKey, fromHex, type SigningKey, toHex } from "../protocol/operation/bytes.ts";
import { writeDurably } from "./durable-file.ts";
import { CommandError } from "./exit.ts";

const SEED_BYTES = 32;

export class KeyFile {
  readonly #path: string;

  /** Its folder must be there before a key is made. */
  constructor(path: string) {
    this.#path = path;
  }

  get exists(): boolean {
    return existsSync(this.#path);
  }

  /** Made on first use. Throws E_KEY_BROKEN. */
  signingKey(): SigningKey {
    if (this.exists) return this.#read();
    const key = asSigningKey(new Uint8Array(randomBytes(SEED_BYTES)));
    writeDurably(this.#path, `${toHex(key)}\n`);
    return key;
  }

  /** Has this key written operations already? Then a store without them was lost, and the log must not begin anew. */
  get wasUsed(): boolean {
    return existsSync(this.#usedPath);
  }

  markUsed(): void {
    if (!this.wasUsed) writeDurably(this.#usedPath, "");
  }

  /** Puts the key aside, under a name that says when, and lets the next call of `signingKey` make a new one. */
  retire(nowMicros: number): void {
    renameSync(this.#path, `${this.#path}.retired-${Math.floor(nowMicros / 1e6)}`);
    rmSync(this.#usedPath, { force: true });
  }

  get #usedPath(): string {
    return `${this.#path}.used`;
  }

  #read(): SigningKey {
    const text = readFileSync(this.#path, "utf8").trim();
    try {
      return asSigningKey(fromHex(text));
    } catch (cause) {
      throw new CommandError("E_KEY_BROKEN", `Cannot read the key "${this.#path}": it is not 64 hex digits`, { cause });
    }
  }
}

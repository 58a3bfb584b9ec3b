// Writes under the keys of a ring: one writer for each key and process, or two of them would fork its log.
import type { Operation } from "../protocol/operation/operation.ts";
import type { LogWriter } from "../sync/log-writer.ts";
import { ownKey } from "../sync/own-key.ts";
import type { Replica } from "../sync/replica.ts";
import { CommandError } from "./exit.ts";
import type { KeyRing } from "./key-ring.ts";

export class RingWriters {
  readonly #replica: Replica;
  readonly #ring: KeyRing;
  readonly #writers = new Map<string, Promise<LogWriter>>();

  constructor(replica: Replica, ring: KeyRing) {
    this.#replica = replica;
    this.#ring = ring;
  }

  /** Resolves when they are durable; rejects with StoreError, E_KEY_NAME or E_KEY_LOST. */
  async publish(bodies: readonly Uint8Array[], name: string): Promise<readonly Operation[]> {
    const writer = await this.#writer(name);
    const operations = await writer.publish(bodies);
    this.#ring.file(name).markUsed();
    return operations;
  }

  #writer(name: string): Promise<LogWriter> {
    const known = this.#writers.get(name) ?? this.#openWriter(name);
    this.#writers.set(name, known);
    known.catch(() => this.#writers.delete(name));
    return known;
  }

  /** A key that wrote before, and a store that knows nothing of it: writing on would fork its log. */
  async #openWriter(name: string): Promise<LogWriter> {
    const file = this.#ring.file(name);
    const writer = await this.#replica.writerOf(ownKey(file.signingKey(), this.#replica.suite));
    if (!file.wasUsed || writer.hasWritten) return writer;
    throw new CommandError(
      "E_KEY_LOST",
      `Cannot act as "${name}": what this key did before is not here any more; take another name`,
    );
  }
}

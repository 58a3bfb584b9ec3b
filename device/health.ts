// Whether a restart could help this box: asked before each beat of the watchdog (systemd.ts), every 30 s. Looks at the
// event loop, at a write to the store and at the screen, and logs what fails.
//
// Only what a new process would mend is unhealthy: a loop that lags, a store that fails in a way we do not know, a driver
// that neither ends nor fails. A full or broken card, a lock of another process and a panel that does not answer are told on
// the screen and in `status`; restarting for them again and again would take down a relay that still serves what it has.
import type { Database } from "better-sqlite3";
import type { Clock, Logger } from "../sync/ports.ts";
import { asStoreError, StoreError } from "../sync/store/errors.ts";
import { BoxMemory } from "./box-memory.ts";
import type { StoreTrouble } from "./store-trouble.ts";

/** A phone has given up on its request by then (device/web/server.ts); a long import keeps its turns far shorter. */
export const MOST_LAG_MS = 5_000;

/**
 * A write is committed this often, and otherwise rolled back: that proves the lock and the pages it needs, and costs the
 * card nothing. 48 commits a day are less than 1 MB; one with each beat would be 2,880 and 25 MB.
 */
export const COMMIT_INTERVAL_MS = 1_800_000;

/**
 * A panel's driver waits for each step of a picture at most 32 s and then fails, and the slowest picture has several; what
 * takes longer than this waits for something that will not come.
 */
export const MOST_DRAWING_MS = 600_000;

export interface HealthOptions {
  readonly database: Database;
  /** Told of a card that fails, and of one that takes writes again. */
  readonly trouble: Pick<StoreTrouble, "failed" | "healed">;
  /** For how long the screen has been busy with one picture; undefined while it rests. */
  readonly drawingMs: () => number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class Health {
  readonly #options: HealthOptions;
  readonly #memory: BoxMemory;
  #committedMs = Number.NEGATIVE_INFINITY;

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#memory = new BoxMemory(options.database);
  }

  /** False where only a restart helps. Resolves after a turn of the event loop. */
  async check(): Promise<boolean> {
    const lagMs = await this.#lagMs();
    const drawingMs = this.#options.drawingMs() ?? 0;
    if (lagMs > MOST_LAG_MS) return this.#ill("event loop", { lagMs });
    if (drawingMs > MOST_DRAWING_MS) return this.#ill("screen", { drawingMs });
    return this.#storeWrites();
  }

  /** How much later than asked for a timer comes: what a phone's request waits at this moment. */
  async #lagMs(): Promise<number> {
    const { clock } = this.#options;
    const startMs = clock.monotonicMs();
    await new Promise<void>((resolve) => clock.after(0, resolve));
    return clock.monotonicMs() - startMs;
  }

  #storeWrites(): boolean {
    const { clock, trouble } = this.#options;
    try {
      if (clock.monotonicMs() - this.#committedMs < COMMIT_INTERVAL_MS) this.#tryWrite();
      else this.#commitWrite();
      return true;
    } catch (error) {
      if (!(asStoreError(error, "write to the card") instanceof StoreError)) return this.#ill("store", { error });
      trouble.failed(error);
      return true;
    }
  }

  #tryWrite(): void {
    const { database } = this.#options;
    database.exec("BEGIN IMMEDIATE");
    try {
      this.#write();
    } finally {
      // SQLite has rolled back by itself after some errors.
      if (database.inTransaction) database.exec("ROLLBACK");
    }
  }

  #commitWrite(): void {
    const { clock, trouble } = this.#options;
    this.#write();
    this.#committedMs = clock.monotonicMs();
    trouble.healed();
  }

  #write(): void {
    this.#memory.set("alive", Math.floor(this.#options.clock.nowMicros() / 1_000_000));
  }

  #ill(part: string, fields: Readonly<Record<string, unknown>>): false {
    this.#options.logger.warn("Not healthy", { part, ...fields });
    return false;
  }
}

// When a session may send its next page: as soon as the network took the last one, and, to a p2panda node, not faster
// than its pace.
import type { Pace } from "./pace.ts";
import { type Clock, type Connection, DRAINED_BYTES } from "./ports.ts";

export interface OutletOptions {
  readonly connection: Pick<Connection, "unsentBytes">;
  readonly clock: Clock;
  /** Our own boxes are sent as much as they take. */
  readonly pace: Pace | undefined;
  /** Operations of a page. */
  readonly pageOperations: number;
  readonly writable: () => void;
}

export class Outlet {
  readonly #options: OutletOptions;
  #awaited = false;
  #cancelWait: (() => void) | undefined;

  constructor(options: OutletOptions) {
    this.#options = options;
  }

  /** One operation went out. */
  sent(): void {
    this.#options.pace?.sent(this.#options.clock.monotonicMs());
  }

  /** Calls `writable` once, now or later, but never before this returned. */
  await(): void {
    this.#awaited = true;
    this.drained();
  }

  drained(): void {
    const { connection, clock, pace, pageOperations, writable } = this.#options;
    if (!this.#awaited || connection.unsentBytes >= DRAINED_BYTES) return;
    const waitMs = pace?.waitMs(clock.monotonicMs(), pageOperations) ?? 0;
    this.#cancelWait?.();
    this.#cancelWait = waitMs > 0 ? clock.after(waitMs, () => this.drained()) : undefined;
    if (waitMs > 0) return;
    this.#awaited = false;
    queueMicrotask(writable);
  }

  close(): void {
    this.#awaited = false;
    this.#cancelWait?.();
  }
}

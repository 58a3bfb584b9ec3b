// When a session may send its next page: as soon as the network took the last one, and, to a p2panda node, not faster
// than its pace and not beyond its credit.
import { Pace } from "./pace.ts";
import { type Clock, type Connection, DRAINED_BYTES } from "./ports.ts";

export interface OutletOptions {
  readonly connection: Pick<Connection, "unsentBytes">;
  readonly clock: Clock;
  /** Our own boxes are sent as much as they take. */
  readonly isPaced: boolean;
  /** Operations before somebody has to look whether they arrived. */
  readonly credit: number;
  /** Operations of a page. */
  readonly pageOperations: number;
  readonly writable: () => void;
  /** The credit is used up: somebody should look whether all arrived. */
  readonly spent: () => void;
}

export class Outlet {
  readonly #options: OutletOptions;
  readonly #pace = new Pace();
  #credit: number;
  #awaited = false;
  #cancelWait: (() => void) | undefined;

  constructor(options: OutletOptions) {
    this.#options = options;
    this.#credit = options.credit;
  }

  /** One operation went out. */
  sent(): void {
    const { isPaced, clock, pageOperations, spent } = this.#options;
    if (isPaced) this.#pace.sent(clock.monotonicMs());
    this.#credit -= 1;
    if (this.#credit === pageOperations - 1) spent();
  }

  /** All that was sent has arrived. */
  grant(): void {
    this.#credit = this.#options.credit;
    this.drained();
  }

  /** Calls `writable` once, now or later, but never before this returned. */
  await(): void {
    this.#awaited = true;
    this.drained();
  }

  drained(): void {
    const { connection, clock, writable } = this.#options;
    if (!this.#awaited || connection.unsentBytes >= DRAINED_BYTES || this.#isBroke) return;
    const waitMs = this.#waitMs();
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

  get #isBroke(): boolean {
    return this.#credit < this.#options.pageOperations;
  }

  #waitMs(): number {
    const { isPaced, clock, pageOperations } = this.#options;
    return isPaced ? this.#pace.waitMs(clock.monotonicMs(), pageOperations) : 0;
  }
}

// Tells the pages that something changed, but not more often than they can draw: at once after something done here, at most
// five times a second while much comes in.
import type { Clock } from "../../../../sync/ports.ts";

const PAUSE_MS = 200;

export class Notices {
  readonly #clock: Clock;
  readonly #callbacks = new Set<() => void>();
  #cancel: (() => void) | undefined;
  #toldMs = Number.NEGATIVE_INFINITY;
  /** Something changed that the pages were told of and have not looked at. */
  isDue = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  subscribe(callback: () => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  /** What somebody did here is to be seen at once. */
  tellNow(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#toldMs = this.#clock.monotonicMs();
    this.isDue = true;
    for (const callback of this.#callbacks) callback();
  }

  tellSoon(): void {
    if (this.#cancel) return;
    const waitMs = Math.max(0, this.#toldMs + PAUSE_MS - this.#clock.monotonicMs());
    this.#cancel = this.#clock.after(waitMs, () => this.tellNow());
  }

  stop(): void {
    this.#cancel?.();
    this.#callbacks.clear();
  }
}

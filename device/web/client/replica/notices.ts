// Tells the pages that something changed, but not more often than they can draw: at once after something done here, at most
// five times a second while much comes in, and less often on a phone that takes long over it.
import type { Clock } from "../../../../sync/ports.ts";

const PAUSE_MS = 200;
/** Times as long as the pages took to look; else a slow phone would do nothing but look. */
const PAUSES_PER_LOOK = 4;

export class Notices {
  readonly #clock: Clock;
  readonly #callbacks = new Set<() => void>();
  #cancel: (() => void) | undefined;
  #toldMs = Number.NEGATIVE_INFINITY;
  #pauseMs = PAUSE_MS;
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
    this.isDue = true;
    const startedMs = this.#clock.monotonicMs();
    for (const callback of this.#callbacks) callback();
    this.#toldMs = this.#clock.monotonicMs();
    this.#pauseMs = Math.max(PAUSE_MS, PAUSES_PER_LOOK * (this.#toldMs - startedMs));
  }

  tellSoon(): void {
    if (this.#cancel) return;
    const waitMs = Math.max(0, this.#toldMs + this.#pauseMs - this.#clock.monotonicMs());
    this.#cancel = this.#clock.after(waitMs, () => this.tellNow());
  }

  stop(): void {
    this.#cancel?.();
    this.#callbacks.clear();
  }
}

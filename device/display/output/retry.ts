// When a screen that failed is tried again: soon, then ever less often. A panel with a loose ribbon costs a few seconds of
// waiting each time, and one that is plugged in later should come up while the person still stands before it.
import type { After } from "../panel/wires.ts";

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;

/** `failures` is 1 after the first. */
export function retryDelayMs(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
}

export interface RetryOptions {
  readonly after: After;
  readonly monotonicMs: () => number;
  readonly retry: () => void;
}

/** One timer at a time. */
export class Retry {
  readonly #options: RetryOptions;
  #failures = 0;
  #dueMs: number | undefined;
  #cancelTimer = (): void => {};

  constructor(options: RetryOptions) {
    this.#options = options;
  }

  /** Undefined while nothing waits. */
  get inS(): number | undefined {
    return this.#dueMs === undefined ? undefined : Math.ceil((this.#dueMs - this.#options.monotonicMs()) / 1000);
  }

  /** Failed, and not due yet. */
  get isResting(): boolean {
    return this.#dueMs !== undefined;
  }

  failed(): void {
    this.#failures += 1;
    const delayMs = retryDelayMs(this.#failures);
    this.#dueMs = this.#options.monotonicMs() + delayMs;
    this.#cancelTimer();
    this.#cancelTimer = this.#options.after(delayMs, () => {
      this.#dueMs = undefined;
      this.#options.retry();
    });
  }

  /** Also stops the timer. */
  succeeded(): void {
    this.#failures = 0;
    this.#dueMs = undefined;
    this.#cancelTimer();
  }
}

// How long to wait before an address is dialled again. Full jitter: boxes that lost the same hub must not return
// together.
import type { Random } from "./ports.ts";

const FIRST_MS = 1_000;
/** A box that comes back is found within a minute; 60 dead addresses cost one dial a second. */
const LONGEST_MS = 60_000;

/** Uniform between 0 and 1 s after no failure, 2 s after one, doubling up to a minute, or to what else is the longest. */
export function backoffMs(failures: number, random: Random, longestMs = LONGEST_MS): number {
  return random() * Math.min(longestMs, FIRST_MS * 2 ** failures);
}

/** Counts the failures of one address. */
export class Backoff {
  readonly #random: Random;
  readonly #longestMs: number | undefined;
  #failures = 0;

  constructor(random: Random, longestMs?: number) {
    this.#random = random;
    this.#longestMs = longestMs;
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const delay = backoffMs(this.#failures, this.#random, this.#longestMs);
    this.#failures += 1;
    return delay;
  }

  /** A session proved the address: the next wait is short again. */
  reset(): void {
    this.#failures = 0;
  }
}

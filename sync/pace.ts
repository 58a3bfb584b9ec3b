// How fast a p2panda 0.7 node may be sent operations. It hands them on through channels of 1,024 places and drops what
// does not fit, silently (p2panda-wire.md §3.7); what follows in the log then has no place there. So few at a time, and
// a look afterwards whether all arrived (peers.ts).
export interface PaceLimits {
  readonly operations: number;
  readonly windowMs: number;
}

/** A quarter of the channel in the time in which a slow card commits about as many. */
export const RUST_PACE: PaceLimits = { operations: 256, windowMs: 100 };

export class Pace {
  readonly #limits: PaceLimits;
  #windowStartMs = Number.NEGATIVE_INFINITY;
  #sent = 0;

  constructor(limits: PaceLimits = RUST_PACE) {
    this.#limits = limits;
  }

  sent(nowMs: number): void {
    if (nowMs - this.#windowStartMs >= this.#limits.windowMs) {
      this.#windowStartMs = nowMs;
      this.#sent = 0;
    }
    this.#sent += 1;
  }

  /** Milliseconds until so many more may go out; 0 for now. `operations` is at most the limit of a window. */
  waitMs(nowMs: number, operations: number): number {
    const leftMs = this.#windowStartMs + this.#limits.windowMs - nowMs;
    if (leftMs <= 0 || this.#sent + operations <= this.#limits.operations) return 0;
    return leftMs;
  }
}

// Looks again after a bulk transfer to a p2panda 0.7 node: it may have dropped operations without a word, and everything
// behind a dropped one (p2panda-wire.md §3.7). A second, short session compares heights and sends what is missing, until
// nothing is. Decides when to look; peers.ts does it.
import type { Target } from "./dialler.ts";
import type { Clock } from "./ports.ts";

/** The node's channels hold 1,024; what is well below that was not dropped. */
const BULK_OPERATIONS = 500;
/** Long enough for a node to store what a window of our pace brought. */
const FIRST_LOOK_MS = 2_000;
const LONGEST_LOOK_MS = 60_000;

interface Watch {
  /** Operations that went out when it was looked at last. */
  seen: number;
  waitMs: number;
  cancel: () => void;
}

export interface VerificationOptions {
  readonly clock: Clock;
  /** Opens a second session; its outcome comes by `looked`. */
  readonly look: (target: Target) => void;
}

export class Verification {
  readonly #options: VerificationOptions;
  readonly #watches = new Map<Target, Watch>();
  /** Operations to each target that are known to have arrived. */
  readonly #verified = new Map<Target, number>();

  constructor(options: VerificationOptions) {
    this.#options = options;
  }

  /** `outgoing` counts the operations that a session sent so far. */
  sent(target: Target, outgoing: () => number): void {
    if (this.#watches.has(target) || outgoing() - (this.#verified.get(target) ?? 0) < BULK_OPERATIONS) return;
    const watch: Watch = { seen: outgoing(), waitMs: FIRST_LOOK_MS, cancel: () => {} };
    this.#watches.set(target, watch);
    this.#wait(target, watch, outgoing);
  }

  /** What the second session had to send; undefined if it did not come to an end. */
  looked(target: Target, sent: number | undefined): void {
    const watch = this.#watches.get(target);
    if (watch === undefined) return;
    if (sent === 0) {
      this.#verified.set(target, watch.seen);
      this.#watches.delete(target);
      return;
    }
    watch.waitMs = Math.min(LONGEST_LOOK_MS, watch.waitMs * 2);
    watch.cancel = this.#options.clock.after(watch.waitMs, () => this.#options.look(target));
  }

  /** The session that sent is over: the next one compares heights anyway. */
  ended(target: Target): void {
    this.#watches.get(target)?.cancel();
    this.#watches.delete(target);
    this.#verified.delete(target);
  }

  /** Not while operations still flow. */
  #wait(target: Target, watch: Watch, outgoing: () => number): void {
    watch.cancel = this.#options.clock.after(watch.waitMs, () => {
      const flows = outgoing() !== watch.seen;
      watch.seen = outgoing();
      if (flows) this.#wait(target, watch, outgoing);
      else this.#options.look(target);
    });
  }
}

// Looks whether a p2panda 0.7 node stored what it was sent, and sends the rest: by short second sessions, chunk by chunk
// (catch-up.ts), until nothing is missing. Decides when to look; peers.ts does it.
import { CatchUp } from "./catch-up.ts";
import type { Target } from "./dialler.ts";
import type { Clock } from "./ports.ts";

/** What is well below the node's channels was not dropped, and needs no second look. */
const UNSEEN_OPERATIONS = 256;
/** An optimised node stores a chunk in about this time. */
const FIRST_LOOK_MS = 250;
/** While it stores. */
const LONGEST_WAIT_MS = 5_000;
/** Where nobody answers, or what is missing cannot be sent. */
const LONGEST_PAUSE_MS = 60_000;

interface Watch {
  readonly catchUp: CatchUp;
  waitMs: number;
  cancel: (() => void) | undefined;
  /** Lets the session that waits go on. */
  grant: () => void;
}

export interface VerificationOptions {
  readonly clock: Clock;
  /** Opens a second session with the allowance of its target; its outcome comes by `looked`. */
  readonly look: (target: Target) => void;
}

export class Verification {
  readonly #options: VerificationOptions;
  readonly #watches = new Map<Target, Watch>();

  constructor(options: VerificationOptions) {
    this.#options = options;
  }

  /** What a session with a target may send. */
  allowanceOf(target: Target): CatchUp {
    const { clock } = this.#options;
    const watch = this.#watches.get(target) ?? {
      catchUp: new CatchUp(() => clock.monotonicMs()),
      waitMs: FIRST_LOOK_MS,
      cancel: undefined,
      grant: () => {},
    };
    this.#watches.set(target, watch);
    return watch.catchUp;
  }

  /** The first log sync is over. */
  synced(target: Target, grant: () => void): void {
    const watch = this.#watches.get(target);
    if (watch && (watch.catchUp.missing ?? 0) >= UNSEEN_OPERATIONS) this.spent(target, grant);
  }

  /** The session waits until what it sent has arrived. */
  spent(target: Target, grant: () => void): void {
    const watch = this.#watches.get(target);
    if (watch === undefined) return;
    watch.grant = grant;
    if (watch.cancel === undefined) this.#lookAfter(target, watch, FIRST_LOOK_MS);
  }

  /** A look is over; `sent` is what it sent, undefined if it did not come to an end. */
  looked(target: Target, sent: number | undefined): void {
    const watch = this.#watches.get(target);
    if (watch === undefined) return;
    watch.cancel = undefined;
    const { missing, stalls } = watch.catchUp;
    if (sent === 0 && missing === 0) {
      watch.grant();
      return;
    }
    const isMoving = sent !== undefined && stalls === 0;
    const waitMs = sent && isMoving ? FIRST_LOOK_MS : watch.waitMs * 2;
    this.#lookAfter(target, watch, Math.min(waitMs, isMoving ? LONGEST_WAIT_MS : LONGEST_PAUSE_MS));
  }

  /** The session that sent is over: the next one starts anew. */
  ended(target: Target): void {
    this.#watches.get(target)?.cancel?.();
    this.#watches.delete(target);
  }

  #lookAfter(target: Target, watch: Watch, waitMs: number): void {
    watch.waitMs = waitMs;
    watch.cancel = this.#options.clock.after(watch.waitMs, () => this.#options.look(target));
  }
}

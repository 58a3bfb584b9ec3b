// How much a p2panda 0.7 node may be sent before it must have stored what it got. It stores one operation in one
// transaction, its channels hold 1,024 before that, and what does not fit is dropped without a word, with all that follows
// on it in the log (p2panda-wire.md §3.7). So: a chunk, a look at its heights, and the next chunk once it is stored.

/** Half a channel: another peer of the node may be sending too. */
export const CHUNK_OPERATIONS = 512;
/** A node that stores nothing for so long has dropped something, and is sent it again; each time later, if that is in vain. */
const STALLED_MS = 5_000;
const LONGEST_STALL_MS = 300_000;

/** How many of the operations that the other side lacks may be sent now. */
export interface Allowance {
  allow(missing: number): number;
}

export class CatchUp implements Allowance {
  readonly #nowMs: () => number;
  /** What is missing as soon as all that was sent is stored. */
  #owed = Number.POSITIVE_INFINITY;
  #fewest = Number.POSITIVE_INFINITY;
  #progressMs: number;
  /** What was missing at the last look; undefined before the first. */
  missing: number | undefined;
  /** How often all was sent again since something was stored last. */
  stalls = 0;

  /** Milliseconds of a clock that only goes forward. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#progressMs = nowMs();
  }

  /** True if all that was sent is stored, as far as the last look could tell. */
  get isStored(): boolean {
    return (this.missing ?? 0) <= this.#owed;
  }

  allow(missing: number): number {
    const nowMs = this.#nowMs();
    this.missing = missing;
    if (missing < this.#fewest) {
      this.#fewest = missing;
      this.#progressMs = nowMs;
      this.stalls = 0;
    }
    if (!this.isStored) {
      const patienceMs = Math.min(LONGEST_STALL_MS, STALLED_MS * 2 ** this.stalls);
      if (nowMs - this.#progressMs < patienceMs) return 0;
      this.stalls += 1;
    }
    const chunk = Math.min(missing, CHUNK_OPERATIONS);
    this.#owed = missing - chunk;
    this.#progressMs = nowMs;
    return chunk;
  }
}

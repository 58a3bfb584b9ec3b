// A value that costs something to make, kept for a while: however many ask, it is made once in that time.
import type { Clock } from "../../sync/ports.ts";

export interface KeptOptions<Value> {
  readonly clock: Clock;
  readonly forMs: number;
  readonly make: () => Value;
}

export class Kept<Value> {
  readonly #options: KeptOptions<Value>;
  #made: { readonly value: Value; readonly atMs: number } | undefined;

  constructor(options: KeptOptions<Value>) {
    this.#options = options;
  }

  /** Throws what making it throws. */
  get value(): Value {
    const { clock, forMs, make } = this.#options;
    const nowMs = clock.monotonicMs();
    if (this.#made === undefined || nowMs - this.#made.atMs >= forMs) this.#made = { value: make(), atMs: nowMs };
    return this.#made.value;
  }

  /** It is made anew for the next who asks. */
  forget(): void {
    this.#made = undefined;
  }
}

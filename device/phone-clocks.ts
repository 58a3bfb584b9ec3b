// What the phones around have on their clocks, for a box that has none of its own (M-39). Each phone counts once, by its
// address, with what it said last; who says nothing for an hour counts no more. Judges nothing: that is clock.ts.
import { addressGroup } from "../sync/address-caps.ts";
import type { Clock } from "../sync/ports.ts";

const HOUR_MS = 3_600_000;
/** More do not make the middle better; the oldest word goes. */
const MAX_PHONES = 64;
const MICROS_PER_MILLISECOND = 1000;

interface Offer {
  /** What the phone would have had when our monotonic clock was at zero: it stays right when our date is set. */
  readonly zeroMs: number;
  readonly atMs: number;
}

export class PhoneClocks {
  readonly #clock: Clock;
  /** By address group, the latest last. */
  readonly #offers = new Map<string, Offer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `phoneMs`: milliseconds since 1970 UTC, just now. */
  offer(host: string, phoneMs: number): void {
    const phone = addressGroup(host);
    const atMs = this.#clock.monotonicMs();
    this.#offers.delete(phone);
    this.#offers.set(phone, { zeroMs: phoneMs - atMs, atMs });
    const [oldest] = this.#offers.keys();
    if (this.#offers.size > MAX_PHONES && oldest !== undefined) this.#offers.delete(oldest);
  }

  /** Theirs minus ours, in microseconds. */
  offsets(): readonly number[] {
    const nowMs = this.#clock.monotonicMs();
    const here = this.#clock.nowMicros();
    const heard = [...this.#offers.values()].filter(({ atMs }) => nowMs - atMs <= HOUR_MS);
    return heard.map(({ zeroMs }) => Math.round((zeroMs + nowMs) * MICROS_PER_MILLISECOND) - here);
  }
}

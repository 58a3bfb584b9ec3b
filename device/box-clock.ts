// The box's idea of now, and how far it can be trusted. Looks at the machine's signs once a minute at most.
import type { Clock } from "../sync/ports.ts";
import { type ClockSigns, judgeClock, readClockSigns } from "./clock.ts";
import type { ClockTrust } from "./display/device-state.ts";

const MICROS_PER_SECOND = 1_000_000;
const SIGNS_VALID_MS = 60_000;

export interface BoxClockOptions {
  readonly clock: Clock;
  /** When this program was made, in microseconds: no honest clock stands before it. */
  readonly buildTime: number;
  /** Newest timestamp of this box's own key, in microseconds; 0 if it never wrote. */
  readonly newestOwn: () => number;
}

export class BoxClock {
  readonly #options: BoxClockOptions;
  #signs: { readonly signs: ClockSigns; readonly atMs: number } | undefined;

  constructor(options: BoxClockOptions) {
    this.#options = options;
  }

  /** Seconds since 1970 UTC. */
  get now(): number {
    return Math.floor(this.#options.clock.nowMicros() / MICROS_PER_SECOND);
  }

  get trust(): ClockTrust {
    const { clock, buildTime, newestOwn } = this.#options;
    const now = clock.nowMicros();
    return judgeClock({ ...this.#readSigns(now), now, buildTime, newestOwn: newestOwn() });
  }

  /** Milliseconds to the next full minute, when a printed clock changes. */
  get nextMinuteMs(): number {
    const micros = this.#options.clock.nowMicros();
    const minute = 60 * MICROS_PER_SECOND;
    return Math.ceil((minute - (micros % minute)) / 1000);
  }

  #readSigns(now: number): ClockSigns {
    const atMs = this.#options.clock.monotonicMs();
    if (this.#signs === undefined || atMs - this.#signs.atMs > SIGNS_VALID_MS) {
      this.#signs = { signs: readClockSigns(now), atMs };
    }
    return this.#signs.signs;
  }
}

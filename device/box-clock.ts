// The box's idea of now, and how far it can be trusted. Looks at the machine's signs once a minute at most.
import type { Clock } from "../sync/ports.ts";
import { borrowedOffset, type ClockFolders, type ClockSigns, judgeClock, readClockSigns } from "./clock.ts";
import type { ClockTrust } from "./display/device-state.ts";

const MICROS_PER_SECOND = 1_000_000;
const SIGNS_VALID_MS = 60_000;

export interface BoxClockOptions {
  readonly clock: Clock;
  /** When this program was made, in microseconds: no honest clock stands before it. */
  readonly buildTime: number;
  /** Newest timestamp of this box's own key, in microseconds; 0 if it never wrote. */
  readonly newestOwn: () => number;
  /** What phones have on their clocks, minus ours, in microseconds. */
  readonly phoneOffsets: () => readonly number[];
  /** Where this machine says who set its clock. */
  readonly folders?: ClockFolders;
}

export class BoxClock {
  readonly #options: BoxClockOptions;
  #signs: { readonly signs: ClockSigns; readonly atMs: number } | undefined;

  constructor(options: BoxClockOptions) {
    this.#options = options;
  }

  /** Seconds since 1970 UTC; those of the phones while the clock is borrowed. */
  get now(): number {
    return Math.floor(this.#micros / MICROS_PER_SECOND);
  }

  get trust(): ClockTrust {
    const { clock, buildTime, newestOwn, phoneOffsets } = this.#options;
    const now = clock.nowMicros();
    const signs = this.#readSigns(now);
    return judgeClock({ ...signs, now, buildTime, newestOwn: newestOwn(), phoneOffsets: phoneOffsets() });
  }

  /** Milliseconds to the next full minute, when a printed clock changes. */
  get nextMinuteMs(): number {
    const micros = this.#micros;
    const minute = 60 * MICROS_PER_SECOND;
    return Math.ceil((minute - (micros % minute)) / 1000);
  }

  get #micros(): number {
    const { clock, phoneOffsets } = this.#options;
    const offset = this.trust === "borrowed" ? (borrowedOffset(phoneOffsets()) ?? 0) : 0;
    return clock.nowMicros() + offset;
  }

  #readSigns(now: number): ClockSigns {
    const atMs = this.#options.clock.monotonicMs();
    if (this.#signs === undefined || atMs - this.#signs.atMs > SIGNS_VALID_MS) {
      this.#signs = { signs: readClockSigns(now, this.#options.folders), atMs };
    }
    return this.#signs.signs;
  }
}

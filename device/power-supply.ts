// Says when the voltage of a Raspberry Pi is too low and stays so: that is how a box without a battery gauge learns that the
// sun is gone. A dip, as a weak plug has when a stick is plugged in, is only told. Boards of the Zero family cannot measure
// it (image.md §9) and are left alone: no alarm, no timer.
import type { Clock, Logger } from "../sync/ports.ts";

/** What the board knows of its voltage. */
export interface VoltageAlarm {
  /** True while it is too low; undefined where the alarm cannot be read. */
  isLow(): boolean | undefined;
  /** Calls back when that may have changed; undefined where nobody tells. Returns how to stop. */
  readonly whenChanged?: ((listener: () => void) => () => void) | undefined;
}

/** Where nobody tells: as often as the picture changes anyway. */
const LOOK_MS = 60_000;
/** The firmware is asked by its driver every two seconds; an alarm that is seen so often in a row is no dip. */
const LOW_LOOK_MS = 10_000;
const LOW_STANDS_MS = 30_000;

export interface PowerSupplyOptions {
  readonly alarm: VoltageAlarm;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called once: it is too low and stays so. */
  readonly onLow: () => void;
}

export class PowerSupply {
  readonly #options: PowerSupplyOptions;
  #lowSinceMs: number | undefined;
  #stopWatching: (() => void) | undefined;
  #cancelLook: (() => void) | undefined;

  constructor(options: PowerSupplyOptions) {
    this.#options = options;
  }

  get isLow(): boolean {
    return this.#lowSinceMs !== undefined;
  }

  start(): void {
    this.#stopWatching = this.#options.alarm.whenChanged?.(() => this.#look());
    this.#look();
  }

  stop(): void {
    this.#stopWatching?.();
    this.#cancelLook?.();
  }

  #look(): void {
    const { alarm, clock } = this.#options;
    this.#cancelLook?.();
    const isLow = alarm.isLow();
    if (isLow === undefined) return;
    this.#note(isLow);
    const nowMs = clock.monotonicMs();
    if (nowMs - (this.#lowSinceMs ?? nowMs) >= LOW_STANDS_MS) this.#sleep();
    else if (isLow) this.#lookAgain(LOW_LOOK_MS);
    else if (this.#stopWatching === undefined) this.#lookAgain(LOOK_MS);
  }

  #note(isLow: boolean): void {
    const { clock, logger } = this.#options;
    if (isLow === this.isLow) return;
    this.#lowSinceMs = isLow ? clock.monotonicMs() : undefined;
    if (isLow) logger.warn("The voltage is low", { code: "E_LOW_VOLTAGE" });
    else logger.info("The voltage is good again");
  }

  #lookAgain(ms: number): void {
    this.#cancelLook = this.#options.clock.after(ms, () => this.#look());
  }

  #sleep(): void {
    this.stop();
    this.#options.logger.warn("The voltage stays low: going to sleep", { code: "E_LOW_VOLTAGE" });
    this.#options.onLow();
  }
}

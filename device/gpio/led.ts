// The light beside the buttons, which answers a press at once: a panel needs seconds for that (display.md §8.4). One
// flash: it counts. Three: not now. Slow ones: it takes a moment.
import type { Clock } from "../../sync/ports.ts";
import type { OutputLine } from "./line.ts";
import type { PressAnswer } from "./port.ts";

/** On, off, on … as long as that; an answer that never follows leaves it dark after five seconds. */
const FLASH_MS: Readonly<Record<PressAnswer, readonly number[]>> = {
  done: [200],
  refused: [80, 80, 80, 80, 80],
  working: [600, 400, 600, 400, 600, 400, 600, 400, 600],
};

export interface LedOptions {
  readonly line: Pick<OutputLine, "set" | "close">;
  readonly clock: Clock;
}

export class Led {
  readonly #options: LedOptions;
  #cancelTimer: (() => void) | undefined;
  #isOpen = true;

  constructor(options: LedOptions) {
    this.#options = options;
  }

  /** The newest answer counts: an older one that still flashes ends. */
  flash(answer: PressAnswer): void {
    if (!this.#isOpen) return;
    this.#cancelTimer?.();
    this.#play(FLASH_MS[answer], 1);
  }

  /** Off, and the line free again. A second call does nothing. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#cancelTimer?.();
    this.#options.line.set(0);
    this.#options.line.close();
  }

  #play([ms, ...rest]: readonly number[], level: 0 | 1): void {
    const { line, clock } = this.#options;
    line.set(ms === undefined ? 0 : level);
    this.#cancelTimer = ms === undefined ? undefined : clock.after(ms, () => this.#play(rest, level === 1 ? 0 : 1));
  }
}

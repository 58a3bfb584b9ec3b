// Keys on lines of the GPIO character device: from a pull-up to ground, as every button board is wired, so a line is
// active while its key is down.
import type { GpioChips } from "./chardev.ts";
import { buttonEntries, type ForButtons, type KeySource, type OnKey } from "./key-source.ts";
import type { InputLine, InputWish } from "./line.ts";

/** Against storms of edges only; what is a press is decided on 50 ms (press-machine.ts). */
const KERNEL_DEBOUNCE_MS = 5;
const WIRED: InputWish = { bias: "pull-up", activeLow: true, debounceMs: KERNEL_DEBOUNCE_MS };

export interface LineKeysOptions {
  readonly chips: GpioChips;
  /** By name: "GPIO5". */
  readonly lines: ForButtons<string>;
}

export class LineKeys implements KeySource {
  readonly #options: LineKeysOptions;
  #lines: InputLine[] = [];

  constructor(options: LineKeysOptions) {
    this.#options = options;
  }

  /** Throws GpioError if a line cannot be had, and then holds none. */
  start(onKey: OnKey): void {
    const { chips, lines } = this.#options;
    try {
      for (const [button, name] of buttonEntries(lines)) {
        const line = chips.input(name, WIRED);
        this.#lines.push(line);
        if (line.level() === 1) onKey({ type: "held", button }, 0);
        line.onEdge(({ level, ageMs }) => onKey({ type: "edge", button, down: level === 1 }, ageMs));
      }
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  stop(): void {
    for (const line of this.#lines) line.close();
    this.#lines = [];
  }
}

// Hears the wires of a panel as edges, and says what was sent over them. SPI mode 0: a bit counts when the clock rises,
// the highest first, while the chip is selected. Pure.
import type { PinEdge } from "./qtest.ts";

/** Which line of the chip is which wire. */
export interface SpiPins {
  readonly clock: number;
  readonly data: number;
  readonly select: number;
  readonly command: number;
  readonly reset: number;
}

export type SpiEvent =
  | { readonly type: "command"; readonly byte: number }
  | { readonly type: "data"; readonly byte: number }
  | { readonly type: "reset" };

const BITS = 8;

export class SpiTap {
  readonly #pins: SpiPins;
  readonly #level = new Map<number, 0 | 1>();
  #shifted = 0;
  #bits = 0;

  constructor(pins: SpiPins) {
    this.#pins = pins;
    this.#level.set(pins.select, 1).set(pins.reset, 1);
  }

  /** What ended with this edge, if anything. A byte that a deselection cut is gone, as in the chip. */
  edge({ line, level }: PinEdge): SpiEvent | undefined {
    const { clock, select, reset } = this.#pins;
    const before = this.#level.get(line) ?? 0;
    this.#level.set(line, level);
    if (before === level) return undefined;
    if (line === select) this.#bits = 0;
    if (line === reset && level === 1) return { type: "reset" };
    return line === clock && level === 1 && this.#level.get(select) === 0 ? this.#shift() : undefined;
  }

  #shift(): SpiEvent | undefined {
    const { data, command } = this.#pins;
    this.#shifted = ((this.#shifted << 1) | (this.#level.get(data) ?? 0)) & 0xff;
    this.#bits += 1;
    if (this.#bits < BITS) return undefined;
    this.#bits = 0;
    return { type: this.#level.get(command) === 1 ? "data" : "command", byte: this.#shifted };
  }
}

// The pins of the emulated machine, from outside: hears each edge that the guest makes, and moves the lines that it
// reads. QEMU's qtest protocol, of which only the interrupt lines are used: the guest runs at its own speed.
import type { Duplex } from "node:stream";
import { LineSocket } from "./line-socket.ts";

/** Output line `line` of the chip went to `level`. */
export interface PinEdge {
  readonly line: number;
  readonly level: 0 | 1;
}

const EDGE = /^IRQ (raise|lower) (\d+)$/;

export class Qtest {
  readonly #socket: LineSocket;
  readonly #chip: string;

  /** `chip` is its place in QEMU's tree: see Qmp.deviceOfType. Edges come in the order in which they happened. */
  constructor(stream: Duplex, chip: string, onEdge: (edge: PinEdge) => void) {
    this.#chip = chip;
    this.#socket = new LineSocket(
      stream,
      (line) => {
        const edge = parseEdge(line);
        if (edge !== undefined) onEdge(edge);
      },
      () => {},
    );
    this.#socket.send(`irq_intercept_out ${chip}`);
  }

  /** Drives a line that the guest reads. */
  drive(line: number, level: 0 | 1): void {
    this.#socket.send(`set_irq_in ${this.#chip} unnamed-gpio-in ${line} ${level}`);
  }

  close(): void {
    this.#socket.close();
  }
}

/** Undefined for what is no edge: the "OK" after each command. */
export function parseEdge(line: string): PinEdge | undefined {
  const match = EDGE.exec(line);
  return match === null ? undefined : { line: Number(match[2]), level: match[1] === "raise" ? 1 : 0 };
}

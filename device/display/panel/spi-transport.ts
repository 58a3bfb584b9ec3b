// Panels on SPI that hear by a line whether a byte is a command (DC): UC8179, SSD16xx, Spectra 6. The wires are ports
// (wires.ts). Run against recorded kernel calls only; no spidev was at hand.
import { setImmediate as letOthersRun } from "node:timers/promises";
import type { IdleWait, PanelTransport, ResetPulse } from "./transport.ts";
import type { After, PanelWiresWithDc } from "./wires.ts";
import { closeWires, piecesOf, pulse, transferBytes, waitWhile } from "./wiring.ts";

/** As the vendor's driver; the chips take 10 MHz, long wires do not. */
export const PANEL_SPEED_HZ = 4_000_000;
export interface SpiTransportOptions {
  readonly wires: PanelWiresWithDc;
  readonly after: After;
  readonly speedHz?: number;
}

export class SpiTransport implements PanelTransport {
  readonly #wires: PanelWiresWithDc;
  readonly #after: After;
  readonly #speedHz: number;
  #isOpen = true;

  constructor({ wires, after, speedHz = PANEL_SPEED_HZ }: SpiTransportOptions) {
    this.#wires = wires;
    this.#after = after;
    this.#speedHz = speedHz;
    wires.power?.set(1);
  }

  async command(code: number): Promise<void> {
    this.#wires.dc.set(0);
    this.#send(Uint8Array.of(code));
  }

  /** A chip that is deselected between two pieces does not mind, as long as DC stays (display.md §3.2). */
  async data(bytes: Uint8Array): Promise<void> {
    this.#wires.dc.set(1);
    for (const piece of piecesOf(bytes, transferBytes(this.#wires.spi.longestBytes, this.#speedHz))) {
      this.#send(piece);
      await letOthersRun();
    }
  }

  async read(): Promise<Uint8Array> {
    throw new Error("Cannot read from this panel: it has no wire for answers");
  }

  waitIdle({ busyLevel, timeoutMs }: IdleWait): Promise<boolean> {
    return waitWhile(this.#wires.busy, busyLevel, timeoutMs, this.#after);
  }

  reset(shape: ResetPulse): Promise<void> {
    return pulse(this.#wires.reset, shape, this.#after);
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeWires(this.#wires, this.#wires.dc);
  }

  #send(send: Uint8Array): void {
    const { spi, select } = this.#wires;
    select?.set(0);
    spi.transfer({ send, speedHz: this.#speedHz, more: false });
    select?.set(1);
  }
}

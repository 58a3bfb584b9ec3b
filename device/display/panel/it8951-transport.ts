// An IT8951 on SPI: words of 16 bits, each kind with a preamble, and a line (HRDY, low while busy) that says when the chip
// takes the next. Between a preamble and its words the chip must stay selected. Run against recorded kernel calls only; no
// spidev was at hand.
import { setImmediate as letOthersRun } from "node:timers/promises";
import type { IdleWait, PanelTransport, ResetPulse } from "./transport.ts";
import type { After, PanelWires } from "./wires.ts";
import { closeWires, piecesOf, pulse, transferBytes, waitWhile } from "./wiring.ts";

const PREAMBLE = { command: Uint8Array.of(0x60, 0), write: Uint8Array.of(0, 0), read: Uint8Array.of(0x10, 0) } as const;
const WORD_BYTES = 2;
const BUSY_LEVEL = 0;
/** The chip answers in microseconds, after a start in some hundred milliseconds. */
const READY_TIMEOUT_MS = 3_000;
/** Settings go word by word; pixels in bursts: the chip keeps up, and asking each time would take longer than a refresh. */
const LONGEST_SETTING_BYTES = 64;
const COMMAND_SPEED_HZ = 2_000_000;
/** Half of what the chip takes. */
export const BURST_SPEED_HZ = 12_000_000;

export interface It8951TransportOptions {
  readonly wires: PanelWires;
  readonly after: After;
  /** Of pixels. */
  readonly burstHz?: number;
}

export class It8951Transport implements PanelTransport {
  readonly #wires: PanelWires;
  readonly #after: After;
  readonly #burstHz: number;
  #isOpen = true;

  constructor({ wires, after, burstHz = BURST_SPEED_HZ }: It8951TransportOptions) {
    this.#wires = wires;
    this.#after = after;
    this.#burstHz = burstHz;
    wires.power?.set(1);
  }

  command(code: number): Promise<void> {
    return this.#selected(PREAMBLE.command, () => this.#write(Uint8Array.of(code >> 8, code & 0xff)));
  }

  data(bytes: Uint8Array): Promise<void> {
    return this.#selected(PREAMBLE.write, () => this.#write(bytes));
  }

  /** The first word after the preamble means nothing. */
  read(length: number): Promise<Uint8Array> {
    return this.#selected(PREAMBLE.read, async () => {
      await this.#receive(WORD_BYTES);
      const words: Uint8Array[] = [];
      for (let at = 0; at < length; at += WORD_BYTES) words.push(await this.#receive(WORD_BYTES));
      return new Uint8Array(Buffer.concat(words, length));
    });
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
    closeWires(this.#wires);
  }

  async #selected<T>(preamble: Uint8Array, talk: () => Promise<T>): Promise<T> {
    const { spi, select } = this.#wires;
    await this.#ready();
    select?.set(0);
    try {
      spi.transfer({ send: preamble, speedHz: COMMAND_SPEED_HZ, more: true });
      return await talk();
    } finally {
      // Nothing more: the kernel lets go of a chip that it selects itself.
      spi.transfer({ send: new Uint8Array(), speedHz: COMMAND_SPEED_HZ, more: false });
      select?.set(1);
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { spi } = this.#wires;
    const isSetting = bytes.length <= LONGEST_SETTING_BYTES;
    const speedHz = isSetting ? COMMAND_SPEED_HZ : this.#burstHz;
    for (const piece of piecesOf(bytes, isSetting ? WORD_BYTES : transferBytes(spi.longestBytes, speedHz))) {
      await this.#ready();
      spi.transfer({ send: piece, speedHz, more: true });
      if (!isSetting) await letOthersRun();
    }
  }

  async #receive(length: number): Promise<Uint8Array> {
    await this.#ready();
    return this.#wires.spi.transfer({ receive: length, speedHz: COMMAND_SPEED_HZ, more: true });
  }

  async #ready(): Promise<void> {
    if (await waitWhile(this.#wires.busy, BUSY_LEVEL, READY_TIMEOUT_MS, this.#after)) return;
    throw new Error(`No answer from the panel in ${READY_TIMEOUT_MS} ms: is its ribbon loose?`);
  }
}

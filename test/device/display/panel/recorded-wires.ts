// The wires of a panel with a scribe on them: every change of a level and every transfer, in order. What is behind them
// may answer, be busy, or hear.
import type { OutputWire, PanelWiresWithDc, SpiTransfer } from "../../../../device/display/panel/wires.ts";

export class RecordedWires implements PanelWiresWithDc {
  /** "dc 0", "spi 06", "spi 1224 +" where the chip stays selected, "spi ? 2" for two bytes that come in. */
  readonly record: string[] = [];
  readonly transfers: SpiTransfer[] = [];
  readonly closed: string[] = [];
  /** What the chip says, word after word. */
  readonly answers: number[] = [];
  busyLevel: 0 | 1 = 1;
  onTransfer: (transfer: SpiTransfer) => void = () => {};
  readonly #listeners = new Set<() => void>();

  readonly dc = this.#output("dc");
  readonly reset = this.#output("rst");
  readonly select: OutputWire | undefined;
  readonly power: OutputWire | undefined;
  readonly longestBytes: number;

  constructor({ longestBytes = 4096, select = false, power = false } = {}) {
    this.longestBytes = longestBytes;
    if (select) this.select = this.#output("cs");
    if (power) this.power = this.#output("pwr");
  }

  readonly busy = {
    level: () => this.busyLevel,
    onEdge: (listener: () => void) => {
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    },
    close: () => void this.closed.push("busy"),
  };

  get spi() {
    return {
      longestBytes: this.longestBytes,
      transfer: (transfer: SpiTransfer) => this.#transfer(transfer),
      close: () => void this.closed.push("spi"),
    };
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** The BUSY line changes, or an old edge comes late. */
  edge(level: 0 | 1 = this.busyLevel): void {
    this.busyLevel = level;
    for (const listener of [...this.#listeners]) listener();
  }

  #output(name: string): OutputWire {
    return {
      set: (level: 0 | 1) => void this.record.push(`${name} ${level}`),
      close: () => void this.closed.push(name),
    };
  }

  #transfer(transfer: SpiTransfer): Uint8Array {
    const { send, receive = 0, more } = transfer;
    this.transfers.push({ ...transfer, ...(send && { send: send.slice() }) });
    this.onTransfer(transfer);
    this.record.push(`spi ${send ? Buffer.from(send).toString("hex") : `? ${receive}`}${more ? " +" : ""}`);
    const answer = Buffer.alloc(receive);
    for (let at = 0; at < receive; at += 2) answer.writeUInt16BE(this.answers.shift() ?? 0, at);
    return new Uint8Array(answer);
  }
}

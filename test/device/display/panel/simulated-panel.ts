// A panel made of memory: hears the bytes of a driver as the chip would and shows what the glass would show. It notes
// every breach of the data sheet as a fault, and keeps its own time, which only waiting moves.
import type { PanelTime } from "../../../../device/display/panel/play-steps.ts";
import type { IdleWait, PanelTransport, ResetPulse } from "../../../../device/display/panel/transport.ts";
import type { Random } from "../../../../sync/ports.ts";

/** The part that differs from family to family. */
export interface Chip {
  readonly busyLevel: 0 | 1;
  /** One code per pixel, row after row, as the rows of the chip's memory run. */
  readonly glass: Uint8Array;
  readonly faults: string[];
  /** Which waveform each refresh used. */
  readonly refreshes: string[];
  /** A command with all its data. Returns how many ms the BUSY line says so. */
  execute(code: number, data: Uint8Array, nowMs: number): number;
  /** May be heard while the chip is busy. */
  isStatusQuery(code: number): boolean;
  read(code: number, data: Uint8Array, length: number, nowMs: number): Uint8Array;
  /** The reset line. Returns how many ms the chip needs to start. */
  reset(): number;
  /** All memory becomes noise; ink stays where it is. */
  cutPower(random: Random): void;
}

/** A Friday in July, in seconds. */
const START_S = 1_784_311_200;

export class SimulatedPanel implements PanelTransport, PanelTime {
  readonly #chip: Chip;
  #command: { code: number; data: Uint8Array[] } | undefined;
  #nowMs = 0;
  #busyUntilMs = 0;
  /** As behind a loose ribbon. */
  stuck = false;
  /** Thrown from the wires, if set. */
  broken: Error | undefined;
  closed = false;
  /** Commands heard so far. */
  heard = 0;

  constructor(chip: Chip) {
    this.#chip = chip;
  }

  get glass(): Uint8Array {
    this.#finish();
    return this.#chip.glass;
  }

  get faults(): readonly string[] {
    this.#finish();
    return this.#chip.faults;
  }

  get refreshes(): readonly string[] {
    return this.#chip.refreshes;
  }

  async command(code: number): Promise<void> {
    if (this.broken) throw this.broken;
    this.#finish();
    if (this.#nowMs < this.#busyUntilMs && !this.#chip.isStatusQuery(code)) {
      this.#chip.faults.push(`command ${code.toString(16)} while busy`);
    }
    this.heard += 1;
    this.#command = { code, data: [] };
  }

  async data(bytes: Uint8Array): Promise<void> {
    if (this.broken) throw this.broken;
    if (this.#command === undefined) this.#chip.faults.push("data without a command");
    this.#command?.data.push(bytes.slice());
  }

  async read(length: number): Promise<Uint8Array> {
    if (this.broken) throw this.broken;
    const { code, data } = this.#command ?? { code: 0, data: [] };
    return this.#chip.read(code, Uint8Array.from(Buffer.concat(data)), length, this.#nowMs);
  }

  /** With the wrong idea of the line this returns at once, as on a real panel (inky#266). */
  async waitIdle({ busyLevel, timeoutMs }: IdleWait): Promise<boolean> {
    if (this.broken) throw this.broken;
    this.#finish();
    if (busyLevel !== this.#chip.busyLevel) return true;
    if (this.stuck || this.#busyUntilMs - this.#nowMs > timeoutMs) {
      this.#nowMs += timeoutMs;
      return false;
    }
    this.#nowMs = Math.max(this.#nowMs, this.#busyUntilMs);
    return true;
  }

  async reset({ highMs = 0, lowMs, settleMs }: ResetPulse): Promise<void> {
    if (this.broken) throw this.broken;
    this.#finish();
    this.#command = undefined;
    this.#nowMs += highMs + lowMs;
    this.#busyUntilMs = this.#nowMs + this.#chip.reset();
    this.#nowMs += settleMs;
  }

  async close(): Promise<void> {
    this.#finish();
    this.closed = true;
  }

  nowS(): number {
    return START_S + Math.floor(this.#nowMs / 1000);
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  async sleep(ms: number): Promise<void> {
    this.#finish();
    this.#nowMs += ms;
  }

  cutPower(random: Random): void {
    this.#command = undefined;
    this.#busyUntilMs = 0;
    this.#chip.cutPower(random);
  }

  /** A command is heard in full when the next one comes. */
  #finish(): void {
    const command = this.#command;
    if (command === undefined) return;
    this.#command = undefined;
    const busyMs = this.#chip.execute(command.code, Uint8Array.from(Buffer.concat(command.data)), this.#nowMs);
    if (busyMs > 0) this.#busyUntilMs = this.#nowMs + busyMs;
  }
}

export function fillWithNoise(memory: Uint8Array, random: Random): void {
  for (let at = 0; at < memory.length; at++) memory[at] = Math.floor(256 * random());
}

// A Raspberry Pi's header made of memory: spidev and GPIO lines as the kernel has them, with a simulated chip at the other
// end of the wires. BUSY is an edge of a line, time is a fake clock's.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Kernel } from "../../../../device/gpio/kernel.ts";
import type { Random } from "../../../../sync/ports.ts";
import type { FakeClock } from "../../../support/fake-clock.ts";
import { kernelError, SimulatedGpio } from "../../gpio/simulated-gpio.ts";
import type { Chip } from "./simulated-panel.ts";

/** SPI_IOC_MAGIC in the second byte. */
const SPI_CALL = 0x6b00;
const SPI_MESSAGE = 0x40206b00;
const GET_VALUES = 0xc010b40e;
const SET_VALUES = 0xc010b40f;
const DC = "GPIO25";
const RESET = "GPIO17";
const BUSY = "GPIO24";
const POWER = "GPIO18";

export class SimulatedBoard implements Kernel {
  /** What is "/" to the box. */
  readonly root: string;
  readonly gpio = new SimulatedGpio({ gpiochip0: [RESET, POWER, BUSY, DC] });
  readonly #chip: Chip;
  readonly #clock: FakeClock;
  readonly #memory = new Map<bigint, Uint8Array>();
  #command: { readonly code: number; readonly data: Uint8Array[] } | undefined;
  #cancelBusy = (): void => {};
  #wasReset = false;
  /** As behind a loose ribbon: the line says busy for ever. */
  stuck = false;

  constructor(chip: Chip, clock: FakeClock) {
    this.#chip = chip;
    this.#clock = clock;
    this.root = join(this.gpio.folder, "root");
    mkdirSync(this.root);
    symlinkSync(this.gpio.folder, join(this.root, "dev"));
    this.plug();
  }

  [Symbol.dispose](): void {
    this.gpio[Symbol.dispose]();
  }

  plug(): void {
    writeFileSync(join(this.root, "dev/spidev0.0"), "");
  }

  unplug(): void {
    rmSync(join(this.root, "dev/spidev0.0"));
  }

  get glass(): Uint8Array {
    this.#finish();
    return this.#chip.glass;
  }

  cutPower(random: Random): void {
    this.#command = undefined;
    this.#chip.cutPower(random);
  }

  ioctl(fd: number, request: number, argument: Uint8Array | number): number {
    if ((request & 0xff00) !== SPI_CALL) {
      // Whoever looks at BUSY has said all: the last command is heard in full.
      if (request >>> 0 === GET_VALUES) this.#finish();
      const answer = this.gpio.ioctl(fd, request, argument);
      if (request >>> 0 === SET_VALUES) this.#noticeReset();
      return answer;
    }
    if (request === SPI_MESSAGE && typeof argument !== "number") this.#hear(Buffer.from(argument));
    return 0;
  }

  addressOf(bytes: Uint8Array): bigint {
    for (const [address, known] of this.#memory) if (known === bytes) return address;
    const address = 0x7f00_0000_0000n + BigInt(this.#memory.size) * 0x10_0000n;
    this.#memory.set(address, bytes);
    return address;
  }

  whenReadable(fd: number, listener: () => void): () => void {
    return this.gpio.whenReadable(fd, listener);
  }

  /** DC low is a command, high its data. */
  #hear(message: Buffer): void {
    const memory = this.#memory.get(message.readBigUInt64LE(0));
    if (memory === undefined) throw kernelError("EFAULT");
    const bytes = memory.slice(0, message.readUInt32LE(16));
    if (this.gpio.line(DC).level === 1) {
      this.#command?.data.push(bytes);
      return;
    }
    this.#finish();
    this.#command = { code: bytes[0] ?? 0, data: [] };
  }

  #finish(): void {
    const command = this.#command;
    this.#command = undefined;
    if (command === undefined) return;
    const nowMs = this.#clock.monotonicMs();
    this.#beBusy(this.#chip.execute(command.code, Uint8Array.from(Buffer.concat(command.data)), nowMs));
  }

  #noticeReset(): void {
    const isLow = this.gpio.line(RESET).level === 0;
    if (this.#wasReset && !isLow) {
      this.#finish();
      this.#beBusy(this.#chip.reset());
    }
    this.#wasReset = isLow;
  }

  #beBusy(ms: number): void {
    if (ms <= 0) return;
    const { busyLevel } = this.#chip;
    this.gpio.line(BUSY).level = busyLevel;
    this.#cancelBusy();
    if (this.stuck) return;
    this.#cancelBusy = this.#clock.after(ms, () => {
      this.gpio.edge(BUSY, busyLevel === 0 ? 1 : 0);
      this.gpio.deliver(BUSY);
    });
  }
}

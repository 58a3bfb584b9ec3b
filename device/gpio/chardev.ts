// Lines of the GPIO character device, asked for by the name they have on the header: chip numbers moved from kernel to
// kernel (raspberrypi/linux#6144), names did not. A line belongs to one program at a time, and is free again when closed.
// Run against a simulated kernel only; no gpiochip was at hand.
import { closeSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  CHIP_INFO_BYTES,
  GPIO_GET_CHIPINFO,
  GPIO_V2_GET_LINE,
  GPIO_V2_GET_LINEINFO,
  type InputWish,
  inputRequest,
  type Level,
  lineCount,
  lineName,
  lineQuery,
  outputRequest,
  requestedFd,
} from "./chardev-ioctl.ts";
import { GpioError } from "./gpio-error.ts";
import { errnoOf, type Kernel } from "./kernel.ts";
import { InputLine, OutputLine } from "./line.ts";

const CONSUMER = "lagerfeuer";
const CHIP = /^gpiochip(\d+)$/;

export interface GpioChipsOptions {
  readonly kernel: Kernel;
  /** Where the chips are; /dev unless given. */
  readonly folder?: string;
  /** CLOCK_MONOTONIC, with which the kernel stamps its events. */
  readonly nowNs?: () => bigint;
}

export class GpioChips {
  readonly #kernel: Kernel;
  readonly #folder: string;
  readonly #nowNs: () => bigint;

  constructor({ kernel, folder = "/dev", nowNs = process.hrtime.bigint }: GpioChipsOptions) {
    this.#kernel = kernel;
    this.#folder = folder;
    this.#nowNs = nowNs;
  }

  /** Throws GpioError. */
  output(name: string, level: Level): OutputLine {
    return new OutputLine(
      this.#kernel,
      this.#request(name, (offset) => outputRequest(offset, level, CONSUMER)),
    );
  }

  /** Throws GpioError. */
  input(name: string, wish: InputWish = {}): InputLine {
    const fd = this.#request(name, (offset) => inputRequest(offset, wish, CONSUMER));
    return new InputLine(this.#kernel, fd, this.#nowNs);
  }

  #request(name: string, encode: (offset: number) => Uint8Array): number {
    try {
      for (const chip of this.#chips()) {
        const fd = this.#requestFrom(chip, name, encode);
        if (fd !== undefined) return fd;
      }
    } catch (cause) {
      throw lineError(name, cause);
    }
    throw new GpioError("E_GPIO_LINE", `Cannot use GPIO line "${name}": no chip has a line of that name`);
  }

  /** By number: where two chips use the same name, the header of the board comes first. */
  #chips(): string[] {
    const numbers = readdirSync(this.#folder).flatMap((entry) => CHIP.exec(entry)?.[1] ?? []);
    if (numbers.length === 0) throw new GpioError("E_GPIO_MISSING", "Cannot use GPIO: this machine has no GPIO chip");
    return numbers
      .map(Number)
      .sort((a, b) => a - b)
      .map((number) => join(this.#folder, `gpiochip${number}`));
  }

  #requestFrom(chip: string, name: string, encode: (offset: number) => Uint8Array): number | undefined {
    const fd = openSync(chip, "r+");
    try {
      const offset = this.#offsetOf(name, fd);
      if (offset === undefined) return undefined;
      const request = encode(offset);
      this.#kernel.ioctl(fd, GPIO_V2_GET_LINE, request);
      return requestedFd(request);
    } finally {
      closeSync(fd);
    }
  }

  #offsetOf(name: string, fd: number): number | undefined {
    const info = new Uint8Array(CHIP_INFO_BYTES);
    this.#kernel.ioctl(fd, GPIO_GET_CHIPINFO, info);
    for (let offset = 0; offset < lineCount(info); offset++) {
      const line = lineQuery(offset);
      this.#kernel.ioctl(fd, GPIO_V2_GET_LINEINFO, line);
      if (name !== "" && lineName(line) === name) return offset;
    }
    return undefined;
  }
}

function lineError(name: string, cause: unknown): GpioError {
  if (cause instanceof GpioError) return cause;
  switch (errnoOf(cause)) {
    case "EBUSY":
      return new GpioError("E_GPIO_TAKEN", `Cannot use GPIO line "${name}": another program holds it`, { cause });
    case "EACCES":
    case "EPERM":
      return new GpioError("E_GPIO", `Cannot use GPIO line "${name}": this user is not in group "gpio"`, { cause });
    default:
      return new GpioError("E_GPIO", `Cannot use GPIO line "${name}": ${message(cause)}`, { cause });
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

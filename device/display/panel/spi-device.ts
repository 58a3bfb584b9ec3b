// A device on an SPI bus, through spidev and ioctl(2). Not write(2): without a speed of its own a device is driven at what
// the bus can, 125 MHz on a Pi, and a write can neither read nor keep the chip selected (display.md §3.2).
import { closeSync, openSync, readFileSync } from "node:fs";
import type { Kernel } from "../../gpio/kernel.ts";
import {
  BITS_PER_WORD,
  encodeTransfer,
  SPI_IOC_MESSAGE_1,
  SPI_IOC_WR_BITS_PER_WORD,
  SPI_IOC_WR_MAX_SPEED_HZ,
  SPI_IOC_WR_MODE,
  SPI_MODE_0,
  SPI_NO_CS,
  word32,
} from "./spi-ioctl.ts";
import type { SpiTransfer, SpiWire } from "./wires.ts";

const BUFFER_SIZE = "/sys/module/spidev/parameters/bufsiz";
/** What spidev takes unless the kernel was told otherwise; longer messages fail with EMSGSIZE. */
const DEFAULT_BUFFER_BYTES = 4096;
/** A larger one brings nothing more. */
const LARGEST_BUFFER_BYTES = 65_536;

/** The bus cannot be had, or broke; the panel may be dead, the box is not. */
export class SpiError extends Error {
  override readonly name = "SpiError";
  readonly code = "E_SPI";
}

export interface SpiDeviceOptions {
  readonly kernel: Kernel;
  /** "/dev/spidev0.0". */
  readonly path: string;
  readonly speedHz: number;
  /** The chip is selected by a GPIO line. */
  readonly ownSelect?: boolean;
  /** Where spidev says how much it takes. */
  readonly bufferSizePath?: string;
}

export class SpiDevice implements SpiWire {
  readonly longestBytes: number;
  readonly #kernel: Kernel;
  readonly #path: string;
  readonly #send: Uint8Array;
  readonly #receive: Uint8Array;
  #fd: number | undefined;

  /** Throws SpiError. */
  constructor({ kernel, path, speedHz, ownSelect = false, bufferSizePath = BUFFER_SIZE }: SpiDeviceOptions) {
    this.#kernel = kernel;
    this.#path = path;
    this.longestBytes = bufferBytes(bufferSizePath);
    this.#send = new Uint8Array(this.longestBytes);
    this.#receive = new Uint8Array(this.longestBytes);
    try {
      this.#fd = openSync(path, "r+");
      kernel.ioctl(this.#fd, SPI_IOC_WR_MODE, Uint8Array.of(SPI_MODE_0 | (ownSelect ? SPI_NO_CS : 0)));
      kernel.ioctl(this.#fd, SPI_IOC_WR_BITS_PER_WORD, Uint8Array.of(BITS_PER_WORD));
      kernel.ioctl(this.#fd, SPI_IOC_WR_MAX_SPEED_HZ, word32(speedHz));
    } catch (cause) {
      this.close();
      throw this.#error("open", cause);
    }
  }

  transfer({ send, receive, speedHz, more }: SpiTransfer): Uint8Array {
    const length = send?.length ?? receive ?? 0;
    if (this.#fd === undefined) throw this.#error("use", "it is closed");
    if (length > this.longestBytes) throw this.#error("use", `${length} bytes are too many for one transfer`);
    if (send !== undefined) this.#send.set(send);
    const fields = {
      sendAt: send === undefined ? 0n : this.#kernel.addressOf(this.#send),
      receiveAt: receive === undefined ? 0n : this.#kernel.addressOf(this.#receive),
    };
    try {
      const transfer = encodeTransfer({ ...fields, length, speedHz, keepSelected: more });
      this.#kernel.ioctl(this.#fd, SPI_IOC_MESSAGE_1, transfer);
    } catch (cause) {
      throw this.#error("use", cause);
    }
    return receive === undefined ? new Uint8Array() : this.#receive.slice(0, receive);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #error(verb: string, cause: unknown): SpiError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new SpiError(`Cannot ${verb} SPI device "${this.#path}": ${why}`, { cause });
  }
}

function bufferBytes(path: string): number {
  try {
    const bytes = Number(readFileSync(path, "utf8").trim());
    if (Number.isSafeInteger(bytes) && bytes > 0) return Math.min(bytes, LARGEST_BUFFER_BYTES);
  } catch {
    // spidev is built in without parameters, or sysfs is not mounted.
  }
  return DEFAULT_BUFFER_BYTES;
}

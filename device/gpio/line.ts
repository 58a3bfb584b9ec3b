// One line of a GPIO chip that is ours until it is closed: a level to set, or a level to read and its edges to hear.
import { closeSync, readSync } from "node:fs";
import {
  decodeEvents,
  EVENT_BYTES,
  GPIO_V2_LINE_GET_VALUES,
  GPIO_V2_LINE_SET_VALUES,
  type Level,
  levelOf,
  lineValues,
} from "./chardev-ioctl.ts";
import { GpioError } from "./gpio-error.ts";
import type { Kernel } from "./kernel.ts";

export type { InputWish, Level } from "./chardev-ioctl.ts";

/** A change of level, as many ms ago as the kernel noted it: the loop may have been busy since. */
export interface Edge {
  readonly level: Level;
  readonly ageMs: number;
}

/** As many as the kernel keeps for one line. */
const EVENTS_PER_READ = 16;
const NS_PER_MS = 1e6;

/** Keeps its level until closed; what it does then is the board's choice. */
export class OutputLine {
  readonly #kernel: Kernel;
  readonly #file: LineFile;

  constructor(kernel: Kernel, fd: number) {
    this.#kernel = kernel;
    this.#file = new LineFile(fd);
  }

  set(level: Level): void {
    this.#kernel.ioctl(this.#file.fd, GPIO_V2_LINE_SET_VALUES, lineValues(level));
  }

  close(): void {
    this.#file.close();
  }
}

export class InputLine {
  readonly #kernel: Kernel;
  readonly #nowNs: () => bigint;
  readonly #file: LineFile;
  readonly #listeners = new Set<(edge: Edge) => void>();
  #stopWatching: (() => void) | undefined;

  constructor(kernel: Kernel, fd: number, nowNs: () => bigint) {
    this.#kernel = kernel;
    this.#file = new LineFile(fd);
    this.#nowNs = nowNs;
  }

  level(): Level {
    const values = lineValues(0);
    this.#kernel.ioctl(this.#file.fd, GPIO_V2_LINE_GET_VALUES, values);
    return levelOf(values);
  }

  /** Calls back after each edge; edges that nobody listened to come first, as many as the kernel kept. */
  onEdge(listener: (edge: Edge) => void): () => void {
    this.#listeners.add(listener);
    this.#stopWatching ??= this.#kernel.whenReadable(this.#file.fd, () => this.#read());
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#rest();
    };
  }

  close(): void {
    this.#listeners.clear();
    this.#rest();
    this.#file.close();
  }

  #rest(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  #read(): void {
    const bytes = this.#readEvents();
    // Its chip was unplugged, and would call for ever.
    if (bytes.length === 0) this.#rest();
    const nowNs = this.#nowNs();
    for (const { level, timestampNs } of decodeEvents(bytes)) {
      const ageMs = Math.max(0, Number(nowNs - timestampNs) / NS_PER_MS);
      for (const listener of [...this.#listeners]) listener({ level, ageMs });
    }
  }

  #readEvents(): Uint8Array {
    const bytes = new Uint8Array(EVENTS_PER_READ * EVENT_BYTES);
    try {
      return bytes.subarray(0, readSync(this.#file.fd, bytes));
    } catch {
      return new Uint8Array();
    }
  }
}

/** Closes once: the number may belong to another file afterwards. */
class LineFile {
  readonly #fd: number;
  #isOpen = true;

  constructor(fd: number) {
    this.#fd = fd;
  }

  get fd(): number {
    if (!this.#isOpen) throw new GpioError("E_GPIO", "Cannot use a GPIO line that is closed");
    return this.#fd;
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#fd);
    this.#isOpen = false;
  }
}

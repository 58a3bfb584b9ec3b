// Waits for any number of devices in one sleeping thread, with poll(2). Why not a read stream for each: a read that waits
// cannot be called back, so a file would never close, and process.exit() would hang until the next press of a button.
import { readSync, writeSync } from "node:fs";
import type { News } from "./kernel.ts";

/** struct pollfd: int fd, short events, short revents. */
const ENTRY_BYTES = 8;
const EVENTS_AT = 4;
const RETURNED_AT = 6;
/** POLLIN; POLLPRI. */
const EVENT: Readonly<Record<News, number>> = { data: 1, notice: 2 };

export interface ReadableFilesOptions {
  /** A non-blocking eventfd(2): what is written there ends a wait. */
  readonly wakeFd: number;
  /** Waits in another thread until one of `count` entries has news, which the kernel notes in them. */
  readonly poll: (entries: Uint8Array, count: number, done: () => void) => void;
}

interface Watch {
  readonly fd: number;
  readonly listener: () => void;
  readonly news: News;
}

export class ReadableFiles {
  readonly #options: ReadableFilesOptions;
  readonly #watches = new Set<Watch>();
  #isWaiting = false;

  constructor(options: ReadableFilesOptions) {
    this.#options = options;
    // Node waits for its threads before it goes.
    process.once("exit", () => this.#wake());
  }

  watch(fd: number, listener: () => void, news: News = "data"): () => void {
    const watch = { fd, listener, news };
    this.#watches.add(watch);
    this.#waitAgain();
    return () => {
      if (this.#watches.delete(watch)) this.#waitAgain();
    };
  }

  #waitAgain(): void {
    if (this.#isWaiting) this.#wake();
    else if (this.#watches.size > 0) this.#wait();
  }

  #wake(): void {
    if (this.#isWaiting) writeSync(this.#options.wakeFd, new BigUint64Array([1n]));
  }

  #wait(): void {
    const { wakeFd, poll } = this.#options;
    const watches = [...this.#watches];
    const entries = pollEntries([{ fd: wakeFd, news: "data" }, ...watches]);
    this.#isWaiting = true;
    poll(entries, watches.length + 1, () => {
      this.#isWaiting = false;
      if (hasNews(entries, 0)) readSync(wakeFd, new BigUint64Array(1));
      for (const [index, watch] of watches.entries()) {
        if (hasNews(entries, index + 1) && this.#watches.has(watch)) watch.listener();
      }
      this.#waitAgain();
    });
  }
}

function pollEntries(files: readonly Pick<Watch, "fd" | "news">[]): Uint8Array {
  const entries = Buffer.alloc(ENTRY_BYTES * files.length);
  for (const [index, { fd, news }] of files.entries()) {
    entries.writeInt32LE(fd, ENTRY_BYTES * index);
    entries.writeInt16LE(EVENT[news], ENTRY_BYTES * index + EVENTS_AT);
  }
  return entries;
}

/** Something to read, an end, or an error: whoever reads next will learn which. */
function hasNews(entries: Uint8Array, index: number): boolean {
  const at = ENTRY_BYTES * index + RETURNED_AT;
  return (entries[at] ?? 0) !== 0 || (entries[at + 1] ?? 0) !== 0;
}

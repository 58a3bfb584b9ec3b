// Waits for any number of devices in one sleeping thread, with poll(2). Why not a read stream for each: a read that waits
// cannot be called back, so a file would never close, and process.exit() would hang until the next press of a button.
import { readSync, writeSync } from "node:fs";

/** struct pollfd: int fd, short events, short revents. */
const ENTRY_BYTES = 8;
const EVENTS_AT = 4;
const RETURNED_AT = 6;
const POLLIN = 1;

export interface ReadableFilesOptions {
  /** A non-blocking eventfd(2): what is written there ends a wait. */
  readonly wakeFd: number;
  /** Waits in another thread until one of `count` entries has news, which the kernel notes in them. */
  readonly poll: (entries: Uint8Array, count: number, done: () => void) => void;
}

type Watch = readonly [fd: number, listener: () => void];

export class ReadableFiles {
  readonly #options: ReadableFilesOptions;
  readonly #watches = new Set<Watch>();
  #isWaiting = false;

  constructor(options: ReadableFilesOptions) {
    this.#options = options;
    // Node waits for its threads before it goes.
    process.once("exit", () => this.#wake());
  }

  watch(fd: number, listener: () => void): () => void {
    const watch: Watch = [fd, listener];
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
    const entries = pollEntries([wakeFd, ...watches.map(([fd]) => fd)]);
    this.#isWaiting = true;
    poll(entries, watches.length + 1, () => {
      this.#isWaiting = false;
      if (hasNews(entries, 0)) readSync(wakeFd, new BigUint64Array(1));
      for (const [index, watch] of watches.entries()) {
        if (hasNews(entries, index + 1) && this.#watches.has(watch)) watch[1]();
      }
      this.#waitAgain();
    });
  }
}

function pollEntries(fds: readonly number[]): Uint8Array {
  const entries = Buffer.alloc(ENTRY_BYTES * fds.length);
  for (const [index, fd] of fds.entries()) {
    entries.writeInt32LE(fd, ENTRY_BYTES * index);
    entries.writeInt16LE(POLLIN, ENTRY_BYTES * index + EVENTS_AT);
  }
  return entries;
}

/** Something to read, an end, or an error: whoever reads next will learn which. */
function hasNews(entries: Uint8Array, index: number): boolean {
  const at = ENTRY_BYTES * index + RETURNED_AT;
  return (entries[at] ?? 0) !== 0 || (entries[at + 1] ?? 0) !== 0;
}

// A serial line of a guest: everything that came over it so far, waiting for words, typing. Knows nothing of what is at
// the other end.
import type { Readable, Writable } from "node:stream";

/** The last lines of a guest that does not do what it should, for the person who reads why. */
const TOLD_LINES = 25;

export class SerialLine {
  readonly #output: Writable;
  readonly #listeners = new Set<() => void>();
  #text = "";
  #ended: string | undefined;

  constructor(inputs: readonly Readable[], output: Writable) {
    this.#output = output;
    output.on("error", (error) => this.end(String(error)));
    for (const input of inputs) input.on("data", (bytes: Buffer) => this.#hear(bytes));
  }

  /** Everything that was said so far. */
  get text(): string {
    return this.#text;
  }

  /** Why nothing will be said any more; undefined while somebody may. */
  get ended(): string | undefined {
    return this.#ended;
  }

  /** Nothing comes any more: whoever waits is told. */
  end(how: string): void {
    this.#ended ??= how;
    this.#tell();
  }

  /** The match of the first text that fits, also an earlier one. Rejects after `seconds`, with the last lines. */
  async saw(pattern: RegExp, seconds: number): Promise<RegExpExecArray> {
    const until = performance.now() + 1000 * seconds;
    for (;;) {
      const match = pattern.exec(this.#text);
      if (match !== null) return match;
      const leftMs = until - performance.now();
      if (this.#ended !== undefined || leftMs <= 0) throw this.#notSeen(pattern, seconds);
      await this.news(leftMs);
    }
  }

  /** Resolves when something was said, the line ended, or the time is over. */
  news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#listeners.add(done);
    });
  }

  type(line: string): void {
    this.#output.write(`${line}\n`);
  }

  #hear(bytes: Buffer): void {
    this.#text += bytes.toString("latin1").replaceAll("\r", "");
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #notSeen(pattern: RegExp, seconds: number): Error {
    const last = this.#text.split("\n").slice(-TOLD_LINES).join("\n");
    const why = this.#ended === undefined ? `in ${seconds} s` : `before QEMU ended (${this.#ended})`;
    return new Error(`The guest did not say ${pattern} ${why}; its last words:\n${last}`);
  }
}

// contender.ts in a process of its own, and what it says there: one event after the other, in the order we ask for them.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { NODE_FLAGS } from "./node-flags.ts";

export const CONTENDER = fileURLToPath(new URL("./contender.ts", import.meta.url));

/** One line of ../shared/peers' contenders; which fields are there depends on the event. */
export interface Said {
  readonly event: string;
  /** CLOCK_MONOTONIC in milliseconds, the same in every process. */
  readonly t: number;
  readonly ops: number;
  readonly port: number;
  readonly k: number;
}

/** In MB of 2^20 bytes; NaN where the system does not tell. */
export interface Memory {
  readonly peakMb: number;
  readonly nowMb: number;
}

export class ContenderProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  #errors = "";

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [...NODE_FLAGS, CONTENDER, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stderr.on("data", (chunk) => {
      this.#errors += chunk;
    });
  }

  /** The next such event; what was said before it is passed over. */
  async next(event: string): Promise<Said> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`The contender ended before "${event}": ${this.#errors}`);
      const said = JSON.parse(value) as Said;
      if (said.event === event) return said;
    }
  }

  say(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  get memory(): Memory {
    return { peakMb: this.#statusMb("VmHWM"), nowMb: this.#statusMb("VmRSS") };
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.stdin.end("exit\n");
    await ended;
  }

  #statusMb(field: string): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
      return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1024;
    } catch {
      return Number.NaN;
    }
  }
}

// One emulated box: starts QEMU, listens to its serial line, ends it. Talks to it over files of a folder of its own;
// nothing of it listens on the network but what `forward` names, on loopback.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import { connectSocket } from "./line-socket.ts";
import { guestArguments, type Machine } from "./machine.ts";
import { Qmp } from "./qmp.ts";
import { type PinEdge, Qtest } from "./qtest.ts";

const QEMU = "qemu-system-aarch64";
const GPIO_CHIP = "pl061";
/** QEMU makes its sockets within a second, on a loaded machine a few. */
const SOCKET_TRIES = 100;
const SOCKET_PAUSE_MS = 100;
/** The last lines of a guest that does not do what it should, for the person who reads why. */
const TOLD_LINES = 25;

export class Guest {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #listeners = new Set<() => void>();
  #serial = "";
  #ended: string | undefined;
  qmp!: Qmp;

  private constructor(machine: Machine) {
    this.#folder = machine.folder;
    this.#child = spawn(QEMU, guestArguments(machine), { stdio: ["pipe", "pipe", "pipe"] });
    const heard = (bytes: Buffer): void => {
      this.#serial += bytes.toString("latin1").replaceAll("\r", "");
      this.#tell();
    };
    this.#child.stdout?.on("data", heard);
    this.#child.stderr?.on("data", heard);
    this.#child.on("error", (error) => this.#end(String(error)));
    this.#child.on("exit", (status, signal) => this.#end(`status ${status ?? signal}`));
  }

  static async start(machine: Machine): Promise<Guest> {
    const guest = new Guest(machine);
    guest.qmp = await Qmp.open(await guest.#socket("qmp"));
    return guest;
  }

  /** Everything the guest and QEMU said so far. */
  get serial(): string {
    return this.#serial;
  }

  /** The match of the first text on the serial line that fits, also an earlier one. Rejects after `seconds`, with its last lines. */
  async saw(pattern: RegExp, seconds: number): Promise<RegExpExecArray> {
    const until = performance.now() + 1000 * seconds;
    for (;;) {
      const match = pattern.exec(this.#serial);
      if (match !== null) return match;
      const leftMs = until - performance.now();
      if (this.#ended !== undefined || leftMs <= 0) throw this.#notSeen(pattern, seconds);
      await this.#news(leftMs);
    }
  }

  /** Types a line on the serial console. */
  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** The pins of its GPIO chip. */
  async pins(onEdge: (edge: PinEdge) => void): Promise<Qtest> {
    return new Qtest(await this.#socket("qtest"), await this.qmp.deviceOfType(GPIO_CHIP), onEdge);
  }

  /** As if the plug were pulled. Resolves when the process is gone. */
  async cutPower(): Promise<void> {
    if (this.#ended === undefined) this.#child.kill("SIGKILL");
    while (this.#ended === undefined) await this.#news(1000);
    this.qmp?.close();
  }

  async #socket(name: string): Promise<Awaited<ReturnType<typeof connectSocket>>> {
    const path = join(this.#folder, name);
    for (let tries = 0; tries < SOCKET_TRIES && !existsSync(path) && this.#ended === undefined; tries += 1) {
      await pass(SOCKET_PAUSE_MS);
    }
    if (this.#ended !== undefined) throw new Error(`QEMU did not start: ${this.#ended}\n${this.#serial}`);
    return await connectSocket(path);
  }

  #news(ms: number): Promise<void> {
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

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #end(how: string): void {
    this.#ended = how;
    this.#tell();
  }

  #notSeen(pattern: RegExp, seconds: number): Error {
    const last = this.#serial.split("\n").slice(-TOLD_LINES).join("\n");
    const why = this.#ended === undefined ? `in ${seconds} s` : `before QEMU ended (${this.#ended})`;
    return new Error(`The guest did not say ${pattern} ${why}; its last words:\n${last}`);
  }
}

// One emulated box: starts QEMU, listens to its serial lines, ends it. Talks to it over files of a folder of its own;
// nothing of it listens on the network but what `forward` names, on loopback.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import { connectSocket } from "./line-socket.ts";
import { guestArguments, type Machine } from "./machine.ts";
import { Qmp } from "./qmp.ts";
import { type PinEdge, Qtest } from "./qtest.ts";
import { SerialLine } from "./serial-line.ts";

const QEMU = "qemu-system-aarch64";
const GPIO_CHIP = "pl061";
/** QEMU makes its sockets within a second, on a loaded machine a few. */
const SOCKET_TRIES = 100;
const SOCKET_PAUSE_MS = 100;

export class Guest {
  readonly #child: ChildProcess;
  readonly #folder: string;
  /** What kernel and QEMU say; its shell, if that is what the guest was started with. */
  readonly console: SerialLine;
  qmp!: Qmp;

  private constructor(machine: Machine) {
    this.#folder = machine.folder;
    const child = spawn(QEMU, guestArguments(machine), { stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    this.console = new SerialLine([child.stdout, child.stderr], child.stdin);
    child.on("error", (error) => this.console.end(String(error)));
    child.on("exit", (status, signal) => this.console.end(`status ${status ?? signal}`));
  }

  static async start(machine: Machine): Promise<Guest> {
    const guest = new Guest(machine);
    guest.qmp = await Qmp.open(await guest.#socket("qmp"));
    return guest;
  }

  /** The pins of its GPIO chip. */
  async pins(onEdge: (edge: PinEdge) => void): Promise<Qtest> {
    return new Qtest(await this.#socket("qtest"), await this.qmp.deviceOfType(GPIO_CHIP), onEdge);
  }

  /** Its second serial line, which a machine with `secondLine` has. */
  async secondLine(): Promise<SerialLine> {
    const socket = await this.#socket("second");
    const line = new SerialLine([socket], socket);
    socket.on("close", () => line.end(this.console.ended ?? "closed"));
    return line;
  }

  /** As if the plug were pulled. Resolves when the process is gone. */
  async cutPower(): Promise<void> {
    if (this.console.ended === undefined) this.#child.kill("SIGKILL");
    while (this.console.ended === undefined) await this.console.news(1000);
    this.qmp?.close();
  }

  async #socket(name: string): Promise<Awaited<ReturnType<typeof connectSocket>>> {
    const path = join(this.#folder, name);
    for (let tries = 0; tries < SOCKET_TRIES && !existsSync(path) && this.console.ended === undefined; tries += 1) {
      await pass(SOCKET_PAUSE_MS);
    }
    const { ended, text } = this.console;
    if (ended !== undefined) throw new Error(`QEMU did not start: ${ended}\n${text}`);
    return await connectSocket(path);
  }
}

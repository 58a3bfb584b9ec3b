// QEMU's own control: asks for pictures of the screen, lists of devices, and an end. See QEMU's qmp-spec: one JSON
// object a line; answers come in the order of the questions, events in between.
import type { Duplex } from "node:stream";
import { LineSocket } from "./line-socket.ts";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class Qmp {
  readonly #socket: LineSocket;
  readonly #waiting: Waiting[] = [];
  #closed = false;

  private constructor(stream: Duplex) {
    this.#socket = new LineSocket(
      stream,
      (line) => this.#take(line),
      () => this.#end(),
    );
  }

  static async open(stream: Duplex): Promise<Qmp> {
    const qmp = new Qmp(stream);
    await qmp.execute("qmp_capabilities");
    return qmp;
  }

  /** Rejects with QEMU's own words, or if it is gone. */
  execute(name: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error(`Cannot ask QEMU for "${name}": it has ended`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#socket.send(JSON.stringify({ execute: name, arguments: args }));
    });
  }

  /** What the guest shows, as PNG in a file of the host. */
  async screendump(file: string): Promise<void> {
    await this.execute("screendump", { filename: file, format: "png" });
  }

  /** Place in QEMU's tree of the first device of a type, "pl061" for one. */
  async deviceOfType(type: string): Promise<string> {
    const home = "/machine/unattached";
    const devices = (await this.execute("qom-list", { path: home })) as { name: string; type: string }[];
    const found = devices.find((device) => device.type === `child<${type}>`);
    if (found === undefined) throw new Error(`Cannot find a "${type}" in this machine`);
    return `${home}/${found.name}`;
  }

  close(): void {
    this.#socket.close();
  }

  #take(line: string): void {
    const message = JSON.parse(line) as { return?: unknown; error?: { desc: string } };
    if (message.error !== undefined) this.#waiting.shift()?.reject(new Error(message.error.desc));
    else if ("return" in message) this.#waiting.shift()?.resolve(message.return);
  }

  #end(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("QEMU has ended"));
  }
}

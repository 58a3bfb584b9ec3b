// A box in a network namespace, for the tests of discovery: `mdns-child.ts` in a process, and what it printed.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { within } from "../../support/deadline.ts";

const CHILD = fileURLToPath(new URL("mdns-child.ts", import.meta.url));

interface Line {
  readonly found?: string;
  readonly started?: string;
}

export class NamespaceBox implements AsyncDisposable {
  readonly #lines: Line[] = [];
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #output: Interface;

  constructor(namespace: string, port: number) {
    const command = ["netns", "exec", namespace, process.execPath, CHILD, String(port)];
    this.#child = spawn("ip", command, { stdio: ["pipe", "pipe", "inherit"] });
    this.#output = createInterface(this.#child.stdout);
    this.#output.on("line", (line) => this.#lines.push(JSON.parse(line)));
  }

  async found(address: RegExp, withinMs: number): Promise<void> {
    const line = this.#line(({ found }) => found !== undefined && address.test(found));
    await within(`${address} to be found`, line, withinMs);
  }

  async started(): Promise<void> {
    await within(
      "the box to start",
      this.#line(({ started }) => started !== undefined),
    );
  }

  async #line(isWanted: (line: Line) => boolean): Promise<void> {
    while (!this.#lines.some(isWanted)) await once(this.#output, "line");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#child, "exit");
    this.#child.stdin.end();
    await within("the box to exit by itself", exit);
  }
}

// A script of this folder in a network namespace, and what it printed.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { within } from "../../support/deadline.ts";

export class NamespaceChild implements AsyncDisposable {
  readonly #lines: string[] = [];
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #output: Interface;

  constructor(namespace: string, script: string) {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const command = ["netns", "exec", namespace, process.execPath, path];
    this.#child = spawn("ip", command, { stdio: ["pipe", "pipe", "inherit"] });
    this.#output = createInterface(this.#child.stdout);
    this.#output.on("line", (line) => this.#lines.push(line));
  }

  async prints(line: RegExp): Promise<void> {
    const wait = async (): Promise<void> => {
      while (!this.#lines.some((each) => line.test(each))) await once(this.#output, "line");
    };
    await within(`${line} to be printed, instead of ${this.#lines}`, wait());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#child, "exit");
    this.#child.stdin.end();
    await within("the script to exit by itself", exit);
  }
}

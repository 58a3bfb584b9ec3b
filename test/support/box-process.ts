// A box as people run it: the real command line in a process of its own, in a network namespace if asked.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CLI = fileURLToPath(new URL("../../device/cli.ts", import.meta.url));
const READY = /Lagerfeuer burns: (http:\/\/\S+)/;

/** Where and how a process runs. */
export interface ProcessOptions {
  /** Name of a network namespace. */
  readonly namespace?: string;
  /** Arguments of Node itself, such as a module to load first. */
  readonly nodeArgs?: readonly string[];
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface BoxOptions extends ProcessOptions {
  readonly data: string;
  readonly args?: readonly string[];
}

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function command({ namespace, nodeArgs = [] }: ProcessOptions, args: readonly string[]): [string, string[]] {
  const node = [process.execPath, ...nodeArgs, CLI, ...args];
  return namespace ? ["ip", ["netns", "exec", namespace, ...node]] : [node[0] as string, node.slice(1)];
}

function environment({ env }: ProcessOptions): NodeJS.ProcessEnv {
  return { ...process.env, ...env };
}

/** Runs a command to its end. */
export async function lagerfeuer(
  args: readonly string[],
  options: ProcessOptions & { readonly input?: string } = {},
): Promise<Ran> {
  const [file, all] = command(options, args);
  const limits = { maxBuffer: 64 * 1024 * 1024, timeout: 120_000 };
  const running = promisify(execFile)(file, all, { ...limits, env: environment(options) });
  running.child.stdin?.end(options.input ?? "");
  try {
    return { status: 0, ...(await running) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

export async function statusOf(options: BoxOptions): Promise<Record<string, unknown>> {
  const { stdout } = await lagerfeuer(["status", "--json", "--data", options.data], options);
  return JSON.parse(stdout) as Record<string, unknown>;
}

export class BoxProcess {
  readonly options: BoxOptions;
  readonly #child: ChildProcess;
  #stdout = "";
  #stderr = "";
  readonly ready: Promise<string>;

  constructor(options: BoxOptions) {
    this.options = options;
    const [file, args] = command(options, ["start", "--data", options.data, ...(options.args ?? [])]);
    this.#child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"], env: environment(options) });
    this.#child.stderr?.on("data", (chunk) => {
      this.#stderr += chunk;
    });
    this.ready = new Promise((resolve, reject) => {
      this.#child.stdout?.on("data", (chunk) => {
        this.#stdout += chunk;
        const [, url] = READY.exec(this.#stdout) ?? [];
        if (url) resolve(url);
      });
      this.#child.once("exit", (code) => reject(new Error(`The box ended with ${code}: ${this.#stderr}`)));
    });
    // A box that is killed on purpose must not count as an unhandled rejection.
    this.ready.catch(() => {});
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get said(): string {
    return this.#stderr;
  }

  status(): Promise<Record<string, unknown>> {
    return statusOf(this.options);
  }

  /** Resolves when the box next logs something that matches. */
  nextLine(pattern: RegExp, withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Not logged within ${withinMs} ms: ${pattern}`)), withinMs);
      const look = (chunk: Buffer): void => {
        if (!pattern.test(chunk.toString())) return;
        clearTimeout(late);
        this.#child.stderr?.off("data", look);
        resolve();
      };
      this.#child.stderr?.on("data", look);
    });
  }

  press(key: string): void {
    this.#child.stdin?.write(key);
  }

  async end(signal: "SIGTERM" | "SIGINT" | "SIGKILL"): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
    return this.#child.exitCode;
  }
}

/** Asks again and again, with short pauses, until it is true or the time is over. */
export async function eventually(
  what: string,
  withinMs: number,
  check: () => Promise<boolean>,
  everyMs = 25,
): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < withinMs) {
    if (await check()) return performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`Not within ${withinMs} ms: ${what}`);
}

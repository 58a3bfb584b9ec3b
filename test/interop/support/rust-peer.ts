// Starts test/interop/rust-peer, a peer made of p2panda's own crates, and talks with it: one JSON line for each command, one
// for its answer, and lines for what happens unasked. Builds the program before its first use.
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

const CRATE = fileURLToPath(new URL("../rust-peer/", import.meta.url));
/** Two thousand operations are published in half a minute where the crates are not optimised. */
const ANSWER_DEADLINE_MS = 60_000;
const EVENT_DEADLINE_MS = 30_000;
/** What `cargo` calls the profile that it uses when not told otherwise, and the folder of its results. */
const DEFAULT_PROFILE = { name: "dev", folder: "debug" };
/** The last lines that a failure shows. */
const SHOWN_LINES = 20;
/** Ten thousand headers in one line help nobody. */
const NOTED_CHARS = 500;

export type Fields = Readonly<Record<string, unknown>>;

/** A line that nobody asked for. */
export interface PeerEvent extends Fields {
  readonly event: string;
}

interface Line extends Fields {
  readonly id?: number;
  readonly ok?: Fields;
  readonly error?: string;
  readonly event?: string;
}

interface Asked {
  readonly resolve: (answer: Fields) => void;
  readonly reject: (reason: Error) => void;
}

/** Set by `npm run test:interop`: what takes minutes to build is not built by the way. */
const WANTED_VARIABLE = "RUST_PEER";

/** Why tests with a Rust peer do not run here, or false. */
export function rustPeerMissing(): string | false {
  if (!process.env[WANTED_VARIABLE]) return "npm run test:interop builds p2panda's own crates and runs this";
  const { error } = spawnSync("cargo", ["--version"], { stdio: "ignore" });
  return error === undefined ? false : "cargo is not installed: https://rustup.rs brings it";
}

let building: Promise<string> | undefined;

/** Path of the program, built once in a process; cargo's own progress goes to stderr. */
export function buildRustPeer(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  const profile = process.env["RUST_PEER_PROFILE"] ?? DEFAULT_PROFILE.name;
  const folder = profile === DEFAULT_PROFILE.name ? DEFAULT_PROFILE.folder : profile;
  const target = process.env["CARGO_TARGET_DIR"] ?? `${CRATE}target`;
  process.stderr.write(`Builds the Rust peer (${profile}), which takes minutes the first time\n`);
  // The crates declare a newer compiler than they need.
  const args = ["build", "--ignore-rust-version", "--profile", profile, "--target-dir", target];
  const cargo = spawn("cargo", args, { cwd: CRATE, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await once(cargo, "exit");
  if (code !== 0) throw new Error(`Cannot build the Rust peer: cargo ended with ${code}`);
  return `${target}/${folder}/rust-peer`;
}

export class RustPeer {
  /** Everything said in both directions, for the report of a failure. */
  readonly transcript: string[] = [];
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #asked = new Map<number, Asked>();
  readonly #events: PeerEvent[] = [];
  readonly #listeners = new Set<() => void>();
  #lastId = 0;
  #ended = false;

  static async start(): Promise<RustPeer> {
    return new RustPeer(await buildRustPeer());
  }

  private constructor(program: string) {
    this.#child = spawn(program, { stdio: ["pipe", "pipe", "pipe"] });
    createInterface(this.#child.stdout).on("line", (line) => this.#read(line));
    createInterface(this.#child.stderr).on("line", (line) => this.transcript.push(`! ${line}`));
    // Writing to a peer that has ended is reported by its exit.
    this.#child.stdin.on("error", () => {});
    this.#child.once("close", (code, signal) => this.#end(`The Rust peer ended with ${code ?? signal}`));
  }

  /** The `ok` of the answer; rejects with the peer's own words. */
  ask(cmd: string, fields: Fields = {}, withinMs = ANSWER_DEADLINE_MS): Promise<Fields> {
    if (this.#ended) return Promise.reject(this.#failure(`Cannot ask "${cmd}": the Rust peer has ended`));
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Fields>();
    const late = setTimeout(() => reject(this.#failure(`No answer to "${cmd}" within ${withinMs} ms`)), withinMs);
    this.#asked.set(id, { resolve, reject });
    const line = JSON.stringify({ id, cmd, ...fields });
    this.#note("<", line);
    this.#child.stdin.write(`${line}\n`);
    return promise.finally(() => {
      clearTimeout(late);
      this.#asked.delete(id);
    });
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN;
  }

  /** Events so far, oldest first. */
  get events(): readonly PeerEvent[] {
    return this.#events;
  }

  /** The first event, past or to come, for which the predicate holds. */
  waitFor(matches: (event: PeerEvent) => boolean, withinMs = EVENT_DEADLINE_MS): Promise<PeerEvent> {
    let next = 0;
    return this.#waitUntil(() => {
      const found = this.#events.findIndex((event, index) => index >= next && matches(event));
      next = this.#events.length;
      return this.#events[found];
    }, withinMs);
  }

  /** As many events, past or to come, for which the predicate holds. */
  async waitForAll(
    count: number,
    matches: (event: PeerEvent) => boolean,
    withinMs = EVENT_DEADLINE_MS,
  ): Promise<readonly PeerEvent[]> {
    const found: PeerEvent[] = [];
    let next = 0;
    return this.#waitUntil(() => {
      found.push(...this.#events.slice(next).filter(matches));
      next = this.#events.length;
      return found.length >= count ? found : undefined;
    }, withinMs);
  }

  /** Ends the process with its stdin; idempotent. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    const closed = once(this.#child, "close");
    this.#child.stdin.end();
    await closed;
  }

  /** As a power cut would; resolves when its ports are free. */
  async kill(): Promise<void> {
    const closed = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #waitUntil<T>(look: () => T | undefined, withinMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(late);
        this.#listeners.delete(check);
      };
      const fail = (why: string): void => {
        stop();
        reject(this.#failure(why));
      };
      const check = (): void => {
        const found = look();
        if (found !== undefined) {
          stop();
          resolve(found);
        } else if (this.#ended) fail("The Rust peer ended while an event was awaited");
      };
      const late = setTimeout(() => fail(`No such event within ${withinMs} ms`), withinMs);
      this.#listeners.add(check);
      check();
    });
  }

  #read(text: string): void {
    this.#note(">", text);
    const line = JSON.parse(text) as Line;
    if (line.event !== undefined) {
      this.#events.push(line as PeerEvent);
      this.#wake();
      return;
    }
    const asked = this.#asked.get(line.id ?? 0);
    if (line.error !== undefined) asked?.reject(this.#failure(line.error));
    else asked?.resolve(line.ok ?? {});
  }

  #end(why: string): void {
    this.#ended = true;
    for (const { reject } of this.#asked.values()) reject(this.#failure(why));
    this.#wake();
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #note(mark: string, line: string): void {
    this.transcript.push(`${mark} ${line.length > NOTED_CHARS ? `${line.slice(0, NOTED_CHARS)}…` : line}`);
  }

  #failure(why: string): Error {
    return new Error(`${why}\n${this.transcript.slice(-SHOWN_LINES).join("\n")}`);
  }
}

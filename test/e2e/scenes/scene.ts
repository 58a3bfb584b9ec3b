// The stage of a scene: boxes with clocks that may be wrong, played by the real command line. Who carries things from house
// to house is a box as well: it visits by being started with an address, and goes.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { askBox } from "../../../device/ask-box.ts";
import { DataFolder } from "../../../device/data-folder.ts";
import { BoxProcess, eventually, lagerfeuer, type ProcessOptions } from "../../support/box-process.ts";

const WRONG_CLOCK = fileURLToPath(new URL("../../support/clock-offset.ts", import.meta.url));
/** Not so often that the boxes have no time to sync. */
const ASK_AGAIN_MS = 100;
/** A hundred times what a quiet machine takes. */
const AGREED_MS = 120_000;

/** Hours by which a clock is ahead; "none" begins in 1970 at each start. */
export type SceneClock = number | "none";

/** What a command says with --json. */
export interface Said {
  readonly [name: string]: unknown;
  readonly id: string;
}

export class Scene {
  readonly #folder = mkdtempSync(join(tmpdir(), "lagerfeuer-scene-"));
  readonly #festival: string;
  readonly #boxes: SceneBox[] = [];

  constructor(festival: string) {
    this.#festival = festival;
  }

  box(name: string, clock: SceneClock = 0): SceneBox {
    const data = join(this.#folder, name);
    const box = new SceneBox(data, ["--festival", this.#festival, "--timezone", "Europe/Berlin"], clock);
    this.#boxes.push(box);
    return box;
  }

  /** Path of a file beside the data folders. */
  file(name: string): string {
    return join(this.#folder, name);
  }

  async end(): Promise<void> {
    await Promise.all(this.#boxes.map((box) => box.stop("SIGKILL")));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export class SceneBox {
  readonly data: string;
  readonly #common: readonly string[];
  readonly #around: ProcessOptions;
  #running: { readonly process: BoxProcess; readonly url: string } | undefined;

  constructor(data: string, common: readonly string[], clock: SceneClock) {
    this.data = data;
    this.#common = common;
    const offset = clock === "none" ? clock : String(clock * 3_600);
    this.#around = clock === 0 ? {} : { nodeArgs: ["--import", WRONG_CLOCK], env: { CLOCK_OFFSET: offset } };
  }

  /** Where its screen can be looked at. */
  get url(): string {
    assert.ok(this.#running, `${this.data} does not run`);
    return this.#running.url;
  }

  /** What a person reads; nobody is there to be asked anything. */
  async say(...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.#run(args);
    assert.equal(status, 0, `${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  async act(...args: readonly string[]): Promise<Said> {
    return JSON.parse(await this.say(...args, "--json")) as Said;
  }

  /** The stable code with which a command is refused. */
  async refusal(...args: readonly string[]): Promise<string> {
    const { status, stderr } = await this.#run(args);
    assert.equal(status, 1, `${args.join(" ")} was not refused`);
    return /E_[A-Z_]+/.exec(stderr)?.[0] ?? stderr;
  }

  async list<Item = Said>(what: string, ...args: readonly string[]): Promise<readonly Item[]> {
    const said = await this.act("list", what, ...args);
    return said[what] as readonly Item[];
  }

  /** Sorted titles of what a list holds. */
  async titles(what: string): Promise<readonly string[]> {
    const items = await this.list<{ title?: string; fields?: { title: string } }>(what);
    return items.map(({ title, fields }) => title ?? fields?.title ?? "").sort();
  }

  /** While it runs, asked as commands ask it, without a process for each time. */
  async status(): Promise<Readonly<Record<string, unknown>>> {
    const box = this.#running && (await askBox(new DataFolder(this.data)));
    return box ? ((await box.status()) as Record<string, unknown>) : this.act("status");
  }

  async start({ to = [], args = [] }: { to?: readonly SceneBox[]; args?: readonly string[] } = {}): Promise<void> {
    const peers = to.flatMap(({ url }) => ["--peer", `127.0.0.1:${new URL(url).port}`]);
    const quiet = ["--host", "127.0.0.1", "--port", "0", "--no-discovery"];
    const process = new BoxProcess({
      ...this.#around,
      data: this.data,
      args: [...this.#common, ...quiet, ...peers, ...args],
    });
    this.#running = { process, url: await process.ready };
  }

  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const ended = await this.#running?.process.end(signal);
    if (signal === "SIGTERM" && this.#running) assert.equal(ended, 0, this.#running.process.said);
    this.#running = undefined;
  }

  #run(args: readonly string[]): ReturnType<typeof lagerfeuer> {
    return lagerfeuer([...args, "--data", this.data, ...this.#common], this.#around);
  }

  /** Goes to where another box runs, stays until both know the same, and leaves. */
  async visit(other: SceneBox): Promise<void> {
    await this.start({ to: [other] });
    await agree(this, other);
    await this.stop();
  }
}

/** Resolves with the state hash that all of them come to have. */
export async function agree(...boxes: readonly SceneBox[]): Promise<string> {
  let hashes: readonly unknown[] = [];
  const equal = async (): Promise<boolean> => {
    const all = await Promise.all(boxes.map((box) => box.status()));
    hashes = all.map(({ stateHash }) => stateHash);
    return new Set(hashes).size === 1 && all.every(({ operations }) => operations !== 0);
  };
  await eventually("equal state hashes", AGREED_MS, equal, ASK_AGAIN_MS);
  return String(hashes[0]);
}

/** Asks each box until all of them see it. */
export async function allSee(
  what: string,
  boxes: readonly SceneBox[],
  sees: (box: SceneBox) => Promise<boolean>,
): Promise<void> {
  const seen = async (): Promise<boolean> => (await Promise.all(boxes.map(sees))).every(Boolean);
  await eventually(what, AGREED_MS, seen, ASK_AGAIN_MS);
}

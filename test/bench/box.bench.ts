// The box as people start it: time from the process to the first frame with many operations stored, and what a box holds
// in memory with a large programme on a large screen. One JSON line each. Run: node test/bench/box.bench.ts
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadConfig } from "../../device/config.ts";
import { DataFolder } from "../../device/data-folder.ts";
import { createLogger } from "../../device/logger.ts";
import { openReplica } from "../../device/main.ts";
import { bundleProcess } from "../../image/bundle-process.ts";
import { asLogId, asSigningKey, toHex } from "../../protocol/operation/bytes.ts";
import type { CborMap } from "../../protocol/operation/cbor.ts";
import type { Replica } from "../../sync/replica.ts";
import { SystemClock } from "../../sync/system-clock.ts";
import { sharedPath } from "../support/shared-data.ts";
import { Author } from "./author.ts";
import { median, memoryMb, quick, rounded, say } from "./measure.ts";
import { NODE_FLAGS } from "./node-flags.ts";

/** Each made one event and changed it ever since. */
const AUTHORS = 500;
const PER_AUTHOR = quick ? 10 : 200;
const ROUNDS = quick ? 1 : 3;
const SCREEN = "door-1920x1080";
/** The panel most boxes have. */
const PANEL = "door-800x480";
const FOSDEM = sharedPath("data/schedules/fosdem2026-pretalx.schedule.xml");
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CLI = join(ROOT, "device/cli.ts");
/** What the bundle of a card finds beside itself. */
const BESIDE_BUNDLE = ["node_modules", "docs", "dist", "device/web", "protocol"];
const READY = "Lagerfeuer burns";
/** After the first frame: what starting needed is collected or stays. */
const SETTLE_MS = 3_000;
/** V8 gives pages back some seconds after it collected. */
const RELEASE_MS = 15_000;
const OWN = 0;
/** As in package.json and in the service of a card. */
const ENVIRONMENT = { ...process.env, MALLOC_ARENA_MAX: "1" };

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-box-"));

function eventChanges(number: number): (author: number, seqNum: number, id: string | undefined) => CborMap {
  const start = 1_790_000_000 + (number % 100) * 1_800;
  const title = `Circle ${number}`;
  const created = { title, when: { m: "exact", start, end: start + 1_800, tz: "Europe/Berlin" }, place: "Campfire" };
  return (_, seqNum, id) =>
    id === undefined
      ? { a: "create", s: "event/1", f: created }
      : { a: "update", s: "event/1", d: id, f: { note: `Change ${seqNum} of many: bring a blanket and a cup` } };
}

function writeLog(number: number, replica: Replica) {
  const change = eventChanges(number);
  let id: string | undefined;
  const { suite } = replica;
  const author = new Author({
    number,
    signingKey: asSigningKey(new Uint8Array(randomBytes(32))),
    logId: asLogId(suite.hash(replica.topic)),
    suite,
    body: (author, seqNum) => change(author, seqNum, id),
  });
  return Array.from({ length: PER_AUTHOR }, () => {
    const operation = author.write();
    id ??= toHex(operation.id);
    return { operation, introducer: OWN };
  });
}

async function fill(data: string): Promise<void> {
  const clock = new SystemClock();
  const config = loadConfig({ flags: { data }, env: {} });
  const logger = createLogger({ level: "error", format: "human", clock, write: (line) => process.stderr.write(line) });
  const opened = await openReplica({ config, folder: new DataFolder(data), clock, logger }, "write");
  for (let number = 0; number < AUTHORS; number++) await opened.replica.receive(writeLog(number, opened.replica));
  await opened.close();
}

interface Started {
  readonly child: ChildProcess;
  readonly ms: number;
}

/** To the line that it prints when the first frame is drawn and everybody may come. */
async function start(
  data: string,
  args: readonly string[],
  flags: readonly string[] = [],
  cli = CLI,
): Promise<Started> {
  const all = [...flags, cli, "start", "--data", data, "--port", "0", "--no-discovery", ...args];
  const began = performance.now();
  const child = spawn(process.execPath, all, { stdio: ["pipe", "pipe", "ignore"], env: ENVIRONMENT });
  let printed = "";
  for await (const chunk of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += chunk;
    if (printed.includes(READY)) return { child, ms: performance.now() - began };
  }
  throw new Error("Cannot measure the box: it ended before it burned");
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  await once(child, "exit");
}

async function benchStart(): Promise<void> {
  const data = join(folder, "many");
  await fill(data);
  const times: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { child, ms } = await start(data, []);
    times.push(ms);
    memory.push(memoryMb(child.pid ?? 0, "VmHWM"));
    await stop(child);
  }
  const row = { operations: AUTHORS * PER_AUTHOR, logs: AUTHORS, ms: rounded(median(times)), peakMb: median(memory) };
  say({ bench: "box", name: "start to first frame", ...row });
}

async function benchMemory(flags: readonly string[]): Promise<void> {
  const name = `memory with FOSDEM on ${SCREEN}`;
  if (!existsSync(FOSDEM)) {
    say({ bench: "box", name, skipped: "needs ../shared/data/schedules beside the repository" });
    return;
  }
  const data = join(folder, `fosdem${flags.length}`);
  const { child } = await start(data, ["--screen", SCREEN], flags);
  await promisify(execFile)(process.execPath, [CLI, "import", FOSDEM, "--data", data]);
  await pause(SETTLE_MS);
  const pid = child.pid ?? 0;
  say({ bench: "box", name, flags, residentMb: memoryMb(pid, "VmRSS"), peakMb: memoryMb(pid, "VmHWM") });
  await stop(child);
}

/** As the service of a card runs it: one file, FOSDEM stored before it started, the first frame drawn. */
async function benchCard(): Promise<void> {
  const name = `memory of a card with FOSDEM on ${PANEL}`;
  if (!existsSync(FOSDEM)) {
    say({ bench: "box", name, skipped: "needs ../shared/data/schedules beside the repository" });
    return;
  }
  const [data, card] = [join(folder, "card-data"), join(folder, "card")];
  mkdirSync(join(card, "device"), { recursive: true });
  for (const path of BESIDE_BUNDLE) symlinkSync(join(ROOT, path), join(card, path));
  writeFileSync(join(card, "package.json"), JSON.stringify({ type: "module" }));
  await bundleProcess("device/command-line.ts", "lagerfeuer.js", card);
  await promisify(execFile)(process.execPath, [CLI, "import", FOSDEM, "--data", data]);
  const { child } = await start(data, ["--screen", PANEL], NODE_FLAGS, join(card, "lagerfeuer.js"));
  await pause(RELEASE_MS);
  const pid = child.pid ?? 0;
  say({ bench: "box", name, residentMb: memoryMb(pid, "VmRSS"), peakMb: memoryMb(pid, "VmHWM") });
  await stop(child);
}

try {
  await benchStart();
  if (!quick) await benchMemory([]);
  await benchMemory(NODE_FLAGS);
  await benchCard();
} finally {
  rmSync(folder, { recursive: true });
}

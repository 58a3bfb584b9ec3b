// What a box costs while nothing happens: a real box with FOSDEM's programme in each power profile, each alone on a network of
// its own, and one beside another box. CPU time and how often any of its threads wakes up, from /proc, with Node alone in the
// same minute. One JSON line each. Run, as root for the networks: node test/bench/idle.bench.ts
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { POWER_PROFILES } from "../../device/power-profile.ts";
import { BoxProcess, lagerfeuer } from "../support/box-process.ts";
import { type Cable, layCable, namespacesMissing } from "../support/network-namespaces.ts";
import { sharedPath } from "../support/shared-data.ts";
import { memoryMb, quick, rounded, say } from "./measure.ts";
import { NODE_FLAGS } from "./node-flags.ts";

const SECONDS = quick ? 20 : 60;
/** Discovery asks often at first, and what starting needed is collected. */
const SETTLE_MS = quick ? 15_000 : 90_000;
const FOSDEM = sharedPath("data/schedules/fosdem2026-pretalx.schedule.xml");
const ROOM = "Janson";
const BARE = "require('net').createServer().listen(0, '127.0.0.1')";
const NS_PER_MS = 1e6;

interface Spent {
  readonly cpuMs: number;
  readonly wakeUps: number;
}

/** By a process and all its threads, since it began; the scheduler counts in nanoseconds. */
function spent(pid: number): Spent {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`);
  const sum = (read: (thread: string) => number) => threads.reduce((all, thread) => all + read(thread), 0);
  return {
    cpuMs: sum((thread) => Number(readFileSync(`${thread}/schedstat`, "utf8").split(" ")[0])) / NS_PER_MS,
    wakeUps: sum((thread) => {
      const [, switches] = /^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`${thread}/status`, "utf8")) ?? [];
      return Number(switches);
    }),
  };
}

async function measure(pids: ReadonlyMap<string, number>): Promise<void> {
  const before = new Map([...pids].map(([name, pid]) => [name, spent(pid)]));
  await pause(1_000 * SECONDS);
  for (const [name, pid] of pids) {
    const [was, is] = [before.get(name), spent(pid)];
    if (was === undefined) continue;
    const cpuMs = is.cpuMs - was.cpuMs;
    say({
      bench: "idle",
      name,
      seconds: SECONDS,
      cpuMs: rounded(cpuMs),
      cpuPercent: rounded(cpuMs / (10 * SECONDS)),
      wakeUpsPerMinute: Math.round(((is.wakeUps - was.wakeUps) * 60) / SECONDS),
      residentMb: memoryMb(pid, "VmRSS"),
    });
  }
}

/** Without root there are no networks to be alone on, so nobody is looked for. */
const isAlone = namespacesMissing() === false;

async function startBox(data: string, profile: string, namespace: string | undefined): Promise<BoxProcess> {
  const args = ["--port", "0", "--power", profile, "--venue", ROOM, "--buttons", "none"];
  const where = namespace === undefined ? {} : { namespace };
  const options = { data, args: isAlone ? args : [...args, "--no-discovery"], nodeArgs: NODE_FLAGS, ...where };
  const box = new BoxProcess({ ...options, env: { MALLOC_ARENA_MAX: "1" } });
  await box.ready;
  return box;
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-idle-"));
  const cables: Cable[] = [];
  const boxes: BoxProcess[] = [];
  const bare = spawn(process.execPath, ["-e", BARE], { stdio: "ignore" });
  const pids = new Map([["node alone", bare.pid ?? 0]]);
  const open = async (name: string, profile: string, namespace: string | undefined): Promise<void> => {
    const data = join(folder, name);
    const box = await startBox(data, profile, namespace);
    boxes.push(box);
    pids.set(name, box.pid);
    await lagerfeuer(["import", FOSDEM, "--data", data], namespace === undefined ? {} : { namespace });
  };
  try {
    if (isAlone) for (let number = 0; number <= POWER_PROFILES.length; number++) cables.push(layCable(number));
    for (const [index, profile] of POWER_PROFILES.entries()) await open(profile, profile, cables[index]?.left);
    const cable = cables[POWER_PROFILES.length];
    if (cable !== undefined) {
      await open("relay beside another", "relay", cable.left);
      boxes.push(await startBox(join(folder, "another"), "relay", cable.right));
    }
    await pause(SETTLE_MS);
    await measure(pids);
  } finally {
    await Promise.all(boxes.map((box) => box.end("SIGTERM")));
    bare.kill();
    for (const cable of cables) cable.remove();
    rmSync(folder, { recursive: true });
  }
}

if (existsSync(FOSDEM) && existsSync("/proc/self/schedstat")) await bench();
else say({ bench: "idle", skipped: "needs ../shared/data/schedules beside the repository, and Linux" });

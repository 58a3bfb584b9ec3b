// A box with a large programme, and a thousand phones that are live with it: what it holds in memory, and how long its
// page takes for somebody else. Then six hundred connections of one address that never finish their headers, and the
// same question. One JSON line each. Run: node test/bench/phones.bench.ts
import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { JoinNote, PublicStatus } from "../../device/web/pages.ts";
import { sharedPath } from "../support/shared-data.ts";
import { median, memoryMb, percentile, quick, rounded, say } from "./measure.ts";
import { NODE_FLAGS } from "./node-flags.ts";

const PHONES = quick ? 100 : 1_000;
const SLOW = 600;
const ASKED = quick ? 20 : 100;
/** What came with the last handshake is collected or stays. */
const SETTLE_MS = 3_000;
const SLOW_ADDRESS = "127.0.0.2";
const OTHER_ADDRESS = "127.0.0.3";
const FOSDEM = sharedPath("data/schedules/fosdem2026-pretalx.schedule.xml");
const CLI = fileURLToPath(new URL("../../device/cli.ts", import.meta.url));
const CROWD = fileURLToPath(new URL("phone-crowd.ts", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-phones-"));

/** Resolves with what the pattern captures. */
async function said(child: ChildProcessWithoutNullStreams, pattern: RegExp): Promise<string> {
  let printed = "";
  for await (const chunk of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += chunk;
    const [, found] = pattern.exec(printed) ?? [];
    if (found !== undefined) return found;
  }
  throw new Error(`Cannot measure phones: a process ended before it said ${pattern}`);
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, args, { stdio: "pipe", env: { ...process.env, ...env } });
  child.stderr.resume();
  return child;
}

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  const ended = once(child, "exit");
  child.stdin.end();
  child.kill("SIGTERM");
  await ended;
}

/** Milliseconds until the page is there, from an address that holds nothing else. */
async function askPage(port: string): Promise<number> {
  const began = performance.now();
  const asking = get({ host: "127.0.0.1", port, path: "/", localAddress: OTHER_ADDRESS, agent: false });
  const [response] = await once(asking, "response");
  await response.resume().toArray();
  return performance.now() - began;
}

async function pageTimes(port: string): Promise<Readonly<Record<string, number>>> {
  const times: number[] = [];
  for (let asked = 0; asked < ASKED; asked++) times.push(await askPage(port));
  const [medianMs, p95Ms, mostMs] = [median(times), percentile(times, 0.95), Math.max(...times)].map(rounded);
  return { medianMs, p95Ms, mostMs } as Readonly<Record<string, number>>;
}

async function json<Value>(port: string, path: string): Promise<Value> {
  return (await (await fetch(`http://127.0.0.1:${port}${path}`)).json()) as Value;
}

async function benchPhones(box: ChildProcessWithoutNullStreams, port: string): Promise<void> {
  const pid = box.pid ?? 0;
  const beforeMb = memoryMb(pid, "VmRSS");
  const { festival } = await json<JoinNote>(port, "/join.json");
  const began = performance.now();
  const crowd = start([CROWD, port, festival.topic, String(PHONES)]);
  await said(crowd, /(live)/);
  const ms = rounded(performance.now() - began);
  await pause(SETTLE_MS);
  const { devicesNow: phones } = await json<PublicStatus>(port, "/status.json");
  const resident = { beforeMb, residentMb: memoryMb(pid, "VmRSS"), peakMb: memoryMb(pid, "VmHWM") };
  say({
    bench: "phones",
    name: "live phones",
    phones,
    handshakesMs: ms,
    ...resident,
    ...(await pageTimes(port)),
  });
  await end(crowd);
}

async function slowConnection(port: string): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port: Number(port), localAddress: SLOW_ADDRESS });
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write("GET / HTTP/1.1\r\nX-Slow: ");
  return socket;
}

async function benchSlow(port: string): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: SLOW }, () => slowConnection(port)));
  say({ bench: "phones", name: "page beside slow connections", slow: SLOW, ...(await pageTimes(port)) });
  for (const socket of sockets) socket.destroy();
}

async function bench(): Promise<void> {
  const data = join(folder, "data");
  const args = [...NODE_FLAGS, CLI, "start", "--data", data, "--port", "0", "--no-discovery"];
  const box = start(args, { MALLOC_ARENA_MAX: "1" });
  try {
    const port = await said(box, /Lagerfeuer burns: http:\/\/\S+:(\d+)/);
    await promisify(execFile)(process.execPath, [CLI, "import", FOSDEM, "--data", data]);
    await pause(SETTLE_MS);
    await benchPhones(box, port);
    await pause(SETTLE_MS);
    await benchSlow(port);
  } finally {
    await end(box);
  }
}

try {
  if (existsSync(FOSDEM)) await bench();
  else say({ bench: "phones", skipped: "needs ../shared/data/schedules beside the repository" });
} finally {
  rmSync(folder, { recursive: true });
}

// Two processes of ours on loopback: a cold sync, a reconnect with nothing new, one live operation after the other.
// One JSON line a row. Bytes are counted in a pass of their own. Run: node test/bench/sync.bench.ts
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sharedPath } from "../support/shared-data.ts";
import { ContenderProcess, type Memory } from "./contender-process.ts";
import { CountingProxy } from "./counting-proxy.ts";
import { median, percentile, quick, rounded } from "./measure.ts";

const AUTHORS = 200;
const PER_AUTHOR = quick ? 10 : 100;
const OPERATIONS = AUTHORS * PER_AUTHOR;
const ROUNDS = quick ? 1 : 5;
const LIVE_OPERATIONS = quick ? 20 : 200;
/** Between two live operations, as ../shared/peers has it: each is alone on its way. */
const LIVE_GAP_MS = 8;

interface Pulled {
  readonly ms: number;
  readonly receiver: Memory;
  readonly sender: Memory;
}

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-bench-"));
const sizes = ["--authors", String(AUTHORS), "--per", String(PER_AUTHOR)];
const senderFolder = join(folder, "sender");
const receiverFolder = join(folder, "receiver");

function print(name: string, row: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ bench: "sync", name, operations: OPERATIONS, authors: AUTHORS, ...row }));
}

function start(command: string, dir: string, ...rest: readonly string[]): ContenderProcess {
  return new ContenderProcess([command, "--dir", dir, ...sizes, ...rest]);
}

async function seed(): Promise<void> {
  const seeder = start("seed", senderFolder);
  await seeder.next("seeded");
  await seeder.end();
}

async function serve(work: (sender: ContenderProcess, port: number) => Promise<void>): Promise<void> {
  const sender = start("serve", senderFolder);
  try {
    await work(sender, (await sender.next("listening")).port);
  } finally {
    await sender.end();
  }
}

/** `expected` operations are to come; `then` works on while the receiver is in live mode. */
async function pull(
  sender: ContenderProcess,
  { port, expected }: { readonly port: number; readonly expected: number },
  then: (receiver: ContenderProcess) => Promise<void> = async () => {},
): Promise<Pulled> {
  const receiver = start("pull", receiverFolder, "--port", String(port), "--expect", String(expected));
  try {
    const { t: from } = await receiver.next("connecting");
    const { t: to, ops } = await receiver.next("stored");
    if (ops !== expected) throw new Error(`Cannot measure sync: ${ops} operations came instead of ${expected}`);
    const pulled = { ms: to - from, receiver: receiver.memory, sender: sender.memory };
    await then(receiver);
    return pulled;
  } finally {
    await receiver.end();
  }
}

async function countBytes(): Promise<void> {
  await serve(async (sender, target) => {
    for (const [name, expected] of [
      ["cold, bytes", OPERATIONS],
      ["nothing new, bytes", 0],
    ] as const) {
      const proxy = await CountingProxy.open(target);
      let bytes = 0;
      await pull(sender, { port: proxy.port, expected }, async () => {
        bytes = proxy.bytes;
      });
      proxy.close();
      print(name, { bytes, ...(expected > 0 && { bytesPerOperation: rounded(bytes / expected) }) });
    }
  });
}

async function measureSync(): Promise<void> {
  const cold: Pulled[] = [];
  const nothingNew: Pulled[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rmSync(receiverFolder, { recursive: true, force: true });
    await serve(async (sender, port) => {
      cold.push(await pull(sender, { port, expected: OPERATIONS }));
      nothingNew.push(await pull(sender, { port, expected: 0 }));
    });
  }
  print("cold", { ...times(cold), ...memory(cold) });
  print("nothing new", times(nothingNew));
}

function times(rounds: readonly Pulled[]): Readonly<Record<string, number>> {
  const ms = rounds.map((each) => each.ms);
  return { ms: rounded(median(ms)), least: rounded(Math.min(...ms)), most: rounded(Math.max(...ms)) };
}

function memory(rounds: readonly Pulled[]): Readonly<Record<string, number>> {
  return {
    receiverPeakMb: rounded(median(rounds.map(({ receiver }) => receiver.peakMb))),
    senderMb: rounded(median(rounds.map(({ sender }) => sender.nowMb))),
  };
}

async function measureLive(): Promise<void> {
  const ms: number[] = [];
  await serve(async (sender, port) => {
    await pull(sender, { port, expected: 0 }, async (receiver) => {
      for (let k = 0; k < LIVE_OPERATIONS; k++) {
        sender.say(`write ${k}`);
        const [wrote, seen] = await Promise.all([sender.next("wrote"), receiver.next("seen")]);
        if (seen.k !== k) throw new Error(`Cannot measure live mode: ${seen.k} was seen instead of ${k}`);
        ms.push(seen.t - wrote.t);
        await pause(LIVE_GAP_MS);
      }
    });
  });
  print("live", { written: ms.length, p50: rounded(percentile(ms, 0.5)), p95: rounded(percentile(ms, 0.95)) });
}

if (existsSync(sharedPath("peers/common.mjs"))) {
  try {
    await seed();
    await countBytes();
    await measureSync();
    await measureLive();
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  console.log(JSON.stringify({ bench: "sync", skipped: "needs ../shared/peers beside the repository" }));
}

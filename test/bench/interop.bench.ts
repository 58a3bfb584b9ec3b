// Transfers between our replica and a real p2panda node on loopback, beside one between two such nodes: operations a
// second, and CPU of both sides for each. The nodes keep their operations in memory, we ours on disk. The crates are
// optimised where RUST_PEER_PROFILE=release; to publish 20,000 takes a node minutes, since each costs more than the last.
//   RUST_PEER=1 RUST_PEER_PROFILE=release node test/bench/interop.bench.ts
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeCbor } from "../../protocol/operation/cbor.ts";
import { openDatabase } from "../../sync/store/database.ts";
import { SqliteStore } from "../../sync/store/sqlite.ts";
import { OurNode } from "../interop/support/our-node.ts";
import { RustPeer, rustPeerMissing } from "../interop/support/rust-peer.ts";
import { now, quick, rounded, say } from "./measure.ts";

const OPERATIONS = quick ? 1_000 : 20_000;
const BODY_BYTES = 200;
/** Publishing 20,000 in Rust, unoptimised. */
const PUBLISH_MS = 600_000;
/** A node that stored nothing for so long will store nothing more. */
const STALLED_MS = 30_000;
const ASK_MS = 250;
const MAX_PAGES = 262_144;
/** USER_HZ of every Linux that runs Node. */
const TICK_MS = 10;

interface Node {
  readonly peer: RustPeer;
  readonly id: string;
  readonly ip: string;
}

const folder = await mkdtemp(join(tmpdir(), "lagerfeuer-bench-"));

async function rustNode(topic: string, operations: number): Promise<Node> {
  const peer = await RustPeer.start();
  const seed = randomBytes(32).toString("hex");
  const { nodeId, addresses } = await peer.ask("spawn", { seed });
  await peer.ask("subscribe", { topic, bodies: false });
  if (operations > 0) await peer.ask("publish", { topic, count: operations, bytes: BODY_BYTES }, PUBLISH_MS);
  return { peer, id: String(nodeId), ip: (addresses as string[])[0] ?? "" };
}

async function ourNode(topic: string): Promise<OurNode> {
  const path = join(folder, `${randomBytes(4).toString("hex")}.sqlite`);
  return OurNode.open({ topic, store: new SqliteStore(openDatabase(path, { maxPages: MAX_PAGES })) });
}

/** CPU of a process and of its children that run, in ms; a Rust peer counts for itself, not for us who started it. */
function cpuMs(pid: number): number {
  const all = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  const children = all.filter((child) => !readFileSync(`/proc/${child}/comm`, "utf8").startsWith("rust-peer"));
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const own = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  return children.reduce((sum, child) => sum + cpuMs(child), own);
}

async function heightOf({ peer }: Node, topic: string, author: string): Promise<number> {
  const { logs } = (await peer.ask("heights", { topic })) as { logs: { author: string; highest: number }[] };
  return logs.find((log) => log.author === author)?.highest ?? -1;
}

/** Runs a transfer until all arrived or nothing more does. */
async function measure(
  direction: string,
  pids: Readonly<Record<"from" | "to", number>>,
  start: () => void,
  arrived: () => Promise<number>,
): Promise<void> {
  const before = { from: cpuMs(pids.from), to: cpuMs(pids.to) };
  const began = now();
  start();
  let count = 0;
  let movedAt = began;
  while (count < OPERATIONS && now() - movedAt < STALLED_MS) {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    const found = await arrived();
    if (found > count) movedAt = now();
    count = found;
  }
  const seconds = (movedAt - began) / 1_000;
  say({
    bench: "interop",
    profile: process.env["RUST_PEER_PROFILE"] ?? "dev",
    direction,
    operations: OPERATIONS,
    arrived: count,
    operationsPerSecond: rounded(count / seconds),
    cpuMsPerOperation: {
      from: rounded((cpuMs(pids.from) - before.from) / Math.max(1, count)),
      to: rounded((cpuMs(pids.to) - before.to) / Math.max(1, count)),
    },
  });
}

async function rustToUs(): Promise<void> {
  const topic = randomBytes(32).toString("hex");
  const rust = await rustNode(topic, OPERATIONS);
  const ours = await ourNode(topic);
  const start = () => ours.peers.add(`${rust.id}@${rust.ip}`);
  await measure("rust to us", { from: rust.peer.pid, to: process.pid }, start, () => ours.replica.store.count());
  await ours.peers.stop();
  await rust.peer.stop();
}

async function usToRust(): Promise<void> {
  const topic = randomBytes(32).toString("hex");
  const rust = await rustNode(topic, 0);
  const ours = await ourNode(topic);
  await ours.replica.publish(
    Array.from({ length: OPERATIONS }, (_, n) => encodeCbor(`${n} ${"x".repeat(BODY_BYTES)}`)),
  );
  const start = () => ours.peers.add(`${rust.id}@${rust.ip}`);
  const arrived = async () => (await heightOf(rust, topic, ours.key)) + 1;
  await measure("us to rust", { from: process.pid, to: rust.peer.pid }, start, arrived);
  await ours.peers.stop();
  await rust.peer.stop();
}

async function rustToRust(): Promise<void> {
  const topic = randomBytes(32).toString("hex");
  const from = await rustNode(topic, OPERATIONS);
  const to = await rustNode(topic, 0);
  const start = () => void to.peer.ask("addPeer", { nodeId: from.id, address: from.ip });
  const arrived = async () => (await heightOf(to, topic, from.id)) + 1;
  await measure("rust to rust", { from: from.peer.pid, to: to.peer.pid }, start, arrived);
  await from.peer.stop();
  await to.peer.stop();
}

const missing = rustPeerMissing();
if (missing) say({ bench: "interop", skipped: missing });
else for (const transfer of [rustToUs, usToRust, rustToRust]) await transfer();
rmSync(folder, { recursive: true });

// The story that this device is built for: people who are never online together. Rust nodes of other apps on the outside,
// our boxes, as people run them, between.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { BoxProcess, eventually, lagerfeuer } from "../support/box-process.ts";
import { RustPeer, rustPeerMissing } from "./support/rust-peer.ts";

const options = { skip: rustPeerMissing() };
const OPERATIONS = 50;
const CARRIED_MS = 60_000;
/** Asking for heights keeps an unoptimised node from its work. */
const ASK_MS = 500;

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}

interface RustNode {
  readonly peer: RustPeer;
  readonly author: string;
  /** "<node id>@ip:port" */
  readonly address: string;
}

async function rustNode(t: TestContext, topic: string): Promise<RustNode> {
  const peer = await RustPeer.start();
  t.after(() => peer.stop());
  const { nodeId, addresses } = await peer.ask("spawn", { seed: hex(32) });
  await peer.ask("subscribe", { topic });
  return { peer, author: String(nodeId), address: `${nodeId}@${(addresses as string[])[0]}` };
}

async function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "lagerfeuer-relay-"));
}

async function startBox(t: TestContext, data: string, ...args: string[]): Promise<{ box: BoxProcess; port: string }> {
  const common = ["--port", "0", "--host", "127.0.0.1", "--no-discovery", "--p2panda", "--logger-level", "debug"];
  const box = new BoxProcess({ data, args: [...common, ...args] });
  t.after(() => box.end("SIGKILL"));
  return { box, port: new URL(await box.ready).port };
}

async function heights(node: RustNode, topic: string): Promise<Record<string, number>> {
  const { logs } = (await node.peer.ask("heights", { topic })) as { logs: { author: string; highest: number }[] };
  return Object.fromEntries(logs.map(({ author, highest }) => [author, highest]));
}

async function carriedBy(box: BoxProcess, topic: string): Promise<number> {
  const { carried } = (await box.status()) as { carried: { topic: string; operations: number }[] };
  return carried.find((each) => each.topic === topic)?.operations ?? 0;
}

test("what one node published is brought by our box to another that it never met, and back", options, async (t) => {
  const topic = hex(32);
  const data = await folder();
  const ada = await rustNode(t, topic);
  await ada.peer.ask("publish", { topic, count: OPERATIONS, bytes: 100 });
  const first = await startBox(t, data, "--relay", topic, "--peer", ada.address);
  await eventually("carried", CARRIED_MS, async () => (await carriedBy(first.box, topic)) === OPERATIONS, ASK_MS);
  await ada.peer.kill();
  await first.box.end("SIGTERM");

  const bob = await rustNode(t, topic);
  const second = await startBox(t, data, "--relay", topic, "--peer", bob.address);
  const reached = async () => (await heights(bob, topic))[ada.author] === OPERATIONS - 1;
  await eventually("brought to Bob", CARRIED_MS, reached, ASK_MS);
  await bob.peer.ask("publish", { topic, count: 3, bytes: 100 });
  await eventually("taken", CARRIED_MS, async () => (await carriedBy(second.box, topic)) === OPERATIONS + 3, ASK_MS);
  await bob.peer.kill();
  await second.box.end("SIGTERM");

  const cleo = await rustNode(t, topic);
  await startBox(t, data, "--relay", topic, "--peer", cleo.address);
  const both = async () => {
    const held = await heights(cleo, topic);
    return held[ada.author] === OPERATIONS - 1 && held[bob.author] === 2;
  };
  await eventually("brought back", CARRIED_MS, both, ASK_MS);
});

test("two of our boxes carry it on between them: node → box → box → node, while all are there", options, async (t) => {
  const topic = hex(32);
  const [ada, bob] = [await rustNode(t, topic), await rustNode(t, topic)];
  const near = await startBox(t, await folder(), "--relay", topic, "--peer", ada.address);
  const far = ["--relay", topic, "--peer", bob.address, "--peer", `127.0.0.1:${near.port}`];
  await startBox(t, await folder(), ...far);
  await ada.peer.ask("publish", { topic, count: OPERATIONS, bytes: 100 });
  await bob.peer.ask("publish", { topic, count: 7, bytes: 100 });
  const met = async () =>
    (await heights(bob, topic))[ada.author] === OPERATIONS - 1 && (await heights(ada, topic))[bob.author] === 6;
  await eventually("each has the other's", CARRIED_MS, met, ASK_MS);
  const news = performance.now();
  const { ids } = await ada.peer.ask("publish", { topic, count: 1, bytes: 100 });
  const [id] = ids as string[];
  await bob.peer.waitFor((event) => event.event === "operation" && event["id"] === id, CARRIED_MS);
  t.diagnostic(`live through two boxes in ${Math.round(performance.now() - news)} ms`);
});

test("a box that is killed while it takes 2,000 operations has them all after its restart", options, async (t) => {
  const topic = hex(32);
  const data = await folder();
  const ada = await rustNode(t, topic);
  await ada.peer.ask("publish", { topic, count: 2_000, bytes: 100 }, CARRIED_MS * 2);
  const first = await startBox(t, data, "--relay", topic, "--peer", ada.address);
  await eventually("in the middle", CARRIED_MS, async () => (await carriedBy(first.box, topic)) > 0);
  await first.box.end("SIGKILL");
  const second = await startBox(t, data, "--relay", topic, "--peer", ada.address);
  await eventually("all are here", CARRIED_MS, async () => (await carriedBy(second.box, topic)) === 2_000, ASK_MS);
});

test("over quota the box says so, and carries the others on", options, async (t) => {
  const topic = hex(32);
  const [ada, bob] = [await rustNode(t, topic), await rustNode(t, topic)];
  const { box } = await startBox(
    t,
    await folder(),
    "--relay",
    `${topic}:1`,
    "--peer",
    ada.address,
    "--peer",
    bob.address,
  );
  await ada.peer.ask("publish", { topic, count: 24, bytes: 60_000 }, CARRIED_MS);
  await bob.peer.ask("publish", { topic, count: 5, bytes: 100 });
  const reached = async () => (await heights(ada, topic))[bob.author] === 4;
  await eventually("Bob's are carried", CARRIED_MS, reached, ASK_MS);
  const { carried } = (await box.status()) as { carried: { topic: string; bytes: number; refused: number }[] };
  const relayed = carried.find((each) => each.topic === topic);
  assert.ok((relayed?.refused ?? 0) > 0 && (relayed?.bytes ?? 0) <= 1_048_576, JSON.stringify(relayed));
});

test(
  "a festival that a Rust program writes is on our screen, and it reads the event that we write",
  options,
  async (t) => {
    const topic = hex(32);
    const data = await folder();
    const ada = await rustNode(t, topic);
    const { box, port } = await startBox(t, data, "--festival", topic, "--peer", ada.address, "--venue", "Big oak");
    const picture = async () => Buffer.from(await (await fetch(`http://127.0.0.1:${port}/screen.png`)).arrayBuffer());
    const empty = await picture();
    const start = Math.ceil(Date.now() / 60_000) * 60 - 600;
    const concert = { title: "Songs at the fire", start, end: start + 3_600, tz: "Europe/Berlin", place: "Big oak" };
    await ada.peer.ask("festivalEvent", { topic, ...concert });
    await eventually("known here", CARRIED_MS, async () => Number((await box.status())["documents"]) === 1, ASK_MS);
    await eventually("drawn", CARRIED_MS, async () => !(await picture()).equals(empty), ASK_MS);
    await writeFile(join(data, "door.png"), await picture());
    t.diagnostic(`the screen: ${join(data, "door.png")}`);

    const here = ["--data", data, "--festival", topic];
    const created = await lagerfeuer(["create", "event", "Soup", "--place", "by the lake", ...here]);
    assert.equal(created.status, 0, created.stderr);
    const heard = await ada.peer.waitFor(
      ({ event, festival }) => event === "operation" && isSoup(festival),
      CARRIED_MS,
    );
    assert.partialDeepStrictEqual(heard["festival"], { schema: "event/1", action: "create", title: "Soup" });
  },
);

function isSoup(festival: unknown): boolean {
  return (festival as { title?: string } | null)?.title === "Soup";
}

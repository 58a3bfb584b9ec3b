// Sessions of our replica with a p2panda 0.7 node over QUIC on loopback: both directions, live, prune, and what a node
// says to a stranger. The transcript of both sides stands in every failure.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { encodeCbor } from "../../protocol/operation/cbor.ts";
import { eventually } from "../support/box-process.ts";
import { withUnknownExtensions } from "./support/hostile-messages.ts";
import { OurNode, type OurNodeOptions } from "./support/our-node.ts";
import { type Fields, RustPeer, rustPeerMissing } from "./support/rust-peer.ts";

const options = { skip: rustPeerMissing() };
/** Rust writes one transaction for each operation, unoptimised. */
const BULK_MS = 120_000;
const LIVE_ROUNDS = 50;
/** Asking for heights keeps an unoptimised node from its work. */
const ASK_MS = 500;

const SHOWN_LINES = 30;

type OurNodeFields = Omit<OurNodeOptions, "topic">;

interface Pair {
  readonly topic: string;
  readonly rust: RustPeer;
  readonly ours: OurNode;
  /** "<node id>@ip:port" of the Rust node. */
  readonly address: string;
  readonly author: string;
}

/** A test with one Rust node and one of ours; what both said stands in its failure. */
function session(name: string, body: (pair: Pair, t: TestContext) => Promise<void>, our: OurNodeFields = {}): void {
  test(name, options, async (t) => {
    const pair = await pairOf(t, our);
    try {
      await body(pair, t);
    } catch (cause) {
      const lines = [...pair.ours.said.slice(-SHOWN_LINES), ...pair.rust.transcript.slice(-SHOWN_LINES)];
      throw new Error(`${String(cause)}\n${lines.join("\n")}`, { cause });
    }
  });
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}

async function pairOf(t: TestContext, our: OurNodeFields): Promise<Pair> {
  const topic = hex(32);
  const rust = await RustPeer.start();
  t.after(() => rust.stop());
  const { author, address } = await spawned(rust, { seed: hex(32) });
  const ours = await OurNode.open({ topic, ...our });
  t.after(() => ours.peers.stop());
  return { topic, rust, ours, address, author };
}

async function spawned(rust: RustPeer, fields: Fields): Promise<{ author: string; address: string }> {
  const { nodeId, addresses } = await rust.ask("spawn", fields);
  const [address] = addresses as readonly string[];
  return { author: String(nodeId), address: `${nodeId}@${address}` };
}

async function heightAt(rust: RustPeer, topic: string, author: string): Promise<number> {
  const { logs } = (await rust.ask("heights", { topic })) as { logs: { author: string; highest: number }[] };
  return logs.find((log) => log.author === author)?.highest ?? -1;
}

function bodies(count: number, bytes = 200): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => encodeCbor(`${index} ${"x".repeat(bytes)}`));
}

function phases({ peers }: OurNode): string[] {
  return peers.status.map(({ phase }) => phase);
}

session("2,000 operations of a Rust node reach us", async ({ topic, rust, ours, address, author }, t) => {
  await rust.ask("subscribe", { topic, bodies: false });
  await rust.ask("publish", { topic, count: 2_000, bytes: 200 }, BULK_MS);
  ours.peers.add(address);
  const ms = await eventually("all are here", BULK_MS, async () => (await ours.height(author)) === 1_999, ASK_MS);
  assert.equal(await ours.replica.store.count(), 2_000);
  t.diagnostic(`2,000 operations Rust → us in ${Math.round(ms)} ms`);
});

session(
  "2,000 operations of ours reach a Rust node, none is lost on the way",
  async ({ topic, rust, ours, address }, t) => {
    await rust.ask("subscribe", { topic, bodies: false });
    await ours.replica.publish(bodies(2_000));
    ours.peers.add(address);
    const ms = await eventually(
      "all are there",
      BULK_MS,
      async () => (await heightAt(rust, topic, ours.key)) === 1_999,
    );
    const { logs } = (await rust.ask("heights", { topic })) as { logs: { count: number }[] };
    assert.deepEqual(
      logs.map(({ count }) => count),
      [2_000],
    );
    t.diagnostic(`2,000 operations us → Rust in ${Math.round(ms)} ms`);
  },
);

session(
  "what either side publishes while connected reaches the other",
  async ({ topic, rust, ours, address, author }, t) => {
    await rust.ask("subscribe", { topic });
    ours.peers.add(address);
    await eventually("live", 10_000, async () => phases(ours).includes("live"));
    const there: number[] = [];
    const here: number[] = [];
    for (let round = 0; round < LIVE_ROUNDS; round++) {
      const sentMs = performance.now();
      const [operation] = await ours.replica.publish(bodies(1));
      const id = Buffer.from(operation?.id ?? []).toString("hex");
      await rust.waitFor((event) => event.event === "operation" && event["id"] === id);
      there.push(performance.now() - sentMs);
      const askedMs = performance.now();
      await rust.ask("publish", { topic, count: 1, bytes: 200 });
      await eventually("here", 10_000, async () => (await ours.height(author)) === round);
      here.push(performance.now() - askedMs);
    }
    const median = (values: number[]): string => (values.sort((a, b) => a - b)[LIVE_ROUNDS / 2] ?? 0).toFixed(1);
    t.diagnostic(`live, median: us → Rust ${median(there)} ms, Rust → us ${median(here)} ms with its answer to us`);
  },
);

session(
  "what a Rust node cannot decode is kept from it, and does not cost it the session",
  async ({ topic, rust, ours, address }) => {
    const tomorrow = withUnknownExtensions({ logId: ours.replica.logId });
    const [taken] = await ours.replica.receive([{ operation: tomorrow, introducer: 1 }]);
    assert.equal(taken?.status, "inserted");
    await ours.replica.publish(bodies(3));
    await rust.ask("subscribe", { topic });
    ours.peers.add(address);
    await eventually("ours are there", 20_000, async () => (await heightAt(rust, topic, ours.key)) === 2, ASK_MS);
    await ours.replica.publish(bodies(1));
    await eventually("live goes on", 20_000, async () => (await heightAt(rust, topic, ours.key)) === 3, ASK_MS);
    assert.deepEqual(phases(ours), ["live"]);
  },
);

session(
  "a log that a Rust node prunes is pruned here, and one that we carry pruned is taken there",
  async ({ topic, rust, ours, address, author }, t) => {
    await rust.ask("subscribe", { topic });
    await rust.ask("publish", { topic, count: 5, bytes: 50 });
    ours.peers.add(address);
    await eventually("five are here", 10_000, async () => (await ours.height(author)) === 4);
    await rust.ask("prune", { topic, message: "a clean page" });
    await eventually("pruned", 10_000, async () => (await ours.replica.store.count()) === 1);
    await rust.ask("publish", { topic, count: 1, bytes: 50 });
    await eventually("and on", 10_000, async () => (await ours.height(author)) === 6);
    const late = await RustPeer.start();
    t.after(() => late.stop());
    const other = await spawned(late, { seed: hex(32) });
    await late.ask("subscribe", { topic });
    ours.peers.add(other.address);
    await eventually("carried on", 20_000, async () => (await heightAt(late, topic, author)) === 6);
  },
);

session("a topic in which nobody has written is followed in peace", async ({ topic, rust, ours, address }, _t) => {
  await rust.ask("subscribe", { topic });
  ours.peers.add(address);
  await eventually("live", 10_000, async () => phases(ours).includes("live"));
  assert.equal(await ours.replica.store.count(), 0);
});

session("a node that does not follow our topic is not asked again soon", async ({ ours, address }, _t) => {
  ours.peers.add(address);
  const refusals = (): number => ours.said.filter((line) => line.includes("E_TOPIC_UNKNOWN")).length;
  await eventually("refused", 15_000, async () => refusals() > 0);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  assert.equal(refusals(), 1);
});

session(
  "a node of another network is not connected to, and the reason is told",
  async ({ topic, rust, ours, address }, _t) => {
    await rust.ask("subscribe", { topic });
    ours.peers.add(address);
    await eventually("refused", 15_000, async () => ours.said.some((line) => line.includes("another network")));
    assert.deepEqual(phases(ours), []);
  },
  { networkId: Uint8Array.from(randomBytes(32)) },
);

session(
  "a Rust node that is killed in the middle of a transfer has everything after its restart",
  async ({ topic, rust: first, ours }, t) => {
    const database = join(await mkdtemp(join(tmpdir(), "lagerfeuer-interop-")), "rust.sqlite");
    await first.ask("close");
    const seed = hex(32);
    const { address } = await spawned(first, { seed, database });
    await first.ask("subscribe", { topic, bodies: false });
    await ours.replica.publish(bodies(2_000));
    ours.peers.add(address);
    await eventually("in the middle", BULK_MS, async () => (await heightAt(first, topic, ours.key)) > 200, ASK_MS);
    await first.kill();
    const second = await RustPeer.start();
    t.after(() => second.stop());
    await spawned(second, { seed, database, bind: address.slice(address.indexOf("@") + 1) });
    await second.ask("subscribe", { topic, bodies: false });
    await eventually("all are there", BULK_MS, async () => (await heightAt(second, topic, ours.key)) === 1_999, ASK_MS);
  },
);

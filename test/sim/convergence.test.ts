// Replicas that were cut off, flooded with duplicates, garbled and contradicted end up equal once the network heals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asTopic, toHex } from "../../protocol/operation/bytes.ts";
import type { Operation } from "../../protocol/operation/operation.ts";
import { encodeFrame } from "../../sync/session/frame.ts";
import { encodeMessage } from "../../sync/session/message.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { type Faults, mint, NO_FAULTS, type Node, SimulatedNetwork } from "./network.ts";

const SEEDS = Number(process.env["SIM_SEEDS"] ?? 1000);
const FIRST_SEED = Number(process.env["SIM_FIRST_SEED"] ?? 1);

async function assertEqual(network: SimulatedNetwork, expected: number, seed: number | string): Promise<void> {
  const hashes = await Promise.all(network.nodes.map(async ({ replica }) => toHex(await replica.stateHash())));
  const counts = await Promise.all(network.nodes.map(({ replica }) => replica.store.count()));
  assert.deepEqual(
    counts,
    network.nodes.map(() => expected),
    `seed ${seed}: ${network.endings.slice(-8).join(", ")}`,
  );
  assert.equal(new Set(hashes).size, 1, `seed ${seed}`);
}

async function publish(node: Node, random: () => number, count: number): Promise<void> {
  const bodies = Array.from({ length: count }, () =>
    Uint8Array.from({ length: 1 + random() * 40 }, () => random() * 256),
  );
  await node.replica.publish(bodies);
}

async function receive(node: Node, operations: readonly Operation[]): Promise<void> {
  await node.replica.receive(operations.map((operation) => ({ operation, introducer: 0 })));
}

/** Two branches of one author's log from a random place on, given to two different nodes. */
async function equivocate(network: SimulatedNetwork, random: () => number, author: string): Promise<number> {
  const trunk: Operation[] = [];
  const trunkLength = Math.floor(random() * 4);
  for (let i = 0; i < trunkLength; i++) trunk.push(mint(author, trunk.at(-1), `${i}`));
  let total = trunkLength;
  for (const branch of ["left", "right"]) {
    const node = network.nodes[Math.floor(random() * network.nodes.length)] as Node;
    const operations = [...trunk];
    const length = 1 + Math.floor(random() * 4);
    for (let i = 0; i < length; i++) operations.push(mint(author, operations.at(-1), `${branch} ${i}`));
    await receive(node, operations);
    total += length;
  }
  return total;
}

async function simulate(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const network = new SimulatedNetwork(random);
  const size = 2 + Math.floor(random() * 4);
  for (let i = 0; i < size; i++) await network.addNode(`node ${i}`);
  const faults: Faults = { cut: random() * 0.2, duplicate: random() * 0.05, garble: random() * 0.05 };
  let expected = 0;
  for (let i = 0; i < Math.floor(random() * 3); i++) expected += await equivocate(network, random, `two-faced ${i}`);
  for (let action = 0; action < 6 + random() * 20; action++) {
    const node = network.nodes[Math.floor(random() * size)] as Node;
    const other = network.nodes[Math.floor(random() * size)] as Node;
    if (random() < 0.5) {
      const count = 1 + Math.floor(random() * 5);
      await publish(node, random, count);
      expected += count;
    } else if (node !== other) {
      network.connect(node, other, random() < 0.8);
    }
    for (let step = 0; step < random() * 30; step++) await network.step(faults);
  }
  await network.heal();
  await assertEqual(network, expected, seed);
}

test(`${SEEDS} seeded networks converge after cuts, duplicates, garbled frames and two-faced authors`, async (t) => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) await simulate(seed);
  t.diagnostic(`seeds ${FIRST_SEED}…${FIRST_SEED + SEEDS - 1}`);
});

for (const extended of [true, false]) {
  test(`a connection lost at any message costs nothing (${extended ? "our boxes" : "plain p2panda"})`, async (t) => {
    let cuts = 0;
    for (let cutAt = 0; ; cutAt++) {
      const network = new SimulatedNetwork(seededRandom(cutAt));
      const [a, b] = [await network.addNode("a"), await network.addNode("b")];
      await publish(a, seededRandom(1), 7);
      await publish(b, seededRandom(2), 5);
      network.connect(a, b, extended);
      while (network.delivered < cutAt && (await network.step(NO_FAULTS))) {}
      const finished = network.delivered < cutAt;
      await network.cutAll();
      network.connect(b, a, extended);
      await network.run();
      await assertEqual(network, 12, `cut at ${cutAt}`);
      if (finished) break;
      cuts += 1;
    }
    assert.ok(cuts > 20);
    t.diagnostic(`${cuts} cuts`);
  });
}

test("news travels along a chain of live sessions without a new sync", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const [a, b, c] = [await network.addNode("a"), await network.addNode("b"), await network.addNode("c")];
  network.connect(a, b);
  network.connect(b, c, false);
  await network.run();
  await publish(a, seededRandom(3), 3);
  await publish(c, seededRandom(4), 2);
  await network.run();
  await assertEqual(network, 5, "chain");
  assert.deepEqual(network.endings, []);
});

test("two replicas on different branches of equal height find out and hold both", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const [a, b] = [await network.addNode("a"), await network.addNode("b")];
  const trunk = mint("two-faced", undefined, "trunk");
  await receive(a, [trunk, mint("two-faced", trunk, "left")]);
  await receive(b, [trunk, mint("two-faced", trunk, "right")]);
  network.connect(a, b);
  await network.run();
  await assertEqual(network, 3, "fork");
});

test("a body that came late goes on to those who only have its header", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const [a, b] = [await network.addNode("a"), await network.addNode("b")];
  const whole = mint("somebody", undefined, "the body");
  const { body: _, ...header } = whole;
  await receive(a, [header]);
  await receive(b, [header]);
  network.connect(a, b);
  await network.run();
  await receive(a, [whole]);
  await network.run();
  assert.deepEqual(await b.replica.store.find([whole.id]), ["whole"]);
});

for (const extended of [false, true]) {
  test(`a stripped body is fetched from the next honest peer (${extended ? "our boxes" : "plain p2panda"})`, async () => {
    const network = new SimulatedNetwork(seededRandom(1));
    const [honest, victim] = [await network.addNode("honest"), await network.addNode("victim")];
    const first = mint("somebody", undefined, "first");
    const second = mint("somebody", first, "second");
    const { body: _, ...stripped } = first;
    await receive(honest, [first, second]);
    await receive(victim, [stripped, second]);
    assert.deepEqual(await victim.replica.store.find([first.id]), ["header"]);
    network.connect(victim, honest, extended);
    await network.run();
    assert.deepEqual(await victim.replica.store.find([first.id]), ["whole"]);
  });
}

test("a stranger's nonsense ends the stranger's session and nobody else's", async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    const network = new SimulatedNetwork(random);
    const [a, b] = [await network.addNode("a"), await network.addNode("b")];
    network.connect(a, b);
    await network.run();
    const stranger = network.connectStranger(a, random() < 0.5);
    for (let i = 0; i < 20; i++) stranger.send(Uint8Array.from({ length: random() * 60 }, () => random() * 256));
    await network.run();
    assert.equal(stranger.open(), false, `seed ${seed}`);
    assert.equal(network.endings.length, 1, `seed ${seed}: ${network.endings}`);
    await publish(a, random, 1);
    await network.run();
    await assertEqual(network, 1, seed);
  }
});

test("a peer of another festival is told that its topic is unknown here", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const a = await network.addNode("a");
  const stranger = network.connectStranger(a, false);
  stranger.send(encodeFrame(encodeMessage({ type: "topic", topic: asTopic(new Uint8Array(32)) })));
  await network.run();
  assert.deepEqual(network.endings, ["a: E_TOPIC_UNKNOWN"]);
});

test("a silent peer is dropped after its deadline", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const a = await network.addNode("a");
  const stranger = network.connectStranger(a, true);
  network.clock.advance(9_999);
  assert.equal(stranger.open(), true);
  network.clock.advance(1);
  assert.deepEqual(network.endings, ["a: E_TIMEOUT"]);
});

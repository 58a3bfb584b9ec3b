// Blobs in simulated networks: whatever breaks on the way, everybody ends up with what is needed, byte for byte, and
// operations never wait for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asTopic, type Hash, toHex } from "../../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES } from "../../protocol/operation/limits.ts";
import { encodeFrame } from "../../sync/session/frame.ts";
import { encodeMessage, type Message } from "../../sync/session/message.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { createToyCrypto } from "../support/toy-crypto.ts";
import { type BlobNode, type Faults, NO_FAULTS, SimulatedNetwork } from "./network.ts";

const SEEDS = Number(process.env["SIM_SEEDS"] ?? 100);
const FIRST_SEED = Number(process.env["SIM_FIRST_SEED"] ?? 1);
const suite = createToyCrypto();

/** What the documents of everybody would name. */
class Album {
  readonly needed: { readonly hash: Hash; readonly bytes: number }[] = [];
  readonly policy = { needed: () => this.needed, accepts: () => true };

  name(bytes: Uint8Array): void {
    this.needed.unshift({ hash: suite.hash(bytes), bytes: bytes.length });
  }
}

function someBytes(random: () => number, length = 1 + Math.floor(random() ** 3 * MAX_BLOB_BYTES)): Uint8Array {
  const start = Math.floor(random() * 2 ** 24);
  return Uint8Array.from({ length }, (_, index) => (start + index * 7) >>> (index % 3));
}

/** As a box does it: the bytes first, then the operation that names them. */
async function post(node: BlobNode, album: Album, bytes: Uint8Array): Promise<void> {
  await node.blobs.add([bytes], async () => {
    album.name(bytes);
    await node.replica.publish([suite.hash(bytes)]);
  });
}

async function assertAllHere(nodes: readonly BlobNode[], album: Album, what: string): Promise<void> {
  const expected = new Set(album.needed.map(({ hash }) => toHex(hash)));
  for (const { name, shelf } of nodes) {
    const held = await shelf.held();
    assert.equal(held.length, expected.size, `${what}: ${name}`);
    for (const { hash, bytes } of held) {
      const found = await shelf.get(hash);
      assert.ok(found && toHex(suite.hash(found)) === toHex(hash) && found.length === bytes, `${what}: ${name}`);
    }
  }
}

async function simulate(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const network = new SimulatedNetwork(random);
  const album = new Album();
  const nodes: BlobNode[] = [];
  for (let i = 0; i < 2 + random() * 3; i++) nodes.push(await network.addBlobNode(`node ${i}`, album.policy));
  const faults: Faults = { cut: random() * 0.2, duplicate: random() * 0.02, garble: 0 };
  for (let action = 0; action < 4 + random() * 8; action++) {
    const node = nodes[Math.floor(random() * nodes.length)] as BlobNode;
    const other = nodes[Math.floor(random() * nodes.length)] as BlobNode;
    if (random() < 0.4) await post(node, album, someBytes(random));
    else if (node !== other) network.connect(node, other, random() < 0.8);
    for (let step = 0; step < random() * 40; step++) await network.step(faults);
  }
  await network.heal();
  await assertAllHere(nodes, album, `seed ${seed}`);
}

test(`${SEEDS} seeded networks hold the same blobs after cuts and duplicates`, async (t) => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) await simulate(seed);
  t.diagnostic(`seeds ${FIRST_SEED}…${FIRST_SEED + SEEDS - 1}`);
});

test("garbled frames never put wrong bytes onto a shelf", async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = seededRandom(seed);
    const network = new SimulatedNetwork(random);
    const album = new Album();
    const [a, b] = [
      await network.addBlobNode("a", album.policy),
      await network.addBlobNode("b", album.policy),
    ] as const;
    for (let i = 0; i < 3; i++) await post(a, album, someBytes(random, 200_000));
    for (let round = 0; round < 4; round++) {
      network.connect(a, b);
      await network.run({ ...NO_FAULTS, garble: 0.1 });
      await network.cutAll();
    }
    for (const { hash } of await b.shelf.held()) {
      assert.equal(toHex(suite.hash((await b.shelf.get(hash)) as Uint8Array)), toHex(hash), `seed ${seed}`);
    }
  }
});

test("a blob goes along a chain of live sessions, also where the middle had said that it lacks it", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const album = new Album();
  const [a, b, c] = [
    await network.addBlobNode("a", album.policy),
    await network.addBlobNode("b", album.policy),
    await network.addBlobNode("c", album.policy),
  ] as const;
  network.connect(b, c);
  await network.run();
  await post(a, album, someBytes(seededRandom(2), MAX_BLOB_BYTES));
  await c.replica.publish([Uint8Array.of(1)]);
  await network.run();
  assert.deepEqual(await c.shelf.held(), []);
  network.connect(a, b);
  await network.run();
  await assertAllHere([a, b, c], album, "chain");
  assert.deepEqual(network.endings, []);
});

test("a cut in the middle costs the parts that were on their way and no more", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const album = new Album();
  const [a, b] = [await network.addBlobNode("a", album.policy), await network.addBlobNode("b", album.policy)] as const;
  await post(a, album, someBytes(seededRandom(3), MAX_BLOB_BYTES));
  network.connect(a, b);
  await network.run();
  const whole = network.delivered;
  const again = new SimulatedNetwork(seededRandom(1));
  const [c, d] = [await again.addBlobNode("c", album.policy), await again.addBlobNode("d", album.policy)] as const;
  await post(c, album, someBytes(seededRandom(3), MAX_BLOB_BYTES));
  again.connect(c, d);
  while (again.delivered < whole - 3) await again.step(NO_FAULTS);
  assert.deepEqual(await d.shelf.held(), []);
  await again.cutAll();
  again.connect(d, c);
  await again.run();
  await assertAllHere([c, d], album, "resumed");
  assert.ok(again.delivered < whole + 16, `${again.delivered} frames instead of ${whole}`);
});

test("a plain p2panda session carries no blobs and is not disturbed by them", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const album = new Album();
  const [a, b] = [await network.addBlobNode("a", album.policy), await network.addBlobNode("b", album.policy)] as const;
  network.connect(a, b, false);
  await post(a, album, someBytes(seededRandom(2)));
  await network.run();
  assert.equal(await b.replica.store.count(), 1);
  assert.deepEqual([await b.shelf.held(), network.endings], [[], []]);
});

test("operations overtake blobs that are on their way", async () => {
  const network = new SimulatedNetwork(seededRandom(1));
  const album = new Album();
  const [a, b] = [await network.addBlobNode("a", album.policy), await network.addBlobNode("b", album.policy)] as const;
  for (let i = 0; i < 5; i++) await post(a, album, someBytes(seededRandom(i), MAX_BLOB_BYTES));
  network.connect(a, b);
  while ((await b.shelf.held()).length < 2) await network.step(NO_FAULTS);
  const before = network.delivered;
  await a.replica.publish(Array.from({ length: 400 }, () => Uint8Array.of(1)));
  while ((await b.replica.store.count()) < 405) await network.step(NO_FAULTS);
  const others = network.delivered - before - 400;
  assert.ok(others <= 3, `${others} frames of blobs came between the operations`);
  await network.run();
  await assertAllHere([a, b], album, "afterwards");
});

test("a message of blobs from a p2panda node, or before both sides are done, ends that session alone", async () => {
  const topic = asTopic(suite.hash(new TextEncoder().encode("simulated festival")));
  const hash = suite.hash(Uint8Array.of(1));
  const messages: readonly Message[] = [
    { type: "wantBlob", hash, from: 0 },
    { type: "blobPart", hash, total: 1, bytes: Uint8Array.of(1) },
    { type: "noBlob", hash },
    { type: "blobHere", hash },
  ];
  const sync: readonly Message[] = [{ type: "have", heights: new Map() }, { type: "done" }];
  for (const before of [[], sync]) {
    for (const message of messages) {
      const network = new SimulatedNetwork(seededRandom(1));
      const node = await network.addBlobNode("a", new Album().policy);
      const stranger = network.connectStranger(node, false);
      for (const each of [{ type: "topic", topic } as const, { type: "handshakeDone" } as const, ...before, message]) {
        stranger.send(encodeFrame(encodeMessage(each)));
        await network.run();
      }
      assert.deepEqual(network.endings, ["a: E_ORDER"], message.type);
    }
  }
});

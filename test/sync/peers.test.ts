// Whom a replica dials, and that a pair of boxes keeps one session, whoever called whom.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asSigningKey, asTopic, compareBytes, toHex } from "../../protocol/operation/bytes.ts";
import { ownKey } from "../../sync/own-key.ts";
import { Peers } from "../../sync/peers.ts";
import type { Connection, Transport } from "../../sync/ports.ts";
import { Replica } from "../../sync/replica.ts";
import { MemoryStore } from "../../sync/store/memory.ts";
import { type MemoryPair, memoryPair } from "../../sync/transport/memory.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { createToyCrypto } from "../support/toy-crypto.ts";

const suite = createToyCrypto();
const topic = asTopic(suite.hash(new TextEncoder().encode("festival")));
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Hosts that reach each other by name; what is not in the list does not answer. */
class Town {
  readonly clock = new FakeClock();
  readonly hosts = new Map<string, Peers>();
  readonly pairs: MemoryPair[] = [];
  readonly dials: string[] = [];

  async addHost(name: string): Promise<{ peers: Peers; replica: Replica }> {
    const key = ownKey(asSigningKey(suite.hash(new TextEncoder().encode(name))), suite);
    const replica = await Replica.open({ store: new MemoryStore(), suite, topic, key, clock: this.clock });
    const random = seededRandom(1);
    const peers = new Peers({
      replicas: [replica],
      transport: this.#transport(),
      clock: this.clock,
      random,
      randomBytes: (length) => new Uint8Array(length).map(() => random() * 256),
      logger: silent,
      changed: () => {},
    });
    this.hosts.set(name, peers);
    return { peers, replica };
  }

  #transport(): Transport {
    return {
      dial: async (address) => {
        this.dials.push(address);
        const host = this.hosts.get(address);
        if (host === undefined) throw new Error("nobody there");
        const pair = memoryPair({ automatic: true });
        this.pairs.push(pair);
        host.accept(pair.acceptor);
        return pair.initiator;
      },
      close: async () => {},
    };
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Time goes by second by second, and everybody gets a turn in each. */
async function pass(town: Town, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    town.clock.advance(1_000);
    await settle();
  }
}

function lives(peers: Peers): string[] {
  return peers.status.filter(({ phase }) => phase === "live").map(({ role }: { role: Connection["role"] }) => role);
}

test("a box that is named is dialled, and both sides end in live mode with proven keys", async () => {
  const town = new Town();
  const [a, b] = [await town.addHost("a"), await town.addHost("b")];
  a.peers.add("b");
  await settle();
  assert.deepEqual([lives(a.peers), lives(b.peers)], [["initiator"], ["acceptor"]]);
  assert.equal(a.peers.status[0]?.key, toHex(b.replica.key.verifyingKey));
  assert.equal(a.peers.lastSync, town.clock.nowMicros());
});

test("two boxes that dial each other at once keep the session that the lower key dialled", async () => {
  const town = new Town();
  const [a, b] = [await town.addHost("a"), await town.addHost("b")];
  a.peers.add("b");
  b.peers.add("a");
  await settle();
  const aIsLower = compareBytes(a.replica.key.verifyingKey, b.replica.key.verifyingKey) < 0;
  assert.deepEqual(lives(a.peers), [aIsLower ? "initiator" : "acceptor"]);
  assert.deepEqual(lives(b.peers), [aIsLower ? "acceptor" : "initiator"]);
  await pass(town, 120);
  assert.equal(a.peers.status.length + b.peers.status.length, 2);
});

test("a box that dials itself forgets that address", async () => {
  const town = new Town();
  const { peers } = await town.addHost("a");
  peers.add("a");
  await settle();
  town.clock.advance(600_000);
  peers.discovery.found("a");
  await settle();
  assert.deepEqual(town.dials, ["a"]);
  assert.deepEqual(peers.status, []);
});

test("a box that does not answer is dialled again with growing pauses, until it does", async () => {
  const town = new Town();
  const { peers } = await town.addHost("a");
  peers.add("b");
  await pass(town, 600);
  const tries = town.dials.length;
  assert.ok(tries > 10 && tries < 40, `${tries} dials in ten minutes`);
  await town.addHost("b");
  await pass(town, 60);
  assert.deepEqual(lives(peers), ["initiator"]);
});

test("a session that breaks is dialled again; one that discovery lost is not", async () => {
  const town = new Town();
  const { peers } = await town.addHost("a");
  await town.addHost("b");
  peers.discovery.found("b");
  await settle();
  town.pairs.at(-1)?.cut();
  await settle();
  await pass(town, 60);
  assert.deepEqual(town.dials, ["b", "b"]);
  peers.discovery.lost("b");
  assert.deepEqual(lives(peers), ["initiator"], "a session in use stays");
  town.pairs.at(-1)?.cut();
  await settle();
  await pass(town, 120);
  assert.deepEqual(town.dials, ["b", "b"]);
});

test("what was published before and after meeting reaches the other box", async () => {
  const town = new Town();
  const [a, b] = [await town.addHost("a"), await town.addHost("b")];
  await a.replica.publish([Uint8Array.of(1), Uint8Array.of(2)]);
  a.peers.add("b");
  await settle();
  await b.replica.publish([Uint8Array.of(3)]);
  await settle();
  assert.equal(await a.replica.store.count(), 3);
  assert.deepEqual(await a.replica.stateHash(), await b.replica.stateHash());
});

test("stopping ends every session and every wait", async () => {
  const town = new Town();
  const [a] = [await town.addHost("a"), await town.addHost("b")];
  a.peers.add("b");
  a.peers.add("nowhere");
  await settle();
  await a.peers.stop();
  await settle();
  assert.deepEqual(a.peers.status, []);
  const dials = town.dials.length;
  await pass(town, 120);
  assert.equal(town.dials.length, dials);
});

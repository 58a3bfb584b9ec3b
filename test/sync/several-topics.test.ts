// A box that follows several topics: each with whoever follows it too, and nothing of one in the other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asLogId, asSigningKey, asTopic, type Topic } from "../../protocol/operation/bytes.ts";
import { createOperation } from "../../protocol/operation/operation.ts";
import { ownKey } from "../../sync/own-key.ts";
import { Peers } from "../../sync/peers.ts";
import type { Transport } from "../../sync/ports.ts";
import { Replica } from "../../sync/replica.ts";
import { SessionError } from "../../sync/session/errors.ts";
import { LogGuard } from "../../sync/session/log-guard.ts";
import { MemoryStore } from "../../sync/store/memory.ts";
import { memoryPair } from "../../sync/transport/memory.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { createToyCrypto } from "../support/toy-crypto.ts";

const suite = createToyCrypto();
const festival = topicOf("festival");
const garden = topicOf("garden");
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function topicOf(name: string): Topic {
  return asTopic(suite.hash(new TextEncoder().encode(name)));
}

class Town {
  readonly clock = new FakeClock();
  readonly hosts = new Map<string, Peers>();
  readonly dials: string[] = [];

  async addHost(name: string, ...topics: Topic[]): Promise<{ peers: Peers; replicas: Replica[] }> {
    const key = ownKey(asSigningKey(suite.hash(new TextEncoder().encode(name))), suite);
    const store = new MemoryStore();
    const { clock } = this;
    const replicas = await Promise.all(topics.map((topic) => Replica.open({ store, suite, topic, key, clock })));
    const random = seededRandom(1);
    const peers = new Peers({
      replicas: replicas as [Replica, ...Replica[]],
      transport: this.#transport(),
      clock,
      random,
      randomBytes: (length) => new Uint8Array(length).map(() => random() * 256),
      logger: silent,
      changed: () => {},
    });
    this.hosts.set(name, peers);
    return { peers, replicas };
  }

  #transport(): Transport {
    return {
      dial: async (address) => {
        this.dials.push(address);
        const pair = memoryPair({ automatic: true });
        this.hosts.get(address)?.accept(pair.acceptor);
        return pair.initiator;
      },
      close: async () => {},
    };
  }

  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.clock.advance(1_000);
      for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function body(...bytes: number[]): Uint8Array[] {
  return [Uint8Array.from(bytes)];
}

test("two boxes sync every topic that both follow, each in a session of its own", async () => {
  const town = new Town();
  const a = await town.addHost("a", festival, garden);
  const b = await town.addHost("b", garden, festival);
  await a.replicas[0]?.publish(body(1));
  await b.replicas[0]?.publish(body(2));
  a.peers.add("b");
  await town.pass(2);
  assert.deepEqual(
    a.peers.status.map(({ phase }) => phase),
    ["live", "live"],
  );
  assert.deepEqual(await a.replicas[0]?.stateHash(), await b.replicas[1]?.stateHash());
  assert.deepEqual(await a.replicas[1]?.stateHash(), await b.replicas[0]?.stateHash());
  assert.equal((await a.replicas[0]?.logs())?.length, 1);
});

test("who does not follow a topic is asked for it again, but seldom; the topic that both follow is live", async () => {
  const town = new Town();
  const { peers } = await town.addHost("a", festival, garden);
  await town.addHost("b", festival);
  peers.add("b");
  await town.pass(500);
  assert.deepEqual(
    peers.status.map(({ phase }) => phase),
    ["live"],
  );
  assert.equal(town.dials.length, 2, "one dial for each topic in more than eight minutes");
  await town.pass(300);
  assert.equal(town.dials.length, 3);
});

test("the log of one followed topic does not come in by another's session, even if it is named there", () => {
  const guard = new LogGuard(garden, [garden, festival], suite);
  const signingKey = asSigningKey(suite.hash(Uint8Array.of(9)));
  const logId = asLogId(suite.hash(festival));
  const operation = createOperation({ signingKey, logId, timestamp: 1, body: Uint8Array.of(1) }, suite);
  const name = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  const heights = new Map([[name(suite.verifyingKey(signingKey)), new Map([[name(logId), 0]])]]);
  guard.admitNamed({ type: "have", heights });
  assert.throws(() => guard.require(operation), { name: SessionError.name, code: "E_TOPIC" });
});

import assert from "node:assert/strict";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { asSigningKey, toHex } from "../../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { type Interfaces, openMulticastSocket, usableLinks } from "../../../sync/discovery/multicast-socket.ts";
import { P2PANDA_SERVICE } from "../../../sync/discovery/p2panda-answer.ts";
import { P2pandaDiscovery, type P2pandaDiscoveryOptions } from "../../../sync/discovery/p2panda-discovery.ts";
import { writeQuestion } from "../../../sync/discovery/p2panda-dns-message.ts";
import type { TransportInfo } from "../../../sync/discovery/p2panda-transport-info.ts";
import type { DiscoveryEvents } from "../../../sync/ports.ts";
import { within } from "../../support/deadline.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { layCable, namespacesMissing } from "../../support/network-namespaces.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { endpoint, RUST_NODE_ID, signedInfo, writeAnswer } from "./p2panda-answers.ts";
import { Ether, HOST, interfacesOf } from "./p2panda-ether.ts";
import { NamespaceChild } from "./p2panda-namespace-child.ts";

const crypto = await createNodeCrypto();
const QUESTION = Buffer.from(writeQuestion(P2PANDA_SERVICE));

function node(number: number, said: Partial<TransportInfo> = {}): TransportInfo {
  return signedInfo(crypto, asSigningKey(new Uint8Array(32).fill(number)), said);
}

function addressOf({ nodeId }: TransportInfo, hosts = "192.168.1.20:40000"): string {
  return `${toHex(nodeId)}@${hosts}`;
}

class Box implements DiscoveryEvents, AsyncDisposable {
  readonly clock = new FakeClock();
  readonly told: string[] = [];
  readonly warnings: string[] = [];
  readonly details: string[] = [];
  readonly discovery: P2pandaDiscovery;

  constructor(options: Partial<P2pandaDiscoveryOptions>) {
    const warn = (text: string) => this.warnings.push(text);
    const debug = (text: string) => this.details.push(text);
    const logger = { debug, info: debug, warn, error: warn };
    const { nodeId } = node(0);
    const random = seededRandom(1);
    this.discovery = new P2pandaDiscovery({ ownKey: nodeId, crypto, clock: this.clock, random, logger, ...options });
  }

  static async on(ether: Ether, options: Partial<P2pandaDiscoveryOptions> = {}): Promise<Box> {
    const box = new Box({ interfaces: interfacesOf("eth0"), openSocket: ether.openSocket, ...options });
    await box.discovery.start(box);
    return box;
  }

  found(address: string): void {
    this.told.push(`found ${address}`);
  }

  lost(address: string): void {
    this.told.push(`lost ${address}`);
  }

  /** Lets time pass; between two questions the links are looked at, which takes the event loop a turn. */
  async passes(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) {
      this.clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.discovery.stop();
  }
}

test("a box asks at once and finds who answers", async () => {
  const ether = new Ether();
  ether.asked = (packet) => packet.equals(QUESTION) && ether.say(writeAnswer(node(1)));
  await using box = await Box.on(ether);
  assert.deepEqual(box.told, [`found ${addressOf(node(1))}`]);
});

test("a box finds nodes that speak to others, also two in one packet", async () => {
  const ether = new Ether();
  await using box = await Box.on(ether);
  ether.say(writeAnswer(node(1), node(2)));
  assert.deepEqual(box.told, [`found ${addressOf(node(1))}`, `found ${addressOf(node(2))}`]);
});

test("a box asks after 1, 5 and 30 seconds, and then about once a minute", async () => {
  const ether = new Ether();
  await using box = await Box.on(ether);
  assert.equal(ether.packets.length, 1);
  for (const [before, gapMs] of [1_000, 5_000, 30_000].entries()) {
    await box.passes(gapMs - 1_000);
    assert.equal(ether.packets.length, before + 1);
    await box.passes(1_000);
    assert.equal(ether.packets.length, before + 2);
  }
  await box.passes(3_600_000);
  const asked = ether.packets.length - 4;
  assert.ok(asked > 50 && asked < 70, `${asked} questions in an hour`);
  assert.ok(ether.packets.every((packet) => packet.equals(QUESTION)));
});

test("a box is told once of a node that goes on answering, and loses it when it is silent", async () => {
  const ether = new Ether();
  ether.asked = () => ether.say(writeAnswer(node(1)));
  await using box = await Box.on(ether);
  await box.passes(3_600_000);
  assert.deepEqual(box.told, [`found ${addressOf(node(1))}`]);
  ether.asked = () => undefined;
  await box.passes(100_000);
  assert.equal(box.told.length, 1);
  await box.passes(200_000);
  assert.deepEqual(box.told.slice(1), [`lost ${addressOf(node(1))}`]);
});

test("a box follows a node that moved", async () => {
  const ether = new Ether();
  await using box = await Box.on(ether);
  ether.say(writeAnswer(node(1)));
  ether.say(writeAnswer(node(1, { lamport: 1, endpoints: [endpoint("10.0.0.5", 7)] })));
  assert.deepEqual(box.told.slice(1), [`lost ${addressOf(node(1))}`, `found ${addressOf(node(1), "10.0.0.5:7")}`]);
});

test("a box finds neither itself nor who did not sign", async () => {
  const ether = new Ether();
  await using box = await Box.on(ether);
  ether.say(writeAnswer(node(0)));
  ether.say(writeAnswer({ ...node(1), endpoints: [endpoint("10.0.0.6", 6)] }));
  assert.deepEqual([box.told, box.warnings], [[], []]);
  assert.deepEqual(box.details, ["A p2panda node's addresses are not signed by it"]);
});

test("a box is not harmed by broken packets", async () => {
  const ether = new Ether();
  await using box = await Box.on(ether);
  const answer = writeAnswer(node(1));
  for (let length = 0; length < answer.length; length++) ether.say(answer.subarray(0, length));
  assert.equal(box.details.length, answer.length);
  assert.deepEqual([...new Set(box.details)], ["mDNS packet cannot be read"]);
  ether.say(answer);
  assert.deepEqual(box.told, [`found ${addressOf(node(1))}`]);
});

test("a box does not believe answers that came from off its link", async () => {
  const ether = new Ether();
  await using box = await Box.on(ether);
  ether.say(writeAnswer(node(1)), "203.0.113.7");
  assert.deepEqual(box.told, []);
  ether.say(writeAnswer(node(1)), HOST);
  assert.equal(box.told.length, 1);
});

test("a box finds nodes after the cable was plugged in, asks soon then, and is deaf when it is pulled", async () => {
  let names: string[] = [];
  const ether = new Ether();
  await using box = await Box.on(ether, { interfaces: () => interfacesOf(...names)() });
  await box.passes(120_000);
  assert.equal(ether.packets.length, 0);
  names = ["eth0"];
  await box.passes(72_000);
  await box.passes(6_000);
  assert.ok(ether.packets.length >= 3);
  ether.say(writeAnswer(node(1)));
  assert.equal(box.told.length, 1);
  names = [];
  await box.passes(72_000);
  assert.equal(ether.sockets.size, 0);
});

test("a box says once that a link cannot be used, and goes on with the others", async () => {
  const ether = new Ether();
  ether.broken = "wlan0";
  await using box = await Box.on(ether, { interfaces: interfacesOf("eth0", "wlan0") });
  await box.passes(300_000);
  ether.say(writeAnswer(node(1)));
  assert.equal(box.told.length, 1);
  assert.deepEqual(box.warnings, ["mDNS does not work on a link"]);
  ether.broken = "";
  await box.passes(72_000);
  assert.equal(ether.sockets.size, 2);
});

test("a box opens a socket that failed again", async () => {
  const ether = new Ether();
  await using box = await Box.on(ether);
  for (const socket of [...ether.sockets]) socket.emit("error", new Error("ENETDOWN"));
  assert.equal(ether.sockets.size, 0);
  await box.passes(72_000);
  ether.say(writeAnswer(node(1)));
  assert.equal(box.told.length, 1);
});

test("a box goes on when the system does not list its interfaces for a while", async () => {
  let isBroken = true;
  const ether = new Ether();
  const interfaces: Interfaces = () => (isBroken ? assert.fail("EMFILE") : interfacesOf("eth0")());
  await using box = await Box.on(ether, { interfaces });
  assert.deepEqual(box.warnings, ["Network interfaces cannot be listed"]);
  isBroken = false;
  await box.passes(1_000);
  ether.say(writeAnswer(node(1)));
  assert.equal(box.told.length, 1);
});

test("a box starts and stops as often as one likes, and leaves nothing behind", async () => {
  const ether = new Ether();
  const box = new Box({ interfaces: interfacesOf("eth0"), openSocket: ether.openSocket });
  await box.discovery.stop();
  await Promise.all([box.discovery.start(box), box.discovery.start(box)]);
  assert.equal(ether.sockets.size, 1);
  await Promise.all([box.discovery.stop(), box.discovery.stop()]);
  const starting = box.discovery.start(box);
  await box.discovery.stop();
  await starting;
  assert.deepEqual([ether.sockets.size, box.clock.waiting], [0, 0]);
  await box.discovery.start(box);
  ether.say(writeAnswer(node(1)));
  await box.discovery.stop();
  assert.equal(box.told.length, 1);
});

const loopback: Interfaces = () => ({ lo: networkInterfaces()["lo"] ?? [] });

class Tap implements AsyncDisposable {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(): Promise<Tap> {
    const [link] = usableLinks(loopback());
    assert.ok(link);
    return new Tap(await openMulticastSocket(link));
  }

  /** Other tests of this machine speak here too, and so much that packets are lost: then `again` repeats it. */
  async hears(packet: Buffer, again: () => void): Promise<void> {
    const wait = async (): Promise<void> => {
      for (;;) {
        const [heard] = (await once(this.#socket, "message")) as [Buffer];
        if (packet.equals(heard)) return;
        again();
      }
    };
    await within("the packet", wait());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#socket, "close");
    this.#socket.close();
    await closed;
  }
}

/** After what was closed has gone. */
async function openSockets(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  return process.getActiveResourcesInfo().filter((name) => name.startsWith("UDP")).length;
}

async function loopbackMissing(): Promise<string | false> {
  const [link] = usableLinks(loopback());
  if (link === undefined) return "no loopback interface named lo";
  try {
    (await openMulticastSocket(link)).close();
    return false;
  } catch (error) {
    return `no multicast on loopback: ${String(error)}`;
  }
}

test("a box's question goes out on a real socket, which it gives back", { skip: await loopbackMissing() }, async () => {
  const box = new Box({ interfaces: loopback });
  const before = await openSockets();
  await using tap = await Tap.open();
  await box.discovery.start(box);
  await tap.hears(QUESTION, () => box.clock.advance(60_000));
  await box.discovery.stop();
  assert.equal(await openSockets(), before + 1);
});

test("two machines on a cable: the box finds the Rust node", { skip: namespacesMissing() }, async (t) => {
  const cable = layCable(7);
  try {
    await using responder = new NamespaceChild(cable.right, "p2panda-responder-child.ts");
    await responder.prints(/started/);
    const startedMs = performance.now();
    await using box = new NamespaceChild(cable.left, "p2panda-child.ts");
    await box.prints(new RegExp(`^found ${toHex(RUST_NODE_ID)}@10\\.77\\.0\\.2:40000,`));
    t.diagnostic(`found ${Math.round(performance.now() - startedMs)} ms after the box's process was started`);
  } finally {
    cable.remove();
  }
});

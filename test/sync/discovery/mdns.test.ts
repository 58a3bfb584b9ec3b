import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { hostname, type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { describe, test } from "node:test";
import { Bonjour } from "bonjour-service";
import { MdnsDiscovery, type MdnsOptions } from "../../../sync/discovery/mdns.ts";
import {
  type Interfaces,
  multicastOptions,
  openMulticastSocket,
  usableLinks,
} from "../../../sync/discovery/multicast-socket.ts";
import type { DiscoveryEvents } from "../../../sync/ports.ts";
import { within } from "../../support/deadline.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { layCable, namespacesMissing } from "../../support/network-namespaces.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { NamespaceBox } from "./namespace-box.ts";

const loopback: Interfaces = () => ({ lo: networkInterfaces()["lo"] ?? [] });

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

class LoopbackBox implements DiscoveryEvents, AsyncDisposable {
  readonly clock = new FakeClock();
  readonly warnings: string[] = [];
  readonly told: string[] = [];
  readonly discovery: MdnsDiscovery;
  #wake: () => void = () => undefined;

  constructor(port: number, options: Partial<MdnsOptions> = {}) {
    const silent = () => undefined;
    const logger = { debug: silent, info: silent, error: silent, warn: (text: string) => this.warnings.push(text) };
    const random = seededRandom(port);
    this.discovery = new MdnsDiscovery({ port, clock: this.clock, random, logger, interfaces: loopback, ...options });
  }

  static async start(port: number, options?: Partial<MdnsOptions>): Promise<LoopbackBox> {
    const box = new LoopbackBox(port, options);
    await box.discovery.start(box);
    return box;
  }

  found(address: string): void {
    this.told.push(`found ${address}`);
    this.#wake();
  }

  lost(address: string): void {
    this.told.push(`lost ${address}`);
    this.#wake();
  }

  /** Turns the hands, asking as often as that takes, until this was told. */
  async hears(sentence: string): Promise<void> {
    const wait = async (): Promise<void> => {
      while (!this.told.includes(sentence)) await new Promise<void>((resolve) => (this.#wake = resolve));
    };
    await within(`"${sentence}" to be told: ${this.told}`, wait());
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

const noLoopback = await loopbackMissing();
describe("boxes on one machine", { skip: noLoopback }, () => {
  test("find each other at once, and not themselves", async () => {
    await using first = await LoopbackBox.start(40_101);
    await using second = await LoopbackBox.start(40_102);
    await first.hears("found 127.0.0.1:40102");
    await second.hears("found 127.0.0.1:40101");
    assert.ok(!first.told.includes("found 127.0.0.1:40101"));
    assert.ok(!second.told.includes("found 127.0.0.1:40102"));
  });

  test("are told once, although they answer every question", async () => {
    await using first = await LoopbackBox.start(40_111);
    await using second = await LoopbackBox.start(40_112);
    await first.hears("found 127.0.0.1:40112");
    for (let minute = 0; minute < 5; minute++) {
      await first.passes(30_000);
      await second.passes(30_000);
    }
    assert.equal(first.told.filter((each) => each.endsWith(":40112")).length, 1);
  });

  test("are lost when they have not answered for two minutes", async () => {
    await using first = await LoopbackBox.start(40_121);
    const second = await LoopbackBox.start(40_122);
    await first.hears("found 127.0.0.1:40122");
    await second.discovery.stop();
    await first.passes(105_000);
    assert.ok(!first.told.includes("lost 127.0.0.1:40122"), "a goodbye alone is not believed");
    await first.passes(60_000);
    await first.hears("lost 127.0.0.1:40122");
  });

  test("find each other after the cable was plugged in", async () => {
    let pluggedIn = false;
    const interfaces: Interfaces = () => (pluggedIn ? loopback() : {});
    await using first = await LoopbackBox.start(40_131, { interfaces });
    await using second = await LoopbackBox.start(40_132);
    await first.passes(30_000);
    assert.deepEqual(first.told, []);
    pluggedIn = true;
    await first.passes(36_000);
    await first.hears("found 127.0.0.1:40132");
    await second.hears("found 127.0.0.1:40131");
    pluggedIn = false;
    await first.passes(160_000);
    await first.hears("lost 127.0.0.1:40132");
  });

  test("look for others, and do not name an address on which they do not listen", async () => {
    await using open = await LoopbackBox.start(40_211, { host: "0.0.0.0" });
    await using elsewhere = await LoopbackBox.start(40_212, { host: "10.77.0.9" });
    await elsewhere.hears("found 127.0.0.1:40211");
    await open.passes(36_000);
    await using late = await LoopbackBox.start(40_213);
    await open.hears("found 127.0.0.1:40213");
    await late.hears("found 127.0.0.1:40211");
    assert.deepEqual(
      [...open.told, ...late.told].filter((each) => each.endsWith(":40212")),
      [],
    );
  });

  test("do not believe answers that came from off their link", async () => {
    const elsewhere: NetworkInterfaceInfo[] = (loopback()["lo"] ?? []).map((each) =>
      each.family === "IPv4" ? { ...each, cidr: "10.1.2.3/24" } : each,
    );
    await using first = await LoopbackBox.start(40_141, { interfaces: () => ({ lo: elsewhere }) });
    await using second = await LoopbackBox.start(40_142);
    await using witness = await LoopbackBox.start(40_143);
    for (let round = 0; round < 3; round++) {
      await first.passes(5_000);
      await witness.passes(5_000);
    }
    await witness.hears("found 127.0.0.1:40142");
    await second.hears("found 127.0.0.1:40143");
    assert.deepEqual(first.told, []);
  });

  test("name at most 8 addresses of a host that floods", async () => {
    await using box = await LoopbackBox.start(40_151);
    const [link] = usableLinks(loopback());
    assert.ok(link);
    const socket = await openMulticastSocket(link);
    const flood = new Bonjour({ ...multicastOptions(link), socket, bind: false } as object, () => undefined);
    for (let port = 41_000; port < 41_100; port++) {
      flood.publish({ name: `flood-${port}`, type: "lagerfeuer", port, probe: false, host: "flood.local" });
    }
    await box.hears("found 127.0.0.1:41000");
    for (let round = 0; round < 5; round++) await box.passes(10_000);
    assert.ok(box.told.length <= 8, `${box.told.length} addresses`);
    await new Promise((resolve) => flood.destroy(() => resolve(undefined)));
  });

  test("are not harmed by broken packets", async () => {
    const [link] = usableLinks(loopback());
    assert.ok(link);
    const { ip, port } = multicastOptions(link);
    const socket = await openMulticastSocket(link);
    const announcement = once(socket, "message");
    await using box = await LoopbackBox.start(40_156);
    const [genuine] = (await within("an announcement", announcement)) as [Buffer];
    const random = seededRandom(17);
    for (let round = 0; round < 3_000; round++) {
      const broken = Buffer.from(genuine.subarray(0, Math.ceil(random() ** 0.2 * genuine.length)));
      for (let change = 0; change < 4; change++)
        broken[Math.floor(random() * broken.length)] = Math.floor(random() * 256);
      await new Promise((resolve) => socket.send(broken, port, ip, resolve));
    }
    socket.close();
    await using _other = await LoopbackBox.start(40_157);
    await box.hears("found 127.0.0.1:40157");
  });

  test("say neither their host's name nor anything but a version", async () => {
    const [link] = usableLinks(loopback());
    assert.ok(link);
    const packets: string[] = [];
    const tap = await openMulticastSocket(link);
    tap.on("message", (packet) => packets.push(packet.toString("latin1")));
    const box = await LoopbackBox.start(40_161);
    await using witness = await LoopbackBox.start(40_162);
    await witness.hears("found 127.0.0.1:40161");
    await box.discovery.stop();
    tap.close();
    const told = packets.join("");
    assert.ok(told.includes("_lagerfeuer"));
    assert.ok(!told.includes(hostname()), "the host's name leaks");
    assert.deepEqual([...new Set(told.match(/\w+=[\w.]*/g))], ["v=1"]);
  });

  test("bear a new name after each start", async () => {
    const [link] = usableLinks(loopback());
    assert.ok(link);
    const names = new Set<string>();
    const tap = await openMulticastSocket(link);
    tap.on("message", (packet) => {
      for (const [name] of packet.toString("latin1").matchAll(/[0-9a-f]{16}/g)) names.add(name);
    });
    const heard = async (count: number): Promise<void> => {
      while (names.size < count) await once(tap, "message");
    };
    await using box = await LoopbackBox.start(40_171);
    await within("one name", heard(1));
    await box.discovery.stop();
    await box.discovery.start(box);
    await within("another name", heard(2));
    tap.close();
  });

  test("start and stop as often as one likes, and leave nothing behind", async () => {
    const box = new LoopbackBox(40_181);
    const before = await openResources();
    await box.discovery.stop();
    await Promise.all([box.discovery.start(box), box.discovery.start(box)]);
    const startedMs = performance.now();
    await Promise.all([box.discovery.stop(), box.discovery.stop()]);
    await box.discovery.start(box);
    const starting = box.discovery.start(box);
    await box.discovery.stop();
    await starting;
    assert.ok(performance.now() - startedMs < 300);
    assert.equal(box.clock.waiting, 0);
    assert.deepEqual(await openResources(), before);
  });

  test("go on when the system does not list its interfaces for a while", async () => {
    let isBroken = false;
    const interfaces: Interfaces = () => (isBroken ? assert.fail("EMFILE") : loopback());
    await using box = await LoopbackBox.start(40_186, { interfaces });
    isBroken = true;
    await box.passes(30_000);
    await using _other = await LoopbackBox.start(40_187);
    await box.hears("found 127.0.0.1:40187");
    assert.ok(box.warnings.includes("Network interfaces cannot be listed"));
  });

  test("go on when a link cannot be used, and say so once", async () => {
    const broken = [
      { ...loopback()["lo"]?.[0], address: "203.0.113.1", cidr: "203.0.113.1/24" } as NetworkInterfaceInfo,
    ];
    await using box = await LoopbackBox.start(40_191, { interfaces: () => ({ lo: loopback()["lo"], broken }) });
    await using other = await LoopbackBox.start(40_192);
    await box.passes(60_000);
    await box.hears("found 127.0.0.1:40192");
    await other.hears("found 127.0.0.1:40191");
    assert.deepEqual(box.warnings, ["mDNS does not work on a link"]);
  });
});

const noNamespaces = namespacesMissing();
const ADDRESSES = {
  "with IPv4 addresses and no router": /^10\.77\.0\.[12]:347[34]$/,
  "without any but link-local addresses": /^\[fe80::[\da-f:]+%\w+\]:347[34]$/,
};
for (const [number, [addressed, address]] of Object.entries(ADDRESSES).entries()) {
  test(`two machines ${addressed} find each other within 10 seconds`, { skip: noNamespaces }, async (t) => {
    const cable = layCable(number);
    try {
      if (addressed.startsWith("without")) {
        for (const end of [cable.left, cable.right]) ip("-n", end, "-4", "address", "flush", "scope", "global");
      }
      await using first = new NamespaceBox(cable.left, 3473);
      await using second = new NamespaceBox(cable.right, 3474);
      await Promise.all([first.started(), second.started()]);
      const startedMs = performance.now();
      await Promise.all([first.found(address, 10_000), second.found(address, 10_000)]);
      t.diagnostic(`found ${Math.round(performance.now() - startedMs)} ms after both had started`);
    } finally {
      cable.remove();
    }
  });
}

test("a machine whose cable is plugged in later is found within 15 seconds", { skip: noNamespaces }, async (t) => {
  const cable = layCable(2);
  try {
    cable.plug(false);
    await using first = new NamespaceBox(cable.left, 3473);
    await using second = new NamespaceBox(cable.right, 3473);
    await Promise.all([first.started(), second.started()]);
    const pluggedInMs = performance.now();
    cable.plug(true);
    await Promise.all([first.found(/^10\.77\.0\.2:3473$/, 15_000), second.found(/^10\.77\.0\.1:3473$/, 15_000)]);
    t.diagnostic(`found ${Math.round(performance.now() - pluggedInMs)} ms after the cable was plugged in`);
  } finally {
    cable.remove();
  }
});

function ip(...words: string[]): void {
  execFileSync("ip", words);
}

/** What keeps this process alive, after what was closed has gone. */
async function openResources(): Promise<string[]> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  return process.getActiveResourcesInfo().sort();
}

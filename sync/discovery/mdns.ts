// Finds boxes on the same network by mDNS, and lets itself be found, with bonjour-service. Hints only: an address is
// where an answer came from, not what it says, and who is there is proven after connecting (reliability T14, T33).
//
// bonjour-service reports a service once and never again, so each question gets a browser of its own: whoever answers it
// was seen now. That is also what keeps its memory bounded. Goodbyes are sent but not believed: a stranger who said hello
// and goodbye in turns would make everybody dial.
import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { Bonjour, type Browser, type Service, type ServiceReferer } from "bonjour-service";
import type { Clock, Discovery, DiscoveryEvents, Logger, Random } from "../ports.ts";
import { type Interfaces, type Link, multicastOptions, openMulticastSocket, usableLinks } from "./multicast-socket.ts";
import { Neighbours } from "./neighbours.ts";

const SERVICE_TYPE = "lagerfeuer";
/** Version of what we speak; nothing else is told. */
const TXT = { v: "1" };
/** After a start or a new link: soon, because nobody waits for long. */
const BURST_GAPS_MS = [1_000, 2_000, 10_000];
/** Then seldom: each question wakes everybody nearby, and whoever comes asks for himself. */
const QUESTION_INTERVAL_MS = 30_000;
/** Boxes that started together must not ask together: 24 to 36 s. */
const JITTER = 0.4;
/** Answers to one question; beyond that it is a flood, and we are deaf until the next. */
const MAX_ANSWERS = 256;

export interface MdnsOptions {
  /** Where this box accepts connections. */
  readonly port: number;
  /** On which address; on all that it has, if absent. */
  readonly host?: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Between two questions, on average; half a minute if absent. */
  readonly questionIntervalMs?: number;
  /** The machine's, if absent. */
  readonly interfaces?: Interfaces;
}

interface Channel {
  readonly bonjour: Bonjour;
  browser?: Browser;
}

export class MdnsDiscovery implements Discovery {
  readonly #options: MdnsOptions;
  readonly #channels = new Map<string, Channel>();
  /** Links that could not be opened: told once. */
  readonly #failed = new Set<string>();
  #neighbours: Neighbours;
  #onLink = new BlockList();
  #events: DiscoveryEvents | undefined;
  #name = "";
  #burst = 0;
  #round: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => undefined;

  constructor(options: MdnsOptions) {
    this.#options = options;
    this.#neighbours = new Neighbours(options.questionIntervalMs);
  }

  /** Never rejects: a link that cannot be used is logged and tried again. */
  async start(events: DiscoveryEvents): Promise<void> {
    if (this.#events) return;
    this.#events = events;
    this.#name = randomName(this.#options.random);
    this.#nextRound();
    await this.#round;
  }

  async stop(): Promise<void> {
    if (!this.#events) return;
    this.#events = undefined;
    this.#cancelTimer();
    await this.#round;
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    this.#failed.clear();
    this.#neighbours = new Neighbours(this.#options.questionIntervalMs);
    await Promise.all(channels.map(sayGoodbye));
  }

  #nextRound(): void {
    this.#round = this.#followLinks().then(() => {
      if (!this.#events) return;
      for (const channel of this.#channels.values()) this.#ask(channel);
      for (const address of this.#neighbours.expire(this.#options.clock.monotonicMs())) this.#events.lost(address);
      this.#cancelTimer = this.#options.clock.after(this.#gapMs(), () => this.#nextRound());
    });
  }

  #gapMs(): number {
    const gap = BURST_GAPS_MS[this.#burst];
    this.#burst += 1;
    const { questionIntervalMs = QUESTION_INTERVAL_MS, random } = this.#options;
    return gap ?? questionIntervalMs * (1 + JITTER * (random() - 0.5));
  }

  /** Cables and Wi-Fi come and go: opens what is new, closes what is gone. */
  async #followLinks(): Promise<void> {
    const links = this.#links();
    if (links === undefined) return;
    this.#onLink = new BlockList();
    for (const { cidr, family } of links) {
      const [network = "", prefix] = cidr.split("/");
      this.#onLink.addSubnet(network, Number(prefix), family === "IPv4" ? "ipv4" : "ipv6");
    }
    const byKey = new Map(links.map((link) => [`${link.interfaceName} ${link.address}`, link]));
    for (const [key, channel] of this.#channels) {
      if (byKey.has(key)) continue;
      this.#channels.delete(key);
      channel.browser?.stop();
      channel.bonjour.destroy();
    }
    const missing = [...byKey].filter(([key]) => !this.#channels.has(key));
    await Promise.all(missing.map(([key, link]) => this.#open(key, link)));
  }

  /** Undefined if the system does not tell: it opens a socket for that, and there may be none left. */
  #links(): Link[] | undefined {
    try {
      return usableLinks((this.#options.interfaces ?? networkInterfaces)());
    } catch (error) {
      this.#options.logger.warn("Network interfaces cannot be listed", { error: String(error) });
      return undefined;
    }
  }

  async #open(key: string, link: Link): Promise<void> {
    const { logger, port, host: ownHost } = this.#options;
    try {
      const socket = await openMulticastSocket(link);
      const options = { ...multicastOptions(link), socket, bind: false };
      const bonjour = new Bonjour(options, (error: unknown) =>
        logger.debug("mDNS answer failed", { error, link: key }),
      );
      const host = `${this.#name}.local`;
      const service = { name: this.#name, host, type: SERVICE_TYPE, port, txt: TXT, probe: false, disableIPv6: true };
      if (acceptsOn(link, ownHost)) bonjour.publish(service);
      this.#channels.set(key, { bonjour });
      this.#failed.delete(key);
      this.#burst = 0;
    } catch (error) {
      if (!this.#failed.has(key)) logger.warn("mDNS does not work on a link", { link: key, error: String(error) });
      this.#failed.add(key);
    }
  }

  #ask(channel: Channel): void {
    channel.browser?.stop();
    const browser = channel.bonjour.find({ type: SERVICE_TYPE });
    channel.browser = browser;
    browser.on("up", (service) => {
      if (browser.services.length > MAX_ANSWERS) browser.stop();
      else this.#answered(service);
    });
  }

  #answered({ name, port, referer }: Service): void {
    const isUsable = name !== this.#name && Number.isInteger(port) && port > 0;
    if (!isUsable || referer === undefined || !this.#isOnLink(referer)) return;
    const target = { host: referer.address, port };
    const found = this.#neighbours.seen(target, this.#options.clock.monotonicMs());
    if (found !== undefined) this.#events?.found(found);
  }

  /** Port 5353 hears the whole internet where it is not filtered (RFC 6762 §11). */
  #isOnLink({ address, family }: ServiceReferer): boolean {
    return this.#onLink.check(address.replace(/%.*/, ""), family === "IPv6" ? "ipv6" : "ipv4");
  }
}

/** Whoever hears of a box where it does not listen dials it in vain, again and again. A name may mean any address. */
function acceptsOn({ family, address }: Link, host = "::"): boolean {
  if (host === "0.0.0.0") return family === "IPv4";
  return host === "::" || isIP(host) === 0 || host === address;
}

/** 64 bits, new at each start: nobody can follow a box from place to place by it. */
function randomName(random: Random): string {
  const half = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return half() + half();
}

function sayGoodbye({ bonjour, browser }: Channel): Promise<void> {
  return new Promise((resolve) => {
    const destroy = (): void => bonjour.destroy(() => resolve());
    browser?.stop();
    try {
      bonjour.unpublishAll(destroy);
    } catch {
      // It lists the interfaces again, which may fail; then without a goodbye.
      destroy();
    }
  });
}

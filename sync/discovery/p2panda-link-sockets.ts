// One mDNS socket for each link, opened and closed as cables and Wi-Fi come and go. Carries packets; knows nothing of what
// stands in them, but drops those that did not come from the link (RFC 6762 §11).
import { BlockList } from "node:net";
import { networkInterfaces } from "node:os";
import type { Logger } from "../ports.ts";
import { type Interfaces, type Link, multicastOptions, openMulticastSocket, usableLinks } from "./multicast-socket.ts";

/** What is used of a socket of node:dgram. */
export interface PacketSocket {
  on(event: "message", listener: (bytes: Uint8Array, from: Sender) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  send(packet: Uint8Array, port: number, ip: string, sent: (error: Error | null) => void): void;
  close(): unknown;
}

interface Sender {
  readonly address: string;
  readonly family: string;
}

export interface LinkSocketsOptions {
  readonly logger: Logger;
  /** The machine's, if absent. */
  readonly interfaces?: Interfaces;
  /** Rejects where a link cannot be used. The machine's, if absent. */
  readonly openSocket?: (link: Link) => Promise<PacketSocket>;
  /** Must not throw. */
  readonly packet: (bytes: Uint8Array, host: string) => void;
}

interface Channel {
  readonly link: Link;
  readonly socket: PacketSocket;
}

export class LinkSockets {
  readonly #options: LinkSocketsOptions;
  readonly #channels = new Map<string, Channel>();
  /** Links that could not be opened: told once. */
  readonly #failed = new Set<string>();
  #onLink = new BlockList();

  constructor(options: LinkSocketsOptions) {
    this.#options = options;
  }

  /** Opens what is new, closes what is gone; true if anything is new. Never rejects: a link that fails is tried again. */
  async follow(): Promise<boolean> {
    const links = this.#links();
    if (links === undefined) return false;
    this.#onLink = new BlockList();
    for (const { cidr, family } of links) {
      const [network = "", prefix] = cidr.split("/");
      this.#onLink.addSubnet(network, Number(prefix), family === "IPv4" ? "ipv4" : "ipv6");
    }
    const byKey = new Map(links.map((link) => [`${link.interfaceName} ${link.address}`, link]));
    for (const key of this.#channels.keys()) if (!byKey.has(key)) this.#drop(key);
    const missing = [...byKey].filter(([key]) => !this.#channels.has(key));
    const opened = await Promise.all(missing.map(([key, link]) => this.#open(key, link)));
    return opened.includes(true);
  }

  /** To everybody, on every link. */
  send(packet: Uint8Array): void {
    for (const [key, { link, socket }] of this.#channels) {
      const { ip, port } = multicastOptions(link);
      socket.send(packet, port, ip, (error) => {
        if (error) this.#options.logger.debug("mDNS question failed", { link: key, error: String(error) });
      });
    }
  }

  close(): void {
    for (const key of [...this.#channels.keys()]) this.#drop(key);
    this.#failed.clear();
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

  async #open(key: string, link: Link): Promise<boolean> {
    const { logger, openSocket = openMulticastSocket } = this.#options;
    try {
      const socket = await openSocket(link);
      socket.on("message", (bytes, from) => this.#received(bytes, from));
      socket.on("error", (error) => {
        logger.debug("mDNS socket failed", { link: key, error: String(error) });
        this.#drop(key);
      });
      this.#channels.set(key, { link, socket });
      this.#failed.delete(key);
      return true;
    } catch (error) {
      if (!this.#failed.has(key)) logger.warn("mDNS does not work on a link", { link: key, error: String(error) });
      this.#failed.add(key);
      return false;
    }
  }

  #received(bytes: Uint8Array, { address, family }: Sender): void {
    const host = address.replace(/%.*/, "");
    if (this.#onLink.check(host, family === "IPv6" ? "ipv6" : "ipv4")) this.#options.packet(bytes, host);
  }

  #drop(key: string): void {
    this.#channels.get(key)?.socket.close();
    this.#channels.delete(key);
  }
}

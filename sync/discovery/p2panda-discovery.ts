// Finds p2panda's Rust nodes on the same network by listening to their mDNS. We do not answer: nobody has to know us to be
// dialled. Hints only, as in mdns.ts: a node signed where it is, but others may repeat that when it is long gone, and who is
// there is proven after connecting.
import type { VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import type { Clock, Discovery, DiscoveryEvents, Random } from "../ports.ts";
import { P2PANDA_SERVICE, readTransportInfos } from "./p2panda-answer.ts";
import { DnsMessageError, writeQuestion } from "./p2panda-dns-message.ts";
import { LinkSockets, type LinkSocketsOptions } from "./p2panda-link-sockets.ts";
import { P2pandaNodes } from "./p2panda-nodes.ts";
import type { TransportInfo } from "./p2panda-transport-info.ts";

/** After a start or a new link. Rust nodes also ask each other, so that we mostly only listen. */
const BURST_GAPS_MS = [1_000, 5_000, 30_000];
const QUESTION_INTERVAL_MS = 60_000;
/** Boxes that started together must not ask together: 48 to 72 s. */
const JITTER = 0.4;
const QUESTION = writeQuestion(P2PANDA_SERVICE);

export interface P2pandaDiscoveryOptions extends Omit<LinkSocketsOptions, "packet"> {
  /** The key by which Rust nodes would know us. */
  readonly ownKey: VerifyingKey;
  readonly crypto: CryptoSuite;
  readonly clock: Clock;
  readonly random: Random;
}

export class P2pandaDiscovery implements Discovery {
  readonly #options: P2pandaDiscoveryOptions;
  readonly #sockets: LinkSockets;
  #nodes: P2pandaNodes;
  #events: DiscoveryEvents | undefined;
  #burst = 0;
  #round: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => undefined;

  constructor(options: P2pandaDiscoveryOptions) {
    this.#options = options;
    this.#sockets = new LinkSockets({ ...options, packet: (bytes, host) => this.#received(bytes, host) });
    this.#nodes = new P2pandaNodes(options);
  }

  /** Never rejects: a link that cannot be used is logged and tried again. */
  async start(events: DiscoveryEvents): Promise<void> {
    if (this.#events) return;
    this.#events = events;
    this.#nextRound();
    await this.#round;
  }

  async stop(): Promise<void> {
    if (!this.#events) return;
    this.#events = undefined;
    this.#cancelTimer();
    await this.#round;
    this.#sockets.close();
    this.#nodes = new P2pandaNodes(this.#options);
  }

  #nextRound(): void {
    this.#round = this.#sockets.follow().then((isNewLink) => {
      if (!this.#events) return;
      if (isNewLink) this.#burst = 0;
      this.#sockets.send(QUESTION);
      for (const address of this.#nodes.expire(this.#options.clock.monotonicMs())) this.#events.lost(address);
      this.#cancelTimer = this.#options.clock.after(this.#gapMs(), () => this.#nextRound());
    });
  }

  #gapMs(): number {
    const gap = BURST_GAPS_MS[this.#burst];
    this.#burst += 1;
    return gap ?? QUESTION_INTERVAL_MS * (1 + JITTER * (this.#options.random() - 0.5));
  }

  #received(packet: Uint8Array, host: string): void {
    for (const info of this.#read(packet, host)) {
      const { lost, found } = this.#nodes.heard(info, host, this.#options.clock.monotonicMs());
      if (lost) this.#events?.lost(lost);
      if (found) this.#events?.found(found);
    }
  }

  #read(packet: Uint8Array, host: string): TransportInfo[] {
    try {
      return readTransportInfos(packet);
    } catch (error) {
      if (!(error instanceof DnsMessageError)) throw error;
      this.#options.logger.debug("mDNS packet cannot be read", { host, error: error.message });
      return [];
    }
  }
}

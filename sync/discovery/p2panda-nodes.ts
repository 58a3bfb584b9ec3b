// The Rust nodes that mDNS named lately, each with what it signed last. Anybody on the network can make keys and sign with
// them, so the table is small and forgets, and what it costs to check signatures is limited.
import { concatBytes, equalBytes, toHex, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import type { Logger } from "../ports.ts";
import { compareAge, nodeAddress, signedBytes, type TransportInfo } from "./p2panda-transport-info.ts";

/** More nodes than one festival's own network has; a flood of keys must not grow us (reliability T14). */
const MAX_NODES = 64;
/** Several nodes on one machine happen on a desk. One host must not fill the table alone. */
const MAX_PER_HOST = 8;
/** A round is a minute: 256 signatures are a tenth of a second of a small computer. Beyond that it is a flood. */
const MAX_CHECKS_PER_ROUND = 256;
/**
 * Rust nodes ask each other every 0.7 s and about two of them answer, to all; 64 nodes have their turn every 22 s. Eight
 * turns that were all lost are a node that is gone, also on Wi-Fi.
 */
const FORGOTTEN_MS = 180_000;

/** Addresses to dial from now on, and no longer. */
export interface NodeChange {
  readonly found?: string;
  readonly lost?: string;
}

interface Node {
  readonly info: TransportInfo;
  /** Undefined while it names nothing that can be dialled. */
  readonly address: string | undefined;
  readonly host: string;
  readonly seenMs: number;
}

export interface P2pandaNodesOptions {
  /** Our own key: we are not our neighbour. */
  readonly ownKey: VerifyingKey;
  readonly crypto: CryptoSuite;
  readonly logger: Logger;
}

export class P2pandaNodes {
  readonly #options: P2pandaNodesOptions;
  readonly #nodes = new Map<string, Node>();
  /** Hashes of what was refused in this round: a node that signs badly says so every second. */
  readonly #refused = new Set<string>();
  #checks = 0;

  constructor(options: P2pandaNodesOptions) {
    this.#options = options;
  }

  /** `host` is where it was heard from, which need not be where the node says it is. */
  heard(info: TransportInfo, host: string, nowMs: number): NodeChange {
    const { nodeId } = info;
    if (equalBytes(nodeId, this.#options.ownKey)) return {};
    const key = toHex(nodeId);
    const known = this.#nodes.get(key);
    if (known && equalBytes(known.info.signature, info.signature)) this.#nodes.set(key, { ...known, seenMs: nowMs });
    const isNews = known ? compareAge(info, known.info) > 0 : this.#hasRoomFor(host);
    const address = nodeAddress(info);
    if (!isNews || (known === undefined && address === undefined) || !this.#isGenuine(info)) return {};
    this.#nodes.set(key, { info, address, host, seenMs: nowMs });
    if (known?.address === address) return {};
    return { ...(known?.address && { lost: known.address }), ...(address && { found: address }) };
  }

  /** Forgets who was silent for three minutes; returns their addresses. A new round of checks begins. */
  expire(nowMs: number): string[] {
    this.#checks = 0;
    this.#refused.clear();
    const lost: string[] = [];
    for (const [key, { address, seenMs }] of this.#nodes) {
      if (nowMs - seenMs <= FORGOTTEN_MS) continue;
      this.#nodes.delete(key);
      if (address) lost.push(address);
    }
    return lost;
  }

  #hasRoomFor(host: string): boolean {
    if (this.#nodes.size >= MAX_NODES) return false;
    return [...this.#nodes.values()].filter((node) => node.host === host).length < MAX_PER_HOST;
  }

  #isGenuine(info: TransportInfo): boolean {
    const { crypto, logger } = this.#options;
    const message = signedBytes(info);
    const claim = toHex(crypto.hash(concatBytes(info.signature, message)));
    if (this.#checks >= MAX_CHECKS_PER_ROUND || this.#refused.has(claim)) return false;
    this.#checks += 1;
    if (crypto.verify(message, info.signature, info.nodeId)) return true;
    this.#refused.add(claim);
    logger.debug("A p2panda node's addresses are not signed by it", { node: toHex(info.nodeId) });
    return false;
  }
}

// The addresses that mDNS named lately. Anybody on the network can name anything, so the table is small and forgets.
import { formatAddress, type HostPort } from "../address.ts";

/** More boxes than one festival hangs up; a flood of names must not grow us (reliability T14). */
const MAX_NEIGHBOURS = 64;
/** Several boxes on one machine happen on a desk. One host must not fill the table alone. */
const MAX_PER_HOST = 8;
const QUESTION_INTERVAL_MS = 30_000;
/** Questions in a row without an answer: Wi-Fi loses multicast, but not that often. */
const FORGOTTEN_QUESTIONS = 4;

interface Neighbour {
  readonly host: string;
  readonly seenMs: number;
}

export class Neighbours {
  readonly #forgottenMs: number;
  readonly #neighbours = new Map<string, Neighbour>();

  /** How often they are asked, on average. */
  constructor(questionIntervalMs = QUESTION_INTERVAL_MS) {
    this.#forgottenMs = FORGOTTEN_QUESTIONS * questionIntervalMs;
  }

  /** Returns the address if it was not known before; undefined if it was, or if there is no room. */
  seen(target: HostPort, nowMs: number): string | undefined {
    const address = formatAddress(target);
    const isNew = !this.#neighbours.has(address);
    if (isNew && !this.#hasRoomFor(target.host)) return undefined;
    this.#neighbours.set(address, { host: target.host, seenMs: nowMs });
    return isNew ? address : undefined;
  }

  /** Forgets who was not seen for so long; returns their addresses. */
  expire(nowMs: number): string[] {
    const old = [...this.#neighbours].filter(([, { seenMs }]) => nowMs - seenMs > this.#forgottenMs);
    return old.map(([address]) => {
      this.#neighbours.delete(address);
      return address;
    });
  }

  #hasRoomFor(host: string): boolean {
    if (this.#neighbours.size >= MAX_NEIGHBOURS) return false;
    const sameHost = [...this.#neighbours.values()].filter((neighbour) => neighbour.host === host);
    return sameHost.length < MAX_PER_HOST;
  }
}

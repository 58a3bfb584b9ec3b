// The addresses that mDNS named lately. Anybody on the network can name anything, so the table is small and forgets.
import { formatAddress, type HostPort } from "../address.ts";

/** More boxes than one festival hangs up; a flood of names must not grow us (reliability T14). */
const MAX_NEIGHBOURS = 64;
/** Several boxes on one machine happen on a desk. One host must not fill the table alone. */
const MAX_PER_HOST = 8;
/** Six questions in a row without an answer: Wi-Fi loses multicast, but not that often. */
const FORGOTTEN_MS = 60_000;

interface Neighbour {
  readonly host: string;
  readonly seenMs: number;
}

export class Neighbours {
  readonly #neighbours = new Map<string, Neighbour>();

  /** Returns the address if it was not known before; undefined if it was, or if there is no room. */
  seen(target: HostPort, nowMs: number): string | undefined {
    const address = formatAddress(target);
    const isNew = !this.#neighbours.has(address);
    if (isNew && !this.#hasRoomFor(target.host)) return undefined;
    this.#neighbours.set(address, { host: target.host, seenMs: nowMs });
    return isNew ? address : undefined;
  }

  /** Forgets who was not seen for a minute; returns their addresses. */
  expire(nowMs: number): string[] {
    const old = [...this.#neighbours].filter(([, { seenMs }]) => nowMs - seenMs > FORGOTTEN_MS);
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

// How many connections one address may hold, so that nobody who has only one takes the place of all others
// (reliability.md T11), while a whole camp behind one router still gets in. Counts only; who is refused, and how, is up
// to whoever accepts.
import { plainHost } from "./address.ts";

export interface ConnectionLimits {
  readonly total: number;
  /** For each address group, once half of all places are taken. */
  readonly perAddress: number;
}

/** The first half of the places is for whoever comes; the other half only for addresses with fewer than their share. */
const FREE_SHARE = 0.5;

export class AddressCaps {
  readonly #limits: ConnectionLimits;
  readonly #perGroup = new Map<string, number>();
  #total = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Which limit keeps one more connection of this host out; undefined: there is a place. */
  refusal(host: string): keyof ConnectionLimits | undefined {
    const { total, perAddress } = this.#limits;
    if (this.#total >= total) return "total";
    const held = this.#perGroup.get(addressGroup(host)) ?? 0;
    return held < perAddress || this.#total < FREE_SHARE * total ? undefined : "perAddress";
  }

  /** Takes a place; returns how to give it back, which may be called again. */
  take(host: string): () => void {
    const group = addressGroup(host);
    this.#count(group, 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.#count(group, -1);
      isTaken = false;
    };
  }

  #count(group: string, change: 1 | -1): void {
    this.#total += change;
    const held = (this.#perGroup.get(group) ?? 0) + change;
    if (held > 0) this.#perGroup.set(group, held);
    else this.#perGroup.delete(group);
  }
}

/**
 * Who counts as one: an IPv4 address, or a /64, which is what one IPv6 household gets. All of a link shares fe80::/64,
 * so link-local addresses count alone.
 */
export function addressGroup(host: string): string {
  const plain = plainHost(host);
  if (!plain.includes(":") || plain.startsWith("fe80:")) return plain;
  const [head = "", tail] = plain.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill("0"), ...right].slice(0, 4).join(":");
}

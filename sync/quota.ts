// How much of one topic this box carries, for all and for each author (M-72). A relay that takes everything from
// everybody is full one evening; what is over quota is refused by name, and may come again when there is space.
// Not a measure against people: whoever has a key may make another.
import { toHex, type VerifyingKey } from "../protocol/operation/bytes.ts";
import type { AuthorUsage } from "./ports.ts";

export interface QuotaLimits {
  /** All that is carried of the topic, headers and bodies. */
  readonly topicBytes: number;
  readonly authorBytes: number;
}

export type QuotaFault = "E_QUOTA_TOPIC" | "E_QUOTA_AUTHOR";

export class Quota {
  readonly limits: QuotaLimits;
  readonly #taken = new Map<string, number>();
  /** Authors of whom something was refused: what follows in their logs has no place without it, however small. */
  readonly #closed = new Map<string, QuotaFault>();
  #total = 0;
  /** Operations refused since the process began. */
  refused = 0;

  constructor(limits: QuotaLimits) {
    this.limits = limits;
  }

  /** Starts over from what is stored, with every author welcome again. */
  load(usage: readonly AuthorUsage[]): void {
    this.#taken.clear();
    this.#closed.clear();
    this.#total = 0;
    for (const { author, bytes } of usage) this.take(author, bytes);
  }

  /** Says what is full, if one more operation of this size finds no space. */
  fault(author: VerifyingKey, bytes: number): QuotaFault | undefined {
    const name = toHex(author);
    const fault = this.#closed.get(name) ?? this.#overrun(name, bytes);
    if (fault === undefined) return undefined;
    this.#closed.set(name, fault);
    this.refused += 1;
    return fault;
  }

  take(author: VerifyingKey, bytes: number): void {
    const name = toHex(author);
    this.#taken.set(name, (this.#taken.get(name) ?? 0) + bytes);
    this.#total += bytes;
  }

  #overrun(name: string, bytes: number): QuotaFault | undefined {
    if (this.#total + bytes > this.limits.topicBytes) return "E_QUOTA_TOPIC";
    return (this.#taken.get(name) ?? 0) + bytes > this.limits.authorBytes ? "E_QUOTA_AUTHOR" : undefined;
  }
}

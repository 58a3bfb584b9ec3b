// The newest operations of a replica, in memory: a thousand sessions in live mode read the same few, and need not each
// ask the store.
import type { StoredOperation } from "./ports.ts";

/** A second of busy live mode; with bodies of 400 bytes about 200 KiB. */
const RECENT_OPERATIONS = 256;

export class RecentOperations {
  #operations: StoredOperation[] = [];
  /** Everything that arrived after this is in memory. */
  #after = 0;

  startAfter(arrival: number): void {
    this.#operations = [];
    this.#after = arrival;
  }

  push(operations: readonly StoredOperation[]): void {
    this.#operations.push(...operations.map(detached));
    const excess = this.#operations.length - RECENT_OPERATIONS;
    if (excess <= 0) return;
    const dropped = this.#operations.splice(0, excess);
    this.#after = dropped.at(-1)?.arrival ?? this.#after;
  }

  /** Undefined if the store must be asked. */
  since(arrival: number, limit: number): readonly StoredOperation[] | undefined {
    if (arrival < this.#after) return undefined;
    const from = this.#operations.findIndex((operation) => operation.arrival > arrival);
    return from < 0 ? [] : this.#operations.slice(from, from + limit);
  }
}

/** What came over a socket is a view into its read buffer of 64 KiB, which one small operation would keep alive. */
function detached({ headerBytes, body, ...rest }: StoredOperation): StoredOperation {
  return { ...rest, headerBytes: headerBytes.slice(), ...(body && { body: body.slice() }) };
}

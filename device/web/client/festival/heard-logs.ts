// What is here of each author's log: who wrote which operation, how far a log reaches with its bodies, where it was forked,
// and when it last had news. The logs themselves lie in the store.
import type { HeardLog } from "../../../../protocol/festival/answers-in-force.ts";
import { type LogLink, overruled } from "../../../../protocol/festival/overruled.ts";
import type { ReadOperation } from "./read-operation.ts";

interface Log {
  readonly links: Map<string, LogLink>;
  /** Sequence numbers of bodies that are still to come, and those that are taken by an operation. */
  readonly wanted: Set<number>;
  readonly taken: Set<number>;
  height: number;
  newest: number;
  isForked: boolean;
}

export class HeardLogs {
  readonly #logs = new Map<string, Log>();
  readonly #authors = new Map<string, string>();

  /** Somebody wrote two operations with one number: what counts may hang on any of that log. */
  hasForks = false;

  take({ id, author, seqNum, backlink, arrival, isWanted }: ReadOperation): void {
    const log = this.#logs.get(author) ?? newLog();
    this.#logs.set(author, log);
    if (isWanted) log.wanted.add(seqNum);
    else log.wanted.delete(seqNum);
    if (log.links.has(id)) return;
    this.#authors.set(id, author);
    log.links.set(id, { id, seqNum, ...(backlink !== undefined && { backlink }) });
    log.isForked ||= log.taken.has(seqNum);
    this.hasForks ||= log.isForked;
    log.taken.add(seqNum);
    log.height = Math.max(log.height, seqNum);
    log.newest = Math.max(log.newest, arrival);
  }

  authors(): readonly string[] {
    return [...this.#logs.keys()];
  }

  /** Operations of all of them. */
  get total(): number {
    return this.#authors.size;
  }

  authorOf(operation: string): string | undefined {
    return this.#authors.get(operation);
  }

  /** -1 for one that is not here. */
  seqNumOf(operation: string): number {
    const log = this.#logs.get(this.#authors.get(operation) ?? "");
    return log?.links.get(operation)?.seqNum ?? -1;
  }

  heightOf(author: string): number {
    return this.#logs.get(author)?.height ?? -1;
  }

  /** Arrival of its newest operation; 0 without any. */
  newestOf(author: string): number {
    return this.#logs.get(author)?.newest ?? 0;
  }

  operationsOf(author: string): number {
    return this.#logs.get(author)?.links.size ?? 0;
  }

  /** By key; keys of which nothing is here are left out. */
  heard(keys: readonly string[]): ReadonlyMap<string, HeardLog> {
    const found = [...new Set(keys)].flatMap((key): [string, HeardLog][] => {
      const log = this.#logs.get(key);
      if (log === undefined) return [];
      const height = log.wanted.size > 0 ? Math.min(...log.wanted) - 1 : log.height;
      return [[key, { height, ...(log.isForked && { overruled: overruled([...log.links.values()]) }) }]];
    });
    return new Map(found);
  }
}

function newLog(): Log {
  return { links: new Map(), wanted: new Set(), taken: new Set(), height: -1, newest: 0, isForked: false };
}

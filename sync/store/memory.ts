// The reference store: what SqliteStore must answer, in the plainest way, without a medium that can fail. For tests and
// simulations; forgets everything with the process.
import {
  compareBytes,
  fromHex,
  type Hash,
  type Topic,
  toHex,
  type VerifyingKey,
} from "../../protocol/operation/bytes.ts";
import { type LogKey, type LogRange, logName } from "../../protocol/operation/log.ts";
import type { AuthorUsage, Commit, CommitHook, Entry, LogState, NewEntry, Store, StoredOperation } from "../ports.ts";

interface Held {
  operation: StoredOperation;
  wanted: boolean;
  /** Hex of the predecessor's id. */
  readonly backlink: string | undefined;
}

interface Log extends LogKey {
  /** Hex of the topics that carry it. */
  readonly topics: Set<string>;
  /** By sequence number, then arrival. */
  entries: Held[];
}

export class MemoryStore implements Store {
  readonly #onCommit: CommitHook | undefined;
  /** By id, in order of arrival. */
  readonly #held = new Map<string, Held>();
  readonly #logs = new Map<string, Log>();
  #arrival = 0;

  constructor(options: { readonly onCommit?: CommitHook } = {}) {
    this.#onCommit = options.onCommit;
  }

  /** Nothing is changed before the hook has returned: its throw leaves the store as it was. */
  async commit(commit: Commit): Promise<StoredOperation[]> {
    const fresh = this.#fresh(commit);
    const filled = this.#filled(commit, fresh);
    const inserted = [...fresh.values()].map(({ operation }) => operation);
    if (inserted.length + filled.length > 0) this.#onCommit?.(inserted, filled);
    this.#arrival += inserted.length;
    for (const entry of commit.operations) this.#carry(entry, commit);
    for (const held of fresh.values()) this.#put(held);
    for (const prune of commit.prunes) this.#prune(prune);
    for (const operation of filled) this.#fill(operation);
    return inserted;
  }

  async find(ids: readonly Hash[]): Promise<("absent" | "header" | "whole")[]> {
    return ids.map((id) => {
      const held = this.#held.get(toHex(id));
      if (held === undefined) return "absent";
      return held.wanted ? "header" : "whole";
    });
  }

  async entriesAt(log: LogKey, seqNum: number): Promise<Entry[]> {
    return this.#operations({ ...log, from: seqNum, to: seqNum }).map(({ id }) => ({ id, seqNum }));
  }

  async logs(topic: Topic): Promise<LogState[]> {
    return this.#carriedBy(topic)
      .filter(({ entries }) => entries.length > 0)
      .sort((a, b) => compareBytes(a.author, b.author) || compareBytes(a.logId, b.logId))
      .map(logState);
  }

  async read(range: LogRange, limit: number): Promise<StoredOperation[]> {
    const operations = this.#operations(range);
    const last = operations[limit - 1]?.seqNum ?? range.to;
    return operations.filter(({ seqNum }) => seqNum <= last);
  }

  async totals(ranges: readonly LogRange[]): Promise<{ operations: number; bytes: number }> {
    const operations = ranges.flatMap((range) => this.#operations(range));
    const sizes = operations.map(({ headerBytes, body }) => headerBytes.length + (body?.length ?? 0));
    return { operations: operations.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  async since(topic: Topic, arrival: number, limit: number): Promise<StoredOperation[]> {
    return this.#carriedBy(topic)
      .flatMap(({ entries }) => entries.filter(({ operation }) => operation.arrival > arrival))
      .map(({ operation }) => operation)
      .sort((a, b) => a.arrival - b.arrival)
      .slice(0, limit);
  }

  async get(id: Hash): Promise<StoredOperation | undefined> {
    return this.#held.get(toHex(id))?.operation;
  }

  async lastArrival(): Promise<number> {
    return this.#arrival;
  }

  async count(): Promise<number> {
    return this.#held.size;
  }

  async ids(topic: Topic): Promise<Hash[]> {
    const operations = this.#carriedBy(topic).flatMap(({ entries }) => entries.map(({ operation }) => operation));
    return operations.map(({ id }) => id).sort(compareBytes);
  }

  async usage(topic: Topic): Promise<AuthorUsage[]> {
    const authors = Map.groupBy(this.#carriedBy(topic), ({ author }) => toHex(author));
    const usages = [...authors].map(([author, logs]) => {
      const operations = logs.flatMap(({ entries }) => entries.map(({ operation }) => operation));
      const bytes = operations.reduce(
        (sum, { headerBytes, body }) => sum + headerBytes.length + (body?.length ?? 0),
        0,
      );
      const newest = Math.max(...operations.map(({ arrival }) => arrival));
      return { author: fromHex(author) as VerifyingKey, operations: operations.length, bytes, newest };
    });
    return usages.filter(({ operations }) => operations > 0).sort((a, b) => compareBytes(a.author, b.author));
  }

  async dropBodies(ids: readonly Hash[]): Promise<number> {
    const held = new Set(ids.flatMap((id) => this.#held.get(toHex(id)) ?? []));
    const whole = [...held].filter(({ operation, wanted }) => operation.body !== undefined || wanted);
    for (const each of whole) {
      const { body: _dropped, ...operation } = each.operation;
      Object.assign(each, { operation, wanted: false });
    }
    return whole.length;
  }

  async close(): Promise<void> {}

  #carriedBy(topic: Topic): Log[] {
    const name = toHex(topic);
    return [...this.#logs.values()].filter(({ topics }) => topics.has(name));
  }

  #operations(range: LogRange): StoredOperation[] {
    const operations = this.#logs.get(logName(range))?.entries.map(({ operation }) => operation) ?? [];
    return operations.filter(({ seqNum }) => seqNum >= range.from && seqNum <= range.to);
  }

  /** What of the commit is not here, and not pruned by it, by id. */
  #fresh({ operations, prunes }: Commit): Map<string, Held> {
    const fresh = new Map<string, Held>();
    for (const { backlink, payloadSize, ...entry } of operations) {
      const id = toHex(entry.id);
      if (this.#held.has(id) || fresh.has(id) || isPruned(entry, prunes)) continue;
      const operation = { ...entry, arrival: this.#arrival + fresh.size + 1 };
      const wanted = payloadSize > 0 && entry.body === undefined;
      fresh.set(id, { operation, wanted, backlink: backlink && toHex(backlink) });
    }
    return fresh;
  }

  #filled({ lateBodies, prunes }: Commit, fresh: ReadonlyMap<string, Held>): StoredOperation[] {
    const filled = new Map<string, StoredOperation>();
    for (const { id, body } of lateBodies) {
      const name = toHex(id);
      const held = this.#held.get(name) ?? fresh.get(name);
      if (!held?.wanted || filled.has(name) || isPruned(held.operation, prunes)) continue;
      filled.set(name, { ...held.operation, body });
    }
    return [...filled.values()];
  }

  #carry(entry: NewEntry, { topic, prunes }: Commit): void {
    if (isPruned(entry, prunes)) return;
    const { author, logId } = entry;
    const log = this.#logs.get(logName(entry)) ?? { author, logId, topics: new Set(), entries: [] };
    this.#logs.set(logName(entry), log);
    log.topics.add(toHex(topic));
  }

  #put(held: Held): void {
    this.#held.set(toHex(held.operation.id), held);
    const entries = this.#logs.get(logName(held.operation))?.entries ?? [];
    const before = entries.findLastIndex(({ operation }) => operation.seqNum <= held.operation.seqNum);
    entries.splice(before + 1, 0, held);
  }

  #prune(prune: LogKey & { readonly seqNum: number }): void {
    const log = this.#logs.get(logName(prune));
    for (const { operation } of log?.entries ?? []) {
      if (operation.seqNum < prune.seqNum) this.#held.delete(toHex(operation.id));
    }
    if (log) log.entries = log.entries.filter(({ operation }) => operation.seqNum >= prune.seqNum);
  }

  #fill(operation: StoredOperation): void {
    const held = this.#held.get(toHex(operation.id));
    if (held) Object.assign(held, { operation, wanted: false });
  }
}

function isPruned(operation: LogKey & { readonly seqNum: number }, prunes: Commit["prunes"]): boolean {
  return prunes.some((prune) => operation.seqNum < prune.seqNum && logName(operation) === logName(prune));
}

/** An end is an entry that no entry at the next place names as its predecessor. */
function logState({ author, logId, entries }: Log): LogState {
  const followed = new Set(entries.map(({ operation, backlink }) => `${operation.seqNum - 1}/${backlink}`));
  const operations = entries.map(({ operation }) => operation);
  const ends = operations.filter(({ id, seqNum }) => !followed.has(`${seqNum}/${toHex(id)}`)).map(({ id }) => id);
  const wantedFrom = entries.find(({ wanted }) => wanted)?.operation.seqNum;
  return {
    author,
    logId,
    height: operations.at(-1)?.seqNum ?? 0,
    ...(wantedFrom !== undefined && { wantedFrom }),
    ends: ends.sort(compareBytes),
  };
}

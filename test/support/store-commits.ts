// Commits into a store and what is expected back: shorthand of the store tests.
import { compareBytes, type Hash, type Topic, toHex } from "../../protocol/operation/bytes.ts";
import type { LogRange } from "../../protocol/operation/log.ts";
import type { Operation } from "../../protocol/operation/operation.ts";
import type { Commit, LogState, NewEntry, Store, StoredOperation } from "../../sync/ports.ts";
import type { TestLog } from "./test-log.ts";

/** A commit into the log's topic. */
export function commitOf(log: TestLog, operations: readonly NewEntry[], rest: Partial<Commit> = {}): Commit {
  return { topic: log.topic, operations, lateBodies: [], prunes: [], ...rest };
}

export function pruneOf(log: TestLog, seqNum: number): Pick<Commit, "prunes"> {
  return { prunes: [{ author: log.author, logId: log.logId, seqNum }] };
}

export function rangeOf(log: TestLog, from: number, to: number): LogRange {
  return { author: log.author, logId: log.logId, from, to };
}

export function bodyOf({ id, body }: Operation): Commit["lateBodies"][number] {
  return { id, body: body ?? new Uint8Array() };
}

/** What the store makes of an entry. */
export function stored(
  { backlink: _backlink, payloadSize: _size, ...entry }: NewEntry,
  arrival: number,
): StoredOperation {
  return { ...entry, arrival };
}

export function sortedIds(...operations: readonly (Operation | undefined)[]): Hash[] {
  return operations.flatMap((operation) => (operation ? [operation.id] : [])).sort(compareBytes);
}

export function seqNums(operations: readonly StoredOperation[]): number[] {
  return operations.map(({ seqNum }) => seqNum);
}

export async function stateOf(store: Store, log: TestLog): Promise<LogState | undefined> {
  return (await store.logs(log.topic)).find(({ author }) => compareBytes(author, log.author) === 0);
}

/** Everything that can be asked about one topic, and the counts. */
export async function contentOf(store: Store, topic: Topic): Promise<unknown> {
  const logs = await store.logs(topic);
  const ranges = logs.map(({ author, logId, height }) => ({ author, logId, from: 0, to: height }));
  const ids = await store.ids(topic);
  return {
    logs,
    operations: await Promise.all(ranges.map((range) => store.read(range, 1_000))),
    since: await store.since(topic, 0, 1_000),
    found: (await store.find(ids)).map((presence, index) => `${toHex(ids[index] as Hash)} ${presence}`),
    totals: await store.totals(ranges),
    counts: [await store.count(), await store.lastArrival()],
  };
}

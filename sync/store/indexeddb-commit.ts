// One transaction of an IndexedDbStore: new operations with their places, bodies that come late, what a prune drops, bodies
// that go. Asks everything it has to know first, has the hook agree, then writes.
import type { IDBPTransaction } from "idb";
import { equalBytes, type Hash, toHex } from "../../protocol/operation/bytes.ts";
import { type LogKey, logName } from "../../protocol/operation/log.ts";
import type { Commit, CommitHook, NewEntry, StoredOperation } from "../ports.ts";
import {
  ARRIVAL,
  isWanted,
  keyOf,
  type LogRow,
  type OperationRow,
  placeRange,
  type StoreSchema,
  storedOperation,
} from "./indexeddb-rows.ts";

export type Writing = IDBPTransaction<StoreSchema, ("operations" | "bodies" | "logs" | "state")[], "readwrite">;

/** Copying rows keeps a page from answering fingers, so every now and then one is waited for. */
const BREATH_WRITES = 32;

interface Fresh {
  readonly entry: NewEntry;
  readonly stored: StoredOperation;
}

interface Filled {
  readonly row: OperationRow;
  readonly stored: StoredOperation;
}

export class IndexedDbCommit {
  readonly #commit: Commit;
  readonly #hook: CommitHook | undefined;
  readonly #operations;
  readonly #bodies;
  readonly #logs;
  readonly #state;
  readonly #rows = new Map<string, LogRow>();
  readonly #pending: Promise<unknown>[] = [];

  constructor(writing: Writing, commit: Commit, hook: CommitHook | undefined) {
    this.#commit = commit;
    this.#hook = hook;
    this.#operations = writing.objectStore("operations");
    this.#bodies = writing.objectStore("bodies");
    this.#logs = writing.objectStore("logs");
    this.#state = writing.objectStore("state");
  }

  async run(): Promise<StoredOperation[]> {
    const fresh = await this.#fresh();
    const filled = await this.#filled(fresh);
    const inserted = fresh.map(({ stored }) => stored);
    if (fresh.length + filled.length > 0)
      this.#hook?.(
        inserted,
        filled.map(({ stored }) => stored),
      );
    await this.#carry();
    for (const each of fresh) await this.#put(each);
    for (const prune of this.#commit.prunes) await this.#prune(prune);
    for (const { stored } of filled) await this.#fill(stored);
    await this.#finish(inserted.at(-1)?.arrival);
    return inserted;
  }

  async dropBodies(ids: readonly Hash[]): Promise<number> {
    const found = await Promise.all(ids.map((id) => this.#operations.index("id").get(keyOf(id))));
    const rows = new Map(found.flatMap((row) => (row ? [[row.arrival, row] as const] : [])));
    let dropped = 0;
    for (const row of rows.values()) {
      const body = await this.#bodies.get(row.arrival);
      if (body === undefined && !isWanted(row)) continue;
      dropped += 1;
      const log = await this.#log(row);
      log.bytes -= body?.length ?? 0;
      if (isWanted(row)) log.wanted -= 1;
      const { wantedSeq: _nobodyWaits, ...rest } = row;
      await this.#bodies.delete(row.arrival);
      await this.#operations.put({ ...rest, size: row.header.length });
    }
    await this.#finish(undefined);
    return dropped;
  }

  /** What is not here, and not pruned by this very commit. */
  async #fresh(): Promise<Fresh[]> {
    const { operations, prunes } = this.#commit;
    const known = await Promise.all(operations.map(({ id }) => this.#operations.index("id").getKey(keyOf(id))));
    let arrival = ((await this.#state.get(ARRIVAL)) as number | undefined) ?? 0;
    const fresh = new Map<string, Fresh>();
    for (const [index, entry] of operations.entries()) {
      const name = toHex(entry.id);
      if (known[index] !== undefined || fresh.has(name) || isPruned(entry, prunes)) continue;
      const { backlink: _backlink, payloadSize: _size, ...rest } = entry;
      arrival += 1;
      fresh.set(name, { entry, stored: { ...rest, arrival } });
    }
    return [...fresh.values()];
  }

  /** Bodies for which somebody waits, stored or new. */
  async #filled(fresh: readonly Fresh[]): Promise<Filled[]> {
    const { lateBodies, prunes } = this.#commit;
    const arrivals = new Map(fresh.map(({ entry, stored }) => [toHex(entry.id), rowOf(entry, stored)]));
    const filled = new Map<string, Filled>();
    for (const { id, body } of lateBodies) {
      const name = toHex(id);
      const row = arrivals.get(name) ?? (await this.#operations.index("id").get(keyOf(id)));
      if (row === undefined || !isWanted(row) || filled.has(name) || isPruned(row, prunes)) continue;
      filled.set(name, { row, stored: storedOperation(row, body) });
    }
    return [...filled.values()];
  }

  /** An operation that was here may be new to this topic. */
  async #carry(): Promise<void> {
    const { operations, prunes, topic } = this.#commit;
    const name = toHex(topic);
    for (const entry of operations) {
      if (isPruned(entry, prunes)) continue;
      const log = await this.#log(entry);
      if (!log.topics.includes(name)) log.topics = [...log.topics, name];
    }
  }

  async #put({ entry, stored }: Fresh): Promise<void> {
    const row = rowOf(entry, stored);
    const log = await this.#log(entry);
    const isFollowed = log.operations > 0 && entry.seqNum < log.height && (await this.#isFollowed(row));
    const { backlink } = entry;
    const ends = backlink === undefined ? log.ends : log.ends.filter((end) => !equalBytes(end, backlink));
    log.ends = isFollowed ? ends : [...ends, row.id];
    log.height = Math.max(log.height, entry.seqNum);
    log.operations += 1;
    log.bytes += row.size;
    log.newest = stored.arrival;
    if (isWanted(row)) log.wanted += 1;
    const { body } = entry;
    if (body) this.#later(this.#bodies.put(body.slice(), row.arrival));
    this.#later(this.#operations.put(row));
    if (this.#pending.length % BREATH_WRITES < 2) await this.#pending.at(-1);
  }

  /** Whoever writes many rows need not wait for each; a failure shows at the end. */
  #later(writing: Promise<unknown>): void {
    writing.catch(() => {});
    this.#pending.push(writing);
  }

  async #isFollowed({ author, logId, seqNum, id }: OperationRow): Promise<boolean> {
    const range = placeRange({ author, logId, from: seqNum + 1, to: seqNum + 1 });
    const next = await this.#operations.index("place").getAll(range);
    return next.some(({ backlink }) => backlink !== undefined && equalBytes(backlink, id));
  }

  async #prune(prune: LogKey & { readonly seqNum: number }): Promise<void> {
    const log = await this.#log(prune);
    if (log.operations === 0 || prune.seqNum === 0) return;
    const place = this.#operations.index("place");
    const gone = await place.getAll(placeRange({ ...prune, from: 0, to: prune.seqNum - 1 }));
    for (const row of gone) {
      await this.#operations.delete(row.arrival);
      await this.#bodies.delete(row.arrival);
      log.operations -= 1;
      log.bytes -= row.size;
      if (isWanted(row)) log.wanted -= 1;
    }
    const names = new Set(gone.map(({ id }) => toHex(id)));
    log.ends = log.ends.filter((end) => !names.has(toHex(end)));
    if (!gone.some(({ arrival }) => arrival === log.newest)) return;
    const left = await place.getAll(placeRange({ ...prune, from: prune.seqNum, to: Number.POSITIVE_INFINITY }));
    log.newest = Math.max(0, ...left.map(({ arrival }) => arrival));
    log.height = Math.max(0, ...left.map(({ seqNum }) => seqNum));
  }

  async #fill(stored: StoredOperation): Promise<void> {
    const row = await this.#operations.get(stored.arrival);
    const { body } = stored;
    if (row === undefined || body === undefined) return;
    const log = await this.#log(row);
    const { wantedSeq: _nobodyWaits, ...rest } = row;
    log.wanted -= 1;
    log.bytes += body.length;
    await this.#bodies.put(body.slice(), row.arrival);
    await this.#operations.put({ ...rest, size: row.size + body.length });
  }

  async #finish(arrival: number | undefined): Promise<void> {
    for (const log of this.#rows.values()) if (log.topics.length > 0) await this.#logs.put(log);
    if (arrival !== undefined) await this.#state.put(arrival, ARRIVAL);
    await Promise.all(this.#pending);
  }

  async #log(key: LogKey): Promise<LogRow> {
    const name = logName(key);
    const { author, logId } = key;
    const row = this.#rows.get(name) ?? (await this.#logs.get([keyOf(author), keyOf(logId)])) ?? newLog(key);
    this.#rows.set(name, row);
    return row;
  }
}

function newLog({ author, logId }: LogKey): LogRow {
  const [writer, id] = [author.slice() as LogRow["author"], logId.slice() as LogRow["logId"]];
  return { author: writer, logId: id, topics: [], height: 0, ends: [], operations: 0, wanted: 0, bytes: 0, newest: 0 };
}

/** Copies: the bytes may be views into a frame, and IndexedDB would keep the whole of it. */
function rowOf(entry: NewEntry, { arrival }: StoredOperation): OperationRow {
  const { id, author, logId, seqNum, headerBytes, backlink, body, payloadSize, introducer } = entry;
  return {
    arrival,
    id: id.slice(),
    author: author.slice() as OperationRow["author"],
    logId: logId.slice() as OperationRow["logId"],
    seqNum,
    header: headerBytes.slice(),
    ...(backlink && { backlink: backlink.slice() }),
    introducer,
    size: headerBytes.length + (body?.length ?? 0),
    ...(payloadSize > 0 && body === undefined && { wantedSeq: seqNum }),
  };
}

function isPruned(entry: LogKey & { readonly seqNum: number }, prunes: Commit["prunes"]): boolean {
  return prunes.some((prune) => entry.seqNum < prune.seqNum && logName(entry) === logName(prune));
}

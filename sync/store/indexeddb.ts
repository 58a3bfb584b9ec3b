// A store in a browser's IndexedDB: what SqliteStore is to a box, this is to a phone. Works on a page from plain HTTP. Rows
// and writing are in indexeddb-commit.ts. A transaction of IndexedDB ends as soon as nothing is asked of it, so between its
// first question and its last nothing else is ever awaited.
//
// Invariant: of all tabs of one phone only the one that took the pen last can commit. Each commit looks who has it, in its
// own transaction, so no log is ever written by two, however asleep a tab was.
import { deleteDB, type IDBPDatabase, openDB } from "idb";
import { compareBytes, type Hash, type Topic, toHex, type VerifyingKey } from "../../protocol/operation/bytes.ts";
import { type LogKey, type LogRange, logName } from "../../protocol/operation/log.ts";
import type { AuthorUsage, Commit, CommitHook, Entry, LogState, Store, StoredOperation } from "../ports.ts";
import { StoreError } from "./errors.ts";
import { IndexedDbCommit, type Writing } from "./indexeddb-commit.ts";
import { asIndexedDbError } from "./indexeddb-errors.ts";
import {
  ARRIVAL,
  createStores,
  isWanted,
  keyOf,
  type LogRow,
  type OperationRow,
  PEN,
  placeRange,
  STORE_NAMES,
  type StoreSchema,
  storedOperation,
} from "./indexeddb-rows.ts";

/** Counts up with every change of a row. */
const VERSION = 1;
/** Rows held in memory at once where all have to be looked at; with the largest headers 300 KiB. */
const PAGE_ROWS = 500;

export interface IndexedDbStoreOptions {
  /** Of the database; one for each replica. */
  readonly name: string;
  readonly onCommit?: CommitHook;
}

export class IndexedDbStore implements Store {
  readonly #database: IDBPDatabase<StoreSchema>;
  readonly #onCommit: CommitHook | undefined;
  #pen: string | undefined;

  private constructor(database: IDBPDatabase<StoreSchema>, onCommit: CommitHook | undefined) {
    this.#database = database;
    this.#onCommit = onCommit;
  }

  /** Rejects with StoreError: E_STORE_VERSION for one of a later release, E_STORE_READONLY where a browser forbids it. */
  static async open({ name, onCommit }: IndexedDbStoreOptions): Promise<IndexedDbStore> {
    try {
      const database = await openDB<StoreSchema>(name, VERSION, {
        upgrade: createStores,
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      });
      return new IndexedDbStore(database, onCommit);
    } catch (error) {
      throw asIndexedDbError(error, "open the store");
    }
  }

  /** Everything in it. Others that have it open let go of it. */
  static async delete(name: string): Promise<void> {
    await deleteDB(name);
  }

  /** From now on only this one may commit; `token` is unlike any other. Whoever had the pen gets E_STORE_LOCKED. */
  async takePen(token: string): Promise<void> {
    await this.#ask("take the pen", () => this.#database.put("state", token, PEN));
    this.#pen = token;
  }

  /** True if no other took the pen since. */
  async hasPen(): Promise<boolean> {
    return (await this.#ask("look for the pen", () => this.#database.get("state", PEN))) === this.#pen;
  }

  async commit(commit: Commit): Promise<StoredOperation[]> {
    return this.#write("commit operations", async (writing) => {
      return await new IndexedDbCommit(writing, commit, this.#onCommit).run();
    });
  }

  async dropBodies(ids: readonly Hash[]): Promise<number> {
    return this.#write("drop bodies", async (writing) => {
      const nothing = { topic: new Uint8Array() as Topic, operations: [], lateBodies: [], prunes: [] };
      return await new IndexedDbCommit(writing, nothing, undefined).dropBodies(ids);
    });
  }

  async find(ids: readonly Hash[]): Promise<("absent" | "header" | "whole")[]> {
    const rows = await this.#rowsById(ids);
    return rows.map((row) => {
      if (row === undefined) return "absent";
      return isWanted(row) ? "header" : "whole";
    });
  }

  async entriesAt(log: LogKey, seqNum: number): Promise<Entry[]> {
    const range = placeRange({ ...log, from: seqNum, to: seqNum });
    const rows = await this.#ask("read a log", () => this.#database.getAllFromIndex("operations", "place", range));
    return rows.map(({ id }) => ({ id: id as Hash, seqNum }));
  }

  async logs(topic: Topic): Promise<LogState[]> {
    return this.#ask("read the logs", async () => {
      const reading = this.#database.transaction(["logs", "operations"]);
      const rows = await reading.objectStore("logs").index("topics").getAll(toHex(topic));
      const wanted = reading.objectStore("operations").index("wanted");
      const states = rows
        .filter(({ operations }) => operations > 0)
        .map(async (row): Promise<LogState> => {
          const first =
            row.wanted > 0
              ? await wanted.get(placeRange({ ...row, from: 0, to: Number.POSITIVE_INFINITY }))
              : undefined;
          return {
            author: row.author,
            logId: row.logId,
            height: row.height,
            ...(first && { wantedFrom: first.seqNum }),
            ends: row.ends.toSorted(compareBytes) as Hash[],
          };
        });
      return (await Promise.all(states)).sort(
        (a, b) => compareBytes(a.author, b.author) || compareBytes(a.logId, b.logId),
      );
    });
  }

  async read(range: LogRange, limit: number): Promise<StoredOperation[]> {
    if (range.from > range.to) return [];
    return this.#ask("read a log", async () => {
      const reading = this.#database.transaction(["operations", "bodies"]);
      const place = reading.objectStore("operations").index("place");
      const rows = await place.getAll(placeRange(range), limit);
      const last = rows.at(-1);
      if (rows.length === limit && last !== undefined) {
        const rest = await place.getAll(placeRange({ ...range, from: last.seqNum, to: last.seqNum }));
        rows.push(...rest.filter(({ arrival }) => rows.every((row) => row.arrival !== arrival)));
      }
      const bodies = reading.objectStore("bodies");
      return await Promise.all(rows.map(async (row) => storedOperation(row, await bodies.get(row.arrival))));
    });
  }

  async totals(ranges: readonly LogRange[]): Promise<{ operations: number; bytes: number }> {
    const totals = { operations: 0, bytes: 0 };
    for (const range of ranges) {
      const log = await this.#ask("read a log", () =>
        this.#database.get("logs", [keyOf(range.author), keyOf(range.logId)]),
      );
      if (log === undefined) continue;
      const part = range.from === 0 && range.to >= log.height ? log : await this.#rangeTotals(range);
      totals.operations += part.operations;
      totals.bytes += part.bytes;
    }
    return totals;
  }

  async since(topic: Topic, arrival: number, limit: number): Promise<StoredOperation[]> {
    return this.#ask("read what arrived", async () => {
      const reading = this.#database.transaction(["operations", "bodies", "logs"]);
      const carried = await carriedBy(topic, reading.objectStore("logs"));
      const bodies = reading.objectStore("bodies");
      const found: OperationRow[] = [];
      let after = arrival;
      while (found.length < limit) {
        const page = await reading.objectStore("operations").getAll(IDBKeyRange.lowerBound(after, true), limit);
        found.push(...page.filter(carried).slice(0, limit - found.length));
        after = page.at(-1)?.arrival ?? after;
        if (page.length < limit) break;
      }
      return await Promise.all(found.map(async (row) => storedOperation(row, await bodies.get(row.arrival))));
    });
  }

  async get(id: Hash): Promise<StoredOperation | undefined> {
    return this.#ask("read an operation", async () => {
      const reading = this.#database.transaction(["operations", "bodies"]);
      const row = await reading.objectStore("operations").index("id").get(keyOf(id));
      return row && storedOperation(row, await reading.objectStore("bodies").get(row.arrival));
    });
  }

  async lastArrival(): Promise<number> {
    return ((await this.#ask("read the store", () => this.#database.get("state", ARRIVAL))) as number | undefined) ?? 0;
  }

  async count(): Promise<number> {
    return this.#ask("count operations", () => this.#database.count("operations"));
  }

  async ids(topic: Topic): Promise<Hash[]> {
    const ids: Hash[] = [];
    let after = 0;
    for (;;) {
      const page = await this.#rowsAfter(topic, after);
      ids.push(...page.rows.map(({ id }) => id as Hash));
      if (page.last === undefined) return ids.sort(compareBytes);
      after = page.last;
    }
  }

  async usage(topic: Topic): Promise<AuthorUsage[]> {
    const rows = await this.#ask("read the logs", () => this.#database.getAllFromIndex("logs", "topics", toHex(topic)));
    const authors = Map.groupBy(
      rows.filter(({ operations }) => operations > 0),
      ({ author }) => toHex(author),
    );
    const usages = [...authors.values()].map((logs) => ({
      author: (logs[0] as LogRow).author as VerifyingKey,
      operations: logs.reduce((sum, { operations }) => sum + operations, 0),
      bytes: logs.reduce((sum, { bytes }) => sum + bytes, 0),
      newest: Math.max(...logs.map(({ newest }) => newest)),
    }));
    return usages.sort((a, b) => compareBytes(a.author, b.author));
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #rowsById(ids: readonly Hash[]): Promise<(OperationRow | undefined)[]> {
    return this.#ask("look for operations", async () => {
      const index = this.#database.transaction("operations").store.index("id");
      return await Promise.all(ids.map((id) => index.get(keyOf(id))));
    });
  }

  /** One page of the rows of a topic; `last` is absent behind the end. */
  #rowsAfter(topic: Topic, after: number): Promise<{ rows: readonly OperationRow[]; last: number | undefined }> {
    return this.#ask("read all operations", async () => {
      const reading = this.#database.transaction(["operations", "logs"]);
      const carried = await carriedBy(topic, reading.objectStore("logs"));
      const page = await reading.objectStore("operations").getAll(IDBKeyRange.lowerBound(after, true), PAGE_ROWS);
      return { rows: page.filter(carried), last: page.at(-1)?.arrival };
    });
  }

  async #rangeTotals(range: LogRange): Promise<{ operations: number; bytes: number }> {
    const totals = { operations: 0, bytes: 0 };
    let from = range.from;
    while (from <= range.to) {
      const bounds = placeRange({ ...range, from });
      const page = await this.#ask("read a log", () =>
        this.#database.getAllFromIndex("operations", "place", bounds, PAGE_ROWS),
      );
      const last = page.at(-1)?.seqNum;
      // The last place of a full page may be a fork that goes on in the next one.
      const counted = page.length < PAGE_ROWS ? page : page.filter(({ seqNum }) => seqNum !== last);
      totals.operations += counted.length;
      totals.bytes += counted.reduce((sum, { size }) => sum + size, 0);
      if (page.length < PAGE_ROWS || last === undefined) return totals;
      from = last;
    }
    return totals;
  }

  async #ask<Answer>(action: string, question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (error) {
      throw asIndexedDbError(error, action);
    }
  }

  /** All or nothing; a throw inside undoes it. */
  async #write<Result>(action: string, work: (writing: Writing) => Promise<Result>): Promise<Result> {
    const writing = this.#database.transaction(STORE_NAMES, "readwrite", { durability: "strict" });
    const done = writing.done.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    try {
      const pen = (await writing.objectStore("state").get(PEN)) as string | undefined;
      if (pen !== this.#pen) throw new StoreError("E_STORE_LOCKED", `Cannot ${action}: another tab writes`);
      const result = await work(writing);
      const failed = await done;
      if (failed) throw failed.error;
      return result;
    } catch (error) {
      try {
        writing.abort();
      } catch {
        // It has ended by itself.
      }
      await done;
      throw asIndexedDbError(error, action);
    }
  }
}

interface LogRows {
  getAll(): Promise<LogRow[]>;
}

/** Which rows belong to logs of this topic; most stores hold one topic only, and then all do. */
async function carriedBy(topic: Topic, logs: LogRows): Promise<(row: OperationRow) => boolean> {
  const name = toHex(topic);
  const all = await logs.getAll();
  const others = new Set(all.filter(({ topics }) => !topics.includes(name)).map((row) => logName(row)));
  return others.size === 0 ? () => true : (row) => !others.has(logName(row));
}

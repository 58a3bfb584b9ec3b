// How fast the SQLite store takes operations, what it writes for each, and how fast a box with 100,000 of them starts.
// One JSON line a row. Run: node test/bench/store.bench.ts
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  asHash,
  asLogId,
  asTopic,
  asVerifyingKey,
  HASH_BYTES,
  KEY_BYTES,
  type VerifyingKey,
} from "../../protocol/operation/bytes.ts";
import type { NewEntry } from "../../sync/ports.ts";
import { openDatabase } from "../../sync/store/database.ts";
import { SqliteStore } from "../../sync/store/sqlite.ts";
import { seededRandom } from "../support/seeded-random.ts";

const BATCHES = [1, 10, 100, 1000];
const OPERATIONS = 20_000;
const AUTHORS = 50;
const ROUNDS = 3;
const BOX_OPERATIONS = 100_000;
const BOX_AUTHORS = 500;
const MAX_PAGES = 100_000;
/** Id, header and body. */
const OPERATION_BYTES = 500;
const BODY_FROM = 262;

const random = seededRandom(1);
const topic = asTopic(randomBytes(32));
const logId = asLogId(randomBytes(32));

function randomBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random() * 256);
}

/**
 * The store verifies nothing, so nothing is signed: random bytes, linked. As in a frame, all bytes lie in one buffer.
 * `turn` says whose operation comes next.
 */
function mint(operations: number, authors: number, turn: (index: number) => number): NewEntry[] {
  const keys = Array.from({ length: authors }, () => asVerifyingKey(randomBytes(KEY_BYTES)));
  const bytes = randomBytes(operations * OPERATION_BYTES);
  const newest = new Map<number, NewEntry>();
  return Array.from({ length: operations }, (_, index) => {
    const author = turn(index) % authors;
    const previous = newest.get(author);
    const part = (from: number, to: number) =>
      bytes.subarray(index * OPERATION_BYTES + from, index * OPERATION_BYTES + to);
    const entry = {
      id: asHash(part(0, HASH_BYTES)),
      author: keys[author] as VerifyingKey,
      logId,
      seqNum: previous ? previous.seqNum + 1 : 0,
      headerBytes: part(HASH_BYTES, BODY_FROM),
      body: part(BODY_FROM, OPERATION_BYTES),
      payloadSize: OPERATION_BYTES - BODY_FROM,
      introducer: 1,
      ...(previous && { backlink: previous.id }),
    };
    newest.set(author, entry);
    return entry;
  });
}

/** Bytes this process handed to write calls so far; undefined where the system does not tell. */
function bytesWritten(): number | undefined {
  try {
    const wchar = /^wchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"));
    return wchar ? Number(wchar[1]) : undefined;
  } catch {
    return undefined;
  }
}

async function withFolder<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-bench-"));
  try {
    return await work(join(folder, "box.sqlite"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function openStore(path: string): SqliteStore {
  return new SqliteStore(openDatabase(path, { maxPages: MAX_PAGES }));
}

async function fill(store: SqliteStore, entries: readonly NewEntry[], batch: number): Promise<void> {
  for (let from = 0; from < entries.length; from += batch) {
    const operations = entries.slice(from, from + batch);
    await store.commit({ topic, operations, lateBodies: [], prunes: [] });
  }
}

interface Insertion {
  readonly rowsPerSecond: number;
  readonly bytesPerOperation: number | undefined;
}

async function insert(entries: readonly NewEntry[], batch: number): Promise<Insertion> {
  return withFolder(async (path) => {
    const store = openStore(path);
    const bytesBefore = bytesWritten();
    const start = performance.now();
    await fill(store, entries, batch);
    const seconds = (performance.now() - start) / 1000;
    await store.close();
    const bytesAfter = bytesWritten();
    const bytes = bytesBefore !== undefined && bytesAfter !== undefined ? bytesAfter - bytesBefore : undefined;
    return { rowsPerSecond: entries.length / seconds, bytesPerOperation: bytes && bytes / entries.length };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

async function benchInsert(order: string, turn: (index: number) => number): Promise<void> {
  const entries = mint(OPERATIONS, AUTHORS, turn);
  for (const batch of BATCHES) {
    const rounds: Insertion[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await insert(entries, batch));
    const rowsPerSecond = Math.round(median(rounds.map((round) => round.rowsPerSecond)));
    const bytesPerOperation = Math.round(rounds[0]?.bytesPerOperation ?? Number.NaN);
    const row = { name: `insert, ${order}`, batch, rowsPerSecond, commitsPerOperation: 1 / batch, bytesPerOperation };
    console.log(JSON.stringify({ bench: "store", ...row }));
  }
}

async function timed<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  const start = performance.now();
  const result = await work();
  const row = { name, operations: BOX_OPERATIONS, logs: BOX_AUTHORS, ms: +(performance.now() - start).toFixed(2) };
  console.log(JSON.stringify({ bench: "store", ...row }));
  return result;
}

async function benchBox(): Promise<void> {
  await withFolder(async (path) => {
    const filled = openStore(path);
    await fill(
      filled,
      mint(BOX_OPERATIONS, BOX_AUTHORS, (index) => index),
      1000,
    );
    await filled.close();
    const store = await timed("open, last arrival, logs", async () => {
      const opened = openStore(path);
      await opened.lastArrival();
      await opened.logs(topic);
      return opened;
    });
    const logs = await timed("logs", () => store.logs(topic));
    const ranges = logs.map((log) => ({ author: log.author, logId: log.logId, from: 0, to: log.height }));
    await timed("totals of everything", () => store.totals(ranges));
    await timed("read everything, pages of 100", async () => {
      for (const range of ranges) {
        for (let from = 0; from <= range.to; from += 100) await store.read({ ...range, from }, 100);
      }
    });
    await timed("the last 100 arrivals", () => store.since(topic, BOX_OPERATIONS - 100, 100));
    await timed("all ids", () => store.ids(topic));
    await timed("count", () => store.count());
    await store.close();
  });
}

await benchInsert("one log after the other", (index) => Math.floor(index / (OPERATIONS / AUTHORS)));
await benchInsert("logs in turn", (index) => index);
await benchBox();

// How fast ingest takes operations, from bytes to committed, beside the least code that could do it: decode, two hashes,
// one signature, one insert, commits of 100 (the loop "ideal ingest x100" of ../shared/peers, restated). Rounds take
// turns, so that a busy machine slows all alike. One JSON line each; `ratio` is our time by the ideal's of the same run.
import { createPublicKey, type KeyObject, randomBytes, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { Encoder } from "cbor-x";
import { createBLAKE3 } from "hash-wasm";
import { asLogId, asSigningKey, asTopic } from "../../protocol/operation/bytes.ts";
import type { CryptoSuite } from "../../protocol/operation/crypto.ts";
import { decodeOperation, type Operation } from "../../protocol/operation/operation.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import { Ingest } from "../../sync/ingest.ts";
import { openDatabase } from "../../sync/store/database.ts";
import { SqliteStore } from "../../sync/store/sqlite.ts";
import { Author } from "./author.ts";
import { loadEventBody } from "./event-body.ts";
import { median, quick, rounded, say } from "./measure.ts";

const AUTHORS = 200;
const PER_AUTHOR = quick ? 10 : 50;
const ROUNDS = quick ? 2 : 5;
const BATCH = 100;
/** As a peer hands them in: one at a time, no more than this many unanswered. */
const IN_FLIGHT = 256;
const MAX_PAGES = 100_000;

type Wire = Pick<Operation, "headerBytes"> & { readonly body: Uint8Array };
interface Round {
  readonly perSecond: number;
  readonly commits: number;
}

const pool = await createNodeCrypto();
const topic = asTopic(pool.hash(new TextEncoder().encode("ingest")));
const logId = asLogId(pool.hash(topic));
const operations = await mint();

/** Author by author, as log sync sends them. */
async function mint(): Promise<readonly Wire[]> {
  const body = await loadEventBody();
  return Array.from({ length: AUTHORS }, (_, number) => {
    const signingKey = asSigningKey(new Uint8Array(randomBytes(32)));
    const author = new Author({ number, signingKey, logId, suite: pool, body });
    return Array.from({ length: PER_AUTHOR }, () => author.write() as Wire);
  }).flat();
}

/** Verifies where it is asked, on this thread. */
function onOneThread(suite: CryptoSuite): CryptoSuite {
  return {
    hash: (bytes) => suite.hash(bytes),
    verifyingKey: (key) => suite.verifyingKey(key),
    sign: (message, key) => suite.sign(message, key),
    verify: (message, signature, key) => suite.verify(message, signature, key),
    verifyLater: (message, signature, key) => Promise.resolve(suite.verify(message, signature, key)),
  };
}

async function ours(suite: CryptoSuite): Promise<Round> {
  return withFolder(async (path) => {
    const store = new SqliteStore(openDatabase(path, { maxPages: MAX_PAGES }));
    const listener = { accepted: () => {}, completed: () => {} };
    const ingest = new Ingest({ store, suite, topic, listener });
    const start = performance.now();
    await submitAll(ingest, suite);
    const seconds = (performance.now() - start) / 1000;
    if ((await store.count()) !== operations.length) throw new Error("Cannot measure ingest: operations are missing");
    await store.close();
    return { perSecond: operations.length / seconds, commits: ingest.commits };
  });
}

async function submitAll(ingest: Ingest, suite: CryptoSuite): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    for (let wire = operations[next++]; wire; wire = operations[next++]) {
      await ingest.submit([{ operation: decodeOperation(wire.headerBytes, wire.body, suite), introducer: 1 }]);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
}

/** As the ideal has it: keys imported once, before the clock starts. */
const keys = new Map<string, KeyObject>();
const hasher = await createBLAKE3();
const cbor = new Encoder({ useRecords: false, tagUint8Array: false });

function nameOf(key: Uint8Array): string {
  return Buffer.from(key).toString("latin1");
}

function hash(bytes: Uint8Array): Uint8Array {
  return hasher.init().update(bytes).digest("binary");
}

/** version, key, signature, size, hash, sequence number, backlink unless first, extensions. */
type Items = [number, Uint8Array, Uint8Array, number, Uint8Array, number, ...unknown[]];

function takeIdeally({ headerBytes, body }: Wire): readonly unknown[] {
  const items = cbor.decode(headerBytes) as Items;
  const [, key, signature, , payloadHash, seqNum] = items;
  if (!Buffer.from(hash(body)).equals(payloadHash)) throw new Error("Cannot measure: the body is another");
  const unsigned = cbor.encode(items.toSpliced(2, 1));
  const keyObject = keys.get(nameOf(key)) as KeyObject;
  if (!verify(null, unsigned, keyObject, signature)) throw new Error("Cannot measure: the signature is refused");
  return [key, seqNum, hash(headerBytes), headerBytes, body];
}

async function ideal(): Promise<Round> {
  return withFolder(async (path) => {
    const database = new Sqlite(path);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.exec("CREATE TABLE o (a BLOB, s INT, i BLOB, h BLOB, b BLOB, PRIMARY KEY (a, s)) WITHOUT ROWID");
    const insert = database.prepare("INSERT INTO o VALUES (?, ?, ?, ?, ?)");
    const batch = database.transaction((wires: readonly Wire[]) => {
      for (const wire of wires) insert.run(...takeIdeally(wire));
    });
    const start = performance.now();
    for (let from = 0; from < operations.length; from += BATCH) batch(operations.slice(from, from + BATCH));
    const seconds = (performance.now() - start) / 1000;
    database.close();
    return { perSecond: operations.length / seconds, commits: operations.length / BATCH };
  });
}

async function withFolder<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-ingest-"));
  try {
    return await work(join(folder, "box.sqlite"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function importKeys(): void {
  for (const { headerBytes } of operations) {
    const { verifyingKey } = decodeOperation(headerBytes, undefined, pool).header;
    const name = nameOf(verifyingKey);
    if (keys.has(name)) continue;
    const key = Buffer.from(verifyingKey);
    keys.set(name, createPublicKey({ key, format: "raw-public", asymmetricKeyType: "ed25519" }));
  }
}

importKeys();
const single = onOneThread(pool);
const contenders = [
  { name: "ideal x100", run: ideal, rounds: [] as Round[] },
  { name: "ours, one thread", run: () => ours(single), rounds: [] as Round[] },
  { name: "ours, thread pool", run: () => ours(pool), rounds: [] as Round[] },
];
for (const { run } of contenders) await run();
for (let round = 0; round < ROUNDS; round++) {
  for (const { run, rounds } of contenders) rounds.push(await run());
}
const [baseline = Number.NaN] = contenders.map(({ rounds }) => median(rounds.map(({ perSecond }) => perSecond)));
for (const { name, rounds } of contenders) {
  const perSecond = median(rounds.map((round) => round.perSecond));
  const commitsPerOperation = median(rounds.map((round) => round.commits)) / operations.length;
  say({
    bench: "ingest",
    name,
    operations: operations.length,
    operationsPerSecond: Math.round(perSecond),
    ratio: rounded(baseline / perSecond),
    commitsPerOperation: rounded(commitsPerOperation),
  });
}

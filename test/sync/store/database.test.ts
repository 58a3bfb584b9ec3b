// What happens when the medium under the store is full, read-only, damaged, taken or from another time.
import assert from "node:assert/strict";
import { chmodSync, closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import Sqlite from "better-sqlite3";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import type { StoredOperation } from "../../../sync/ports.ts";
import { openDatabase } from "../../../sync/store/database.ts";
import { asStoreError, StoreError } from "../../../sync/store/errors.ts";
import { SqliteStore } from "../../../sync/store/sqlite.ts";
import { commitOf, pruneOf, rangeOf } from "../../support/store-commits.ts";
import { databasePath, openStore } from "../../support/store-folder.ts";
import { TestLog } from "../../support/test-log.ts";

const suite = await createNodeCrypto();
const PAGE_BYTES = 4096;

async function filledStore(t: TestContext, operations: number): Promise<{ path: string; log: TestLog }> {
  const path = databasePath(t);
  const store = openStore(path);
  const log = new TestLog(suite, "ada");
  await store.commit(commitOf(log, log.entries(log.appendMany(operations))));
  await store.close();
  return { path, log };
}

test("a database is opened durable and bounded", (t) => {
  const database = openDatabase(databasePath(t), { maxPages: 1_234 });
  t.after(() => database.close());
  const expected = {
    journal_mode: "wal",
    synchronous: 2,
    wal_autocheckpoint: 1_000,
    journal_size_limit: 8 * 1024 * 1024,
    max_page_count: 1_234,
    busy_timeout: 5_000,
    cell_size_check: 1,
    trusted_schema: 0,
    foreign_keys: 1,
    mmap_size: 0,
    temp_store: 2,
    cache_size: -8_000,
  };
  const found = Object.keys(expected).map((name) => [name, database.pragma(name, { simple: true })]);
  assert.deepEqual(Object.fromEntries(found), expected);
});

test("a full store keeps what it acknowledged, and pruning makes room again", async (t) => {
  const path = databasePath(t);
  const store = new SqliteStore(openDatabase(path, { maxPages: 60 }));
  t.after(() => store.close());
  const log = new TestLog(suite, "ada");
  const acknowledged: StoredOperation[] = [];
  const fill = async () => {
    for (;;) acknowledged.push(...(await store.commit(commitOf(log, log.entries(log.appendMany(10))))));
  };
  await assert.rejects(fill(), { name: "StoreError", code: "E_STORE_FULL" });
  const last = acknowledged.length - 1;
  assert.ok(last > 50, `only ${last} operations fitted`);
  assert.deepEqual(await store.read(rangeOf(log, 0, last), 10_000), acknowledged);
  await store.commit(commitOf(log, [], pruneOf(log, last)));
  const [again] = await store.commit(commitOf(log, [log.entry(log.append())]));
  assert.equal(again?.arrival, last + 2);
});

test("a file of a newer release is left alone", async (t) => {
  const { path } = await filledStore(t, 1);
  const database = openDatabase(path, { maxPages: 1_000 });
  database.pragma("user_version = 99");
  database.close();
  assert.throws(() => openStore(path), { name: "StoreError", code: "E_STORE_VERSION", message: /schema is 99/ });
});

test("a file that is not a database is reported as corrupt", (t) => {
  const path = databasePath(t);
  writeFileSync(path, Buffer.alloc(3 * PAGE_BYTES, "not a database "));
  const message = `Cannot open "${path}": file is not a database`;
  assert.throws(() => openStore(path), { name: "StoreError", code: "E_STORE_CORRUPT", message });
});

test("a damaged page is reported as corrupt where it is read", async (t) => {
  const { path, log } = await filledStore(t, 400);
  const file = openSync(path, "r+");
  for (let page = 30; page < statSync(path).size / PAGE_BYTES; page++) {
    writeSync(file, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, page * PAGE_BYTES);
  }
  closeSync(file);
  const store = openStore(path);
  t.after(() => store.close());
  const corrupt = { name: "StoreError", code: "E_STORE_CORRUPT", message: /Cannot read ".*": database disk image/ };
  await assert.rejects(store.read(rangeOf(log, 0, 399), 400), corrupt);
});

test("a store that another process keeps locked says so", async (t) => {
  const path = databasePath(t);
  const database = openDatabase(path, { maxPages: 1_000 });
  const store = new SqliteStore(database);
  t.after(() => store.close());
  database.pragma("busy_timeout = 0");
  const other = new Sqlite(path);
  t.after(() => other.close());
  const log = new TestLog(suite, "ada");
  other.exec("BEGIN IMMEDIATE");
  const commit = () => store.commit(commitOf(log, [log.entry(log.append())]));
  await assert.rejects(commit(), { name: "StoreError", code: "E_STORE_LOCKED" });
  assert.equal(await store.count(), 0);
  other.exec("ROLLBACK");
  assert.equal((await commit()).length, 1);
});

const isRoot = process.getuid?.() === 0;

test("a folder that cannot be written is read-only", { skip: isRoot && "root can write everywhere" }, (t) => {
  const folder = join(dirname(databasePath(t)), "sealed");
  mkdirSync(folder, { mode: 0o500 });
  t.after(() => chmodSync(folder, 0o700));
  assert.throws(() => openStore(join(folder, "box.sqlite")), { name: "StoreError", code: "E_STORE_READONLY" });
});

test("a path through a file is no place for a store", (t) => {
  const path = databasePath(t);
  writeFileSync(path, "");
  assert.throws(() => openStore(join(path, "box.sqlite")), { name: "StoreError", code: "E_STORE_IO" });
});

test("each failure of the medium has a code", () => {
  const failures = {
    SQLITE_FULL: "E_STORE_FULL",
    SQLITE_IOERR_SHMSIZE: "E_STORE_FULL",
    ENOSPC: "E_STORE_FULL",
    SQLITE_READONLY_DBMOVED: "E_STORE_READONLY",
    EACCES: "E_STORE_READONLY",
    EROFS: "E_STORE_READONLY",
    SQLITE_CORRUPT_INDEX: "E_STORE_CORRUPT",
    SQLITE_NOTADB: "E_STORE_CORRUPT",
    SQLITE_BUSY_SNAPSHOT: "E_STORE_LOCKED",
    SQLITE_IOERR_FSYNC: "E_STORE_IO",
    SQLITE_CANTOPEN: "E_STORE_IO",
  };
  for (const [code, expected] of Object.entries(failures)) {
    const cause = Object.assign(new Error("it broke"), { code });
    const error = asStoreError(cause, 'read "box.sqlite"');
    assert.ok(error instanceof StoreError);
    assert.deepEqual([error.code, error.cause, error.message], [expected, cause, 'Cannot read "box.sqlite": it broke']);
  }
});

test("what is not the medium's fault stays as it is", () => {
  const mistakes = [
    new TypeError("a bug"),
    Object.assign(new Error("syntax"), { code: "SQLITE_ERROR" }),
    "thrown text",
  ];
  for (const mistake of mistakes) assert.equal(asStoreError(mistake, "read"), mistake);
});

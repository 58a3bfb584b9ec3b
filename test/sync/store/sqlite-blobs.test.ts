// Blobs in SQLite keep the contract, outlive the process, come to a file of an earlier release, and say when it is full.
import assert from "node:assert/strict";
import { test } from "node:test";
import Sqlite from "better-sqlite3";
import { asHash, asTopic } from "../../../protocol/operation/bytes.ts";
import { openDatabase } from "../../../sync/store/database.ts";
import { MIGRATIONS } from "../../../sync/store/migrations.ts";
import { SqliteBlobs } from "../../../sync/store/sqlite-blobs.ts";
import { blobContract } from "../../contract/blob-contract.ts";
import { databasePath } from "../../support/store-folder.ts";

const TOPIC = asTopic(new Uint8Array(32).fill(1));
const hash = asHash(new Uint8Array(32).fill(9));

function open(path: string, maxPages = 10_000) {
  const database = openDatabase(path, { maxPages });
  return { database, blobs: new SqliteBlobs(database, TOPIC) };
}

blobContract("blobs in SQLite", (t) => {
  const { database, blobs } = open(databasePath(t));
  t.after(() => database.close());
  return blobs;
});

test("a blob is there after the file was closed, and another topic does not see it", async (t) => {
  const path = databasePath(t);
  const before = open(path);
  await before.blobs.put(hash, Uint8Array.of(1, 2));
  before.database.close();
  const { database, blobs } = open(path);
  t.after(() => database.close());
  const others = new SqliteBlobs(database, asTopic(new Uint8Array(32).fill(2)));
  assert.deepEqual(await blobs.get(hash), Uint8Array.of(1, 2));
  assert.deepEqual([await others.get(hash), await others.held(), await others.drop([hash])], [undefined, [], 0]);
  assert.deepEqual(await blobs.get(hash), Uint8Array.of(1, 2));
});

test("a file from before there were blobs gets their table and keeps the rest", async (t) => {
  const path = databasePath(t);
  const old = new Sqlite(path);
  old.exec(MIGRATIONS[0] as string);
  old.exec("UPDATE arrival SET last = 7");
  old.pragma("user_version = 1");
  old.close();
  const { database, blobs } = open(path);
  t.after(() => database.close());
  await blobs.put(hash, Uint8Array.of(1));
  assert.equal(database.prepare("SELECT last FROM arrival").pluck().get(), 7);
  assert.deepEqual(await blobs.get(hash), Uint8Array.of(1));
});

test("a full file refuses a blob, takes one away, and then has room", async (t) => {
  const { database, blobs } = open(databasePath(t), 60);
  t.after(() => database.close());
  const bytes = new Uint8Array(60_000);
  await blobs.put(hash, bytes);
  const more = [1, 2, 3].map((fill) => blobs.put(asHash(new Uint8Array(32).fill(fill)), bytes));
  const ends = await Promise.allSettled(more);
  const refused = ends.filter((end) => end.status === "rejected").map(({ reason }) => reason.code);
  assert.ok(refused.length > 0 && refused.every((code) => code === "E_STORE_FULL"), `${refused}`);
  assert.equal(await blobs.drop([hash]), 1);
  await blobs.put(asHash(new Uint8Array(32).fill(77)), bytes);
});

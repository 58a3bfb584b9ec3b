// What a box says of its card: from the real errors of the real store, until something is written again.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { StoreTrouble } from "../../device/store-trouble.ts";
import { openDatabase } from "../../sync/store/database.ts";
import { StoreError } from "../../sync/store/errors.ts";
import { SqliteStore } from "../../sync/store/sqlite.ts";
import { Person, TOPIC } from "./programme/festival-box.ts";

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-trouble-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const BODY = 60_000;
const MANY = 100;

test("a card that runs full is told, and is told to be well once something was written", async () => {
  const trouble = new StoreTrouble();
  const told: unknown[] = [];
  trouble.watch(() => told.push(trouble.trouble));
  const database = openDatabase(join(folder, "full.db"), { maxPages: 60 });
  const onFailure = (error: unknown) => trouble.failed(error);
  const store = new SqliteStore(database, { onCommit: trouble.healing(() => {}), onFailure });
  const ada = new Person("Ada");
  const write = (body: Uint8Array) =>
    store.commit({ topic: TOPIC, operations: [ada.write(body)], lateBodies: [], prunes: [] });
  await assert.rejects(async () => {
    for (let count = 0; count < MANY; count++) await write(new Uint8Array(BODY));
  }, StoreError);
  assert.equal(trouble.trouble, "card-full");
  database.pragma("max_page_count = 1000");
  await write(new Uint8Array(1));
  assert.equal(trouble.trouble, undefined);
  assert.deepEqual(told, ["card-full", undefined]);
  await store.close();
});

test("a card that cannot be read is broken, a lock is no trouble, and a bug is a fault", () => {
  const troubleAfter = (error: unknown) => {
    const trouble = new StoreTrouble();
    trouble.failed(error);
    return trouble.trouble;
  };
  const sqlite = (code: string) => Object.assign(new Error("disk"), { code });
  assert.equal(troubleAfter(sqlite("SQLITE_CORRUPT")), "card-broken");
  assert.equal(troubleAfter(sqlite("SQLITE_IOERR_READ")), "card-broken");
  assert.equal(troubleAfter(sqlite("SQLITE_BUSY")), undefined);
  assert.equal(troubleAfter(new StoreError("E_STORE_READONLY", "Cannot write")), "card-broken");
  assert.equal(troubleAfter(new TypeError("undefined is not a function")), "fault");
});

// Runs in a page: the IndexedDB stores against the contracts of all stores, and what only they promise.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import type { CommitHook } from "../../sync/ports.ts";
import { IndexedDbStore } from "../../sync/store/indexeddb.ts";
import { IndexedDbBlobs } from "../../sync/store/indexeddb-blobs.ts";
import { blobContract } from "../contract/blob-contract.ts";
import { storeContract } from "../contract/store-contract.ts";
import { commitOf, rangeOf } from "../support/store-commits.ts";
import { TestLog } from "../support/test-log.ts";
import { runAll } from "./support/page-test.ts";

let made = 0;

async function openStore(t: { after: (callback: () => Promise<void>) => void }, onCommit?: CommitHook) {
  made += 1;
  const name = `store ${made}`;
  const store = await IndexedDbStore.open({ name, ...(onCommit && { onCommit }) });
  t.after(() => IndexedDbStore.delete(name));
  return { name, store };
}

storeContract("the IndexedDB store", async (t, onCommit) => (await openStore(t, onCommit)).store);

blobContract("the IndexedDB store of blobs", async (t) => {
  made += 1;
  const name = `blobs ${made}`;
  t.after(() => IndexedDbBlobs.delete(name));
  return IndexedDbBlobs.open(name);
});

const suite = await createNodeCrypto();

describe("only the IndexedDB store", () => {
  test("what was committed is there after it was closed and opened again", async (t) => {
    const { name, store } = await openStore(t);
    const log = new TestLog(suite, "ada");
    await store.commit(commitOf(log, log.entries(log.appendMany(3))));
    await store.close();
    const again = await IndexedDbStore.open({ name });
    assert.equal((await again.read(rangeOf(log, 0, 9), 10)).length, 3);
    assert.equal(await again.lastArrival(), 3);
  });

  test("only the tab that took the pen last commits", async (t) => {
    const { name, store } = await openStore(t);
    const other = await IndexedDbStore.open({ name });
    const log = new TestLog(suite, "ada");
    const [first, second] = log.entries(log.appendMany(2));
    await store.takePen("one");
    await store.commit(commitOf(log, first ? [first] : []));
    await other.takePen("two");
    assert.deepEqual([await store.hasPen(), await other.hasPen()], [false, true]);
    await assert.rejects(store.commit(commitOf(log, second ? [second] : [])), { code: "E_STORE_LOCKED" });
    await assert.rejects(store.dropBodies([]), { code: "E_STORE_LOCKED" });
    await other.commit(commitOf(log, second ? [second] : []));
    assert.equal(await store.count(), 2);
  });

  test("a log of many operations is counted page by page", async (t) => {
    const { store } = await openStore(t);
    const log = new TestLog(suite, "ada");
    const entries = log.entries(log.appendMany(1_200));
    await store.commit(commitOf(log, entries));
    const bytes = entries.reduce((sum, { headerBytes, body }) => sum + headerBytes.length + (body?.length ?? 0), 0);
    const first = entries[0]?.headerBytes.length ?? 0;
    assert.deepEqual(await store.totals([rangeOf(log, 0, 1_199)]), { operations: 1_200, bytes });
    const rest = await store.totals([rangeOf(log, 1, 1_199)]);
    assert.deepEqual(rest, { operations: 1_199, bytes: bytes - first - (entries[0]?.body?.length ?? 0) });
    assert.equal((await store.ids(log.topic)).length, 1_200);
  });
});

Object.assign(globalThis, { results: runAll() });

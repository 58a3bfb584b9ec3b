// The SQLite store keeps the contract, answers as the reference store does, finds everything again, and shares its file
// with other processes.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Operation } from "../../../protocol/operation/operation.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import type { Commit, CommitHook } from "../../../sync/ports.ts";
import { openDatabase } from "../../../sync/store/database.ts";
import { MemoryStore } from "../../../sync/store/memory.ts";
import { SqliteStore } from "../../../sync/store/sqlite.ts";
import { storeContract } from "../../contract/store-contract.ts";
import { bodyOf, commitOf, contentOf, pruneOf, stored } from "../../support/store-commits.ts";
import { databasePath, openStore } from "../../support/store-folder.ts";
import { TestLog, withoutBody } from "../../support/test-log.ts";

const suite = await createNodeCrypto();

storeContract("the SQLite store", async (t, onCommit) => {
  const path = databasePath(t);
  const store = openStore(path, onCommit);
  t.after(() => store.close());
  return store;
});

test("a store that is opened again finds everything", async (t) => {
  const path = databasePath(t);
  const log = new TestLog(suite, "ada");
  const [first, ...others] = log.appendMany(10);
  const fork = log.append({ previous: first as Operation, body: "fork" });
  const before = openStore(path);
  await before.commit(commitOf(log, log.entries([first as Operation, ...others, fork])));
  await before.commit(commitOf(log, [], pruneOf(log, 1)));
  const content = await contentOf(before, log.topic);
  await before.close();
  await before.close();
  const after = openStore(path);
  t.after(() => after.close());
  assert.deepEqual(await contentOf(after, log.topic), content);
  assert.equal((await after.commit(commitOf(log, [log.entry(log.append())])))[0]?.arrival, 12);
});

test("two processes may write into the same file", async (t) => {
  const path = databasePath(t);
  const [box, importer] = [openStore(path), openStore(path)];
  t.after(() => Promise.all([box.close(), importer.close()]));
  const log = new TestLog(suite, "ada");
  const [first, second, third] = log.entries(log.appendMany(3)).map((entry) => entry);
  assert.ok(first && second && third);
  await box.commit(commitOf(log, [first]));
  assert.deepEqual(await importer.commit(commitOf(log, [first, second])), [stored(second, 2)]);
  assert.deepEqual(await box.commit(commitOf(log, [second, third])), [stored(third, 3)]);
  assert.deepEqual((await importer.logs(log.topic))[0]?.ends, [third.id]);
  assert.deepEqual(await contentOf(box, log.topic), await contentOf(importer, log.topic));
});

test("what a hook writes is there if and only if the operations are", async (t) => {
  const database = openDatabase(databasePath(t), { maxPages: 1_000 });
  database.exec("CREATE TABLE view (arrival INTEGER PRIMARY KEY) STRICT");
  const insert = database.prepare<[number]>("INSERT INTO view VALUES (?)");
  let fails = false;
  const onCommit: CommitHook = (operations) => {
    for (const { arrival } of operations) insert.run(arrival);
    if (fails) throw new RangeError("Cannot materialise");
  };
  const store = new SqliteStore(database, { onCommit });
  t.after(() => store.close());
  const view = database.prepare<[], number>("SELECT arrival FROM view").pluck();
  const log = new TestLog(suite, "ada");
  await store.commit(commitOf(log, log.entries(log.appendMany(2))));
  fails = true;
  await assert.rejects(store.commit(commitOf(log, log.entries(log.appendMany(2)))), { name: "RangeError" });
  assert.deepEqual([view.all(), await store.count()], [[1, 2], 2]);
});

/** Three logs in two topics, forked at random, some places pruning. */
const LOGS = [new TestLog(suite, "ada"), new TestLog(suite, "bo"), new TestLog(suite, "ada", "winter festival")];
const POOL_PER_LOG = 20;
const POOL = LOGS.flatMap((log) => {
  const operations: Operation[] = [];
  for (let i = 0; i < POOL_PER_LOG; i++) {
    const previous = operations.at(i % 4 === 3 ? -3 : -1);
    operations.push(log.append({ body: i % 5 ? `${i}` : "", ...(previous && { previous }) }));
  }
  return operations.map((operation) => ({ log, operation }));
});

const step = fc.record({
  /** Index into LOGS: whose topic carries the commit. */
  carrier: fc.nat(LOGS.length - 1),
  from: fc.nat(POOL.length - 1),
  count: fc.nat(12),
  withBodies: fc.boolean(),
  backwards: fc.boolean(),
  lateBodies: fc.array(fc.nat(POOL.length - 1), { maxLength: 4 }),
  pruneBelow: fc.option(fc.nat(POOL_PER_LOG), { freq: 4, nil: undefined }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function commitOfStep({ carrier, from, count, withBodies, backwards, lateBodies, pruneBelow }: Step): Commit {
  const log = LOGS[carrier] as TestLog;
  const taken = POOL.slice(from, from + count).map(({ log: own, operation }) => own.entry(operation, from));
  const entries = withBodies ? taken : taken.map(withoutBody);
  return commitOf(log, backwards ? entries.reverse() : entries, {
    lateBodies: lateBodies.flatMap((index) => POOL[index] ?? []).map(({ operation }) => bodyOf(operation)),
    ...(pruneBelow !== undefined && pruneOf(log, pruneBelow)),
  });
}

test("the SQLite store answers everything as the reference store does", async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const told: Parameters<CommitHook>[][] = [[], []];
      const sqlite = openStore(databasePath(t), (...parameters) => told[0]?.push(parameters));
      const memory = new MemoryStore({ onCommit: (...parameters) => told[1]?.push(parameters) });
      try {
        for (const each of steps) {
          const commit = commitOfStep(each);
          assert.deepEqual(await sqlite.commit(commit), await memory.commit(commit));
          for (const { topic } of LOGS) {
            assert.deepEqual(await contentOf(sqlite, topic), await contentOf(memory, topic));
          }
        }
        assert.deepEqual(told[0], told[1]);
      } finally {
        await sqlite.close();
      }
    }),
    { numRuns: 60 },
  );
});

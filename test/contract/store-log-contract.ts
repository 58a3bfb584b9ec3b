// What every store must do with logs: forks and their ends, order and pages, pruning. Part of store-contract.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareBytes } from "../../protocol/operation/bytes.ts";
import type { Operation } from "../../protocol/operation/operation.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import type { Store } from "../../sync/ports.ts";
import { bodyOf, commitOf, pruneOf, rangeOf, seqNums, sortedIds, stateOf, stored } from "../support/store-commits.ts";
import { TestLog, testTopic, withoutBody } from "../support/test-log.ts";
import type { StoreSetup } from "./store-contract.ts";

const suite = await createNodeCrypto();

export function forkContract(setup: StoreSetup): void {
  test("a log that nobody forked has one end", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const operations = log.appendMany(5);
    await store.commit(commitOf(log, log.entries(operations.slice(0, 2))));
    await store.commit(commitOf(log, log.entries(operations.slice(2))));
    const { author, logId } = log;
    assert.deepEqual(await store.logs(log.topic), [{ author, logId, height: 4, ends: [operations[4]?.id] }]);
  });

  test("both branches of a fork are stored, and the log has two ends", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const [first, second, third] = log.appendMany(3) as [Operation, Operation, Operation];
    const other = log.append({ previous: first, body: "other" });
    await store.commit(commitOf(log, log.entries([first, second, third])));
    await store.commit(commitOf(log, [log.entry(other)]));
    const state = await stateOf(store, log);
    assert.deepEqual([state?.height, state?.ends], [2, sortedIds(third, other)]);
    const ids = (await store.entriesAt(log, 1)).map(({ id }) => id);
    assert.deepEqual(ids.sort(compareBytes), sortedIds(second, other));
  });

  test("the ends of a forked log move as its branches grow", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const root = log.append({ body: "root" });
    const left = log.append({ previous: root, body: "left" });
    const right = log.append({ previous: root, body: "right" });
    const lefter = log.append({ previous: left, body: "lefter" });
    const third = log.append({ previous: left, body: "third" });
    const expected = [[root], [left], [left, right], [lefter, right], [lefter, right, third]];
    for (const [index, operation] of [root, left, right, lefter, third].entries()) {
      await store.commit(commitOf(log, [log.entry(operation)]));
      assert.deepEqual((await stateOf(store, log))?.ends, sortedIds(...(expected[index] ?? [])));
    }
    assert.equal((await stateOf(store, log))?.height, 2);
  });

  test("a log may be forked at its first operation, in one commit", async (t) => {
    const store = await setup(t);
    const [log, twin] = [new TestLog(suite, "ada"), new TestLog(suite, "ada")];
    const operations = [log.append({ body: "one" }), twin.append({ body: "two" })];
    await store.commit(commitOf(log, log.entries(operations)));
    const state = await stateOf(store, log);
    assert.deepEqual([state?.height, state?.ends], [0, sortedIds(...operations)]);
  });
}

export function orderContract(setup: StoreSetup): void {
  test("a log is read in order, from and to a place", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const entries = log.entries(log.appendMany(10));
    await store.commit(commitOf(log, entries));
    const middle = await store.read(rangeOf(log, 3, 7), 100);
    assert.deepEqual(
      middle,
      entries.slice(3, 8).map((entry) => stored(entry, entry.seqNum + 1)),
    );
    assert.deepEqual(seqNums(await store.read(rangeOf(log, 3, 7), 2)), [3, 4]);
    assert.deepEqual(seqNums(await store.read(rangeOf(log, 8, 100), 5)), [8, 9]);
    assert.deepEqual(seqNums(await store.read(rangeOf(log, 10, 100), 5)), []);
  });

  test("a page of a log never ends inside a fork", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const operations = log.appendMany(3);
    const other = log.append({ previous: operations[0] as Operation, body: "other" });
    await store.commit(commitOf(log, log.entries([...operations, other])));
    assert.deepEqual(seqNums(await store.read(rangeOf(log, 0, 9), 1)), [0]);
    assert.deepEqual(seqNums(await store.read(rangeOf(log, 0, 9), 2)), [0, 1, 1]);
    assert.deepEqual(seqNums(await store.read(rangeOf(log, 0, 9), 3)), [0, 1, 1]);
    assert.deepEqual(seqNums(await store.read(rangeOf(log, 0, 9), 4)), [0, 1, 1, 2]);
  });

  test("logs come ordered by author, each topic with its own", async (t) => {
    const store = await setup(t);
    const logs = ["ada", "bo", "cy", "di"].map((person) => new TestLog(suite, person));
    const elsewhere = new TestLog(suite, "ada", "winter festival");
    for (const log of [...logs, elsewhere]) await store.commit(commitOf(log, log.entries(log.appendMany(2))));
    const authors = (await store.logs(testTopic("summer festival", suite))).map(({ author }) => author);
    assert.deepEqual(authors, logs.map(({ author }) => author).sort(compareBytes));
    assert.deepEqual(
      (await store.logs(elsewhere.topic)).map(({ logId }) => logId),
      [elsewhere.logId],
    );
  });

  test("what arrived since comes in order of arrival, each topic its own", async (t) => {
    const store = await setup(t);
    const [ada, bo] = [new TestLog(suite, "ada"), new TestLog(suite, "bo")];
    const elsewhere = new TestLog(suite, "ada", "winter festival");
    const order = [bo, ada, elsewhere, bo, ada, elsewhere];
    for (const log of order) await store.commit(commitOf(log, [log.entry(log.append())]));
    const arrivals = async (...parameters: Parameters<Store["since"]>) =>
      (await store.since(...parameters)).map(({ arrival }) => arrival);
    assert.deepEqual(await arrivals(ada.topic, 0, 10), [1, 2, 4, 5]);
    assert.deepEqual(await arrivals(ada.topic, 1, 2), [2, 4]);
    assert.deepEqual(await arrivals(elsewhere.topic, 3, 10), [6]);
    assert.deepEqual(await arrivals(ada.topic, 5, 10), []);
    assert.deepEqual(await arrivals(testTopic("unheard of", suite), 0, 10), []);
  });

  test("a log that two topics carry belongs to both", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const entries = log.entries(log.appendMany(2));
    const topic = testTopic("winter festival", suite);
    await store.commit(commitOf(log, entries));
    assert.deepEqual(await store.commit(commitOf(log, entries, { topic })), []);
    assert.deepEqual(await store.logs(topic), await store.logs(log.topic));
    assert.equal((await store.since(topic, 0, 10)).length, 2);
  });

  test("totals count operations and the bytes that are here", async (t) => {
    const store = await setup(t);
    const [ada, bo] = [new TestLog(suite, "ada"), new TestLog(suite, "bo")];
    const adas = ada.entries(ada.appendMany(5));
    const bos = bo.entries(bo.appendMany(5)).map(withoutBody);
    await store.commit(commitOf(ada, [...adas, ...bos]));
    const bytes = [...adas.slice(2, 4), ...bos.slice(4)]
      .map(({ headerBytes, body }) => headerBytes.length + (body?.length ?? 0))
      .reduce((sum, size) => sum + size);
    assert.deepEqual(await store.totals([rangeOf(ada, 2, 3), rangeOf(bo, 4, 99)]), { operations: 3, bytes });
    assert.deepEqual(await store.totals([]), { operations: 0, bytes: 0 });
  });
}

export function pruneContract(setup: StoreSetup): void {
  test("a pruned log begins where it was pruned", async (t) => {
    const store = await setup(t);
    const [log, other] = [new TestLog(suite, "ada"), new TestLog(suite, "bo")];
    const operations = log.appendMany(5);
    await store.commit(commitOf(log, log.entries(operations)));
    await store.commit(commitOf(other, other.entries(other.appendMany(2))));
    await store.commit(commitOf(log, [], pruneOf(log, 3)));
    assert.deepEqual(seqNums(await store.read(rangeOf(log, 0, 9), 10)), [3, 4]);
    assert.deepEqual(await store.find(operations.map(({ id }) => id)), [
      "absent",
      "absent",
      "absent",
      "whole",
      "whole",
    ]);
    assert.deepEqual((await stateOf(store, log))?.ends, [operations[4]?.id]);
    assert.deepEqual([await store.count(), (await stateOf(store, other))?.height], [4, 1]);
  });

  test("what a commit prunes itself is not stored", async (t) => {
    const seen: number[] = [];
    const store = await setup(t, (operations) => seen.push(...seqNums(operations)));
    const log = new TestLog(suite, "ada");
    const operations = [...log.appendMany(3), log.append({ pruneFlag: true })];
    const late = { lateBodies: [bodyOf(operations[0] as Operation)] };
    const inserted = await store.commit(commitOf(log, log.entries(operations), { ...pruneOf(log, 3), ...late }));
    assert.deepEqual([seqNums(inserted), seen, await store.count()], [[3], [3], 1]);
  });

  test("a fork that is pruned away is forgotten", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const [first, second, third] = log.appendMany(3) as [Operation, Operation, Operation];
    const other = log.append({ previous: first, body: "other" });
    await store.commit(commitOf(log, log.entries([first, second, third, other])));
    await store.commit(commitOf(log, [], pruneOf(log, 2)));
    assert.deepEqual((await stateOf(store, log))?.ends, [third.id]);
    const fourth = log.append({ previous: third, body: "fourth" });
    await store.commit(commitOf(log, [log.entry(fourth)]));
    assert.deepEqual((await stateOf(store, log))?.ends, [fourth.id]);
  });

  test("an operation below what was pruned is an end only until its successor is known", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const [, , third, fourth, fifth] = log.appendMany(5) as [Operation, Operation, Operation, Operation, Operation];
    await store.commit(commitOf(log, [log.entry(fifth)]));
    await store.commit(commitOf(log, [log.entry(third)]));
    assert.deepEqual((await stateOf(store, log))?.ends, sortedIds(third, fifth));
    await store.commit(commitOf(log, [log.entry(fourth)]));
    assert.deepEqual((await stateOf(store, log))?.ends, [fifth.id]);
  });

  test("a log of which nothing is left is not listed", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    await store.commit(commitOf(log, log.entries(log.appendMany(2))));
    await store.commit(commitOf(log, [], pruneOf(log, 9)));
    assert.deepEqual([await store.logs(log.topic), await store.count()], [[], 0]);
  });

  test("an arrival is never given twice, even if its operation was pruned", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    await store.commit(commitOf(log, log.entries(log.appendMany(3))));
    await store.commit(commitOf(log, [], pruneOf(log, 3)));
    assert.equal(await store.lastArrival(), 3);
    const [next] = await store.commit(commitOf(log, [log.entry(log.append())]));
    assert.deepEqual([next?.arrival, await store.lastArrival()], [4, 4]);
  });
}

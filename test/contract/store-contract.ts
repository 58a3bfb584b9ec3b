// What every store must do, whatever it lies on: finding, bodies, the commit hook; logs are in store-log-contract.ts.
// Run by test/sync/store/memory.test.ts and sqlite.test.ts.
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Hash } from "../../protocol/operation/bytes.ts";
import type { Operation } from "../../protocol/operation/operation.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import type { CommitHook, NewEntry, Store } from "../../sync/ports.ts";
import { bodyOf, commitOf, contentOf, pruneOf, rangeOf, sortedIds, stateOf, stored } from "../support/store-commits.ts";
import { TestLog, withoutBody } from "../support/test-log.ts";
import { forkContract, orderContract, pruneContract } from "./store-log-contract.ts";

/** Makes an empty store and has it closed after the test. */
export type StoreSetup = (t: TestContext, onCommit?: CommitHook) => Promise<Store>;

const suite = await createNodeCrypto();

export function storeContract(name: string, setup: StoreSetup): void {
  describe(name, () => {
    findingContract(setup);
    bodyContract(setup);
    forkContract(setup);
    orderContract(setup);
    pruneContract(setup);
    hookContract(setup);
  });
}

function findingContract(setup: StoreSetup): void {
  test("an empty store knows nothing", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const { id } = log.append();
    assert.deepEqual(await store.find([id]), ["absent"]);
    assert.equal(await store.get(id), undefined);
    assert.deepEqual(await store.entriesAt(log, 0), []);
    assert.deepEqual(await store.logs(log.topic), []);
    assert.deepEqual(await store.read(rangeOf(log, 0, 9), 10), []);
    assert.deepEqual(await store.totals([rangeOf(log, 0, 9)]), { operations: 0, bytes: 0 });
    assert.deepEqual(await store.since(log.topic, 0, 10), []);
    assert.deepEqual([await store.count(), await store.lastArrival(), await store.ids(log.topic)], [0, 0, []]);
  });

  test("an operation is found by its id and its place, byte for byte", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const [first, second] = log.appendMany(2);
    const entries = [log.entry(first as Operation), log.entry(second as Operation, 7)];
    const expected = entries.map((entry, index) => stored(entry, index + 1));
    assert.deepEqual(await store.commit(commitOf(log, entries)), expected);
    assert.deepEqual(await store.get(expected[1]?.id as Hash), expected[1]);
    assert.deepEqual(await store.entriesAt(log, 1), [{ id: expected[1]?.id, seqNum: 1 }]);
    assert.deepEqual(await store.find(sortedIds(first, second)), ["whole", "whole"]);
  });

  test("an operation that is stored already is not stored again", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const [first, second] = log.entries(log.appendMany(2)) as [NewEntry, NewEntry];
    await store.commit(commitOf(log, [first]));
    const inserted = await store.commit(commitOf(log, [first, second, second]));
    assert.deepEqual(inserted, [stored(second, 2)]);
    assert.deepEqual(await store.commit(commitOf(log, [second])), []);
    assert.deepEqual([await store.count(), await store.lastArrival()], [2, 2]);
  });

  test("all ids come in byte order", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const operations = log.appendMany(40);
    await store.commit(commitOf(log, log.entries(operations)));
    assert.deepEqual(await store.ids(log.topic), sortedIds(...operations));
  });

  test("each author's share of a topic is counted, and what another topic carries is not", async (t) => {
    const store = await setup(t);
    const [ada, bob, other] = [
      new TestLog(suite, "ada"),
      new TestLog(suite, "bob"),
      new TestLog(suite, "ada", "other"),
    ];
    const elsewhere = other.appendMany(3);
    await store.commit(commitOf(other, other.entries(elsewhere)));
    for (const log of [ada, bob]) await store.commit(commitOf(log, log.entries(log.appendMany(3))));
    const [own] = await store.usage(other.topic);
    assert.deepEqual([own?.operations, await store.ids(other.topic)], [3, sortedIds(...elsewhere)]);
    const usage = await store.usage(ada.topic);
    assert.deepEqual(
      usage.map(({ operations }) => operations),
      [3, 3],
    );
    const totals = await store.totals([rangeOf(ada, 0, 2), rangeOf(bob, 0, 2)]);
    assert.equal(totals.bytes, (usage[0]?.bytes ?? 0) + (usage[1]?.bytes ?? 0));
    await store.commit(commitOf(ada, [], pruneOf(ada, 2)));
    assert.deepEqual((await store.usage(ada.topic)).map(({ operations }) => operations).sort(), [1, 3]);
  });

  test("a body that is dropped is gone, is not wanted back, and does not come back", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const [first, second, third] = log.entries(log.appendMany(3)) as [NewEntry, NewEntry, NewEntry];
    await store.commit(commitOf(log, [first, second, withoutBody(third)]));
    assert.equal(await store.dropBodies([second.id, third.id, second.id]), 2);
    assert.equal(await store.dropBodies([second.id]), 0);
    assert.deepEqual(await store.find([first.id, second.id, third.id]), ["whole", "whole", "whole"]);
    assert.equal((await stateOf(store, log))?.wantedFrom, undefined);
    await store.commit({ ...commitOf(log, []), lateBodies: [{ id: second.id, body: second.body as Uint8Array }] });
    assert.equal((await store.get(second.id))?.body, undefined);
    assert.equal((await store.read(rangeOf(log, 0, 2), 10)).length, 3);
  });

  test("a commit of nothing changes nothing", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    assert.deepEqual(await store.commit(commitOf(log, [], pruneOf(log, 3))), []);
    assert.deepEqual([await store.logs(log.topic), await store.lastArrival()], [[], 0]);
  });
}

function bodyContract(setup: StoreSetup): void {
  test("an operation without its body is held as a header until the body comes", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const operation = log.append();
    await store.commit(commitOf(log, [withoutBody(log.entry(operation))]));
    assert.deepEqual(await store.find([operation.id]), ["header"]);
    assert.equal("body" in ((await store.get(operation.id)) ?? {}), false);
    assert.deepEqual(await store.commit(commitOf(log, [], { lateBodies: [bodyOf(operation)] })), []);
    assert.deepEqual(await store.find([operation.id]), ["whole"]);
    assert.deepEqual(await store.get(operation.id), stored(log.entry(operation), 1));
  });

  test("a body may come in the same commit as its header", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const operation = log.append();
    const header = withoutBody(log.entry(operation));
    const inserted = await store.commit(commitOf(log, [header], { lateBodies: [bodyOf(operation)] }));
    assert.deepEqual(inserted, [stored(header, 1)]);
    assert.deepEqual(await store.get(operation.id), stored(log.entry(operation), 1));
  });

  test("an operation that never had a body is whole", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const operation = log.append({ body: "" });
    await store.commit(commitOf(log, [log.entry(operation)]));
    assert.deepEqual(await store.find([operation.id]), ["whole"]);
    assert.equal((await stateOf(store, log))?.wantedFrom, undefined);
  });

  test("a body that nobody waits for is ignored", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const [operation, unknown] = log.appendMany(2) as [Operation, Operation];
    await store.commit(commitOf(log, [log.entry(operation)]));
    const other = { id: operation.id, body: Uint8Array.of(1) };
    await store.commit(commitOf(log, [], { lateBodies: [other, bodyOf(unknown)] }));
    assert.deepEqual(await store.get(operation.id), stored(log.entry(operation), 1));
    assert.equal(await store.count(), 1);
  });

  test("a log tells from where on bodies are wanted", async (t) => {
    const store = await setup(t);
    const log = new TestLog(suite, "ada");
    const operations = log.appendMany(4);
    const entries = log.entries(operations).map((entry) => (entry.seqNum % 2 ? withoutBody(entry) : entry));
    await store.commit(commitOf(log, entries));
    assert.equal((await stateOf(store, log))?.wantedFrom, 1);
    await store.commit(commitOf(log, [], { lateBodies: [bodyOf(operations[1] as Operation)] }));
    assert.equal((await stateOf(store, log))?.wantedFrom, 3);
    await store.commit(commitOf(log, [], { lateBodies: [bodyOf(operations[3] as Operation)] }));
    assert.equal((await stateOf(store, log))?.wantedFrom, undefined);
  });
}

function hookContract(setup: StoreSetup): void {
  test("the hook sees exactly what was committed", async (t) => {
    const seen: Parameters<CommitHook>[] = [];
    const store = await setup(t, (...parameters) => seen.push(parameters));
    const log = new TestLog(suite, "ada");
    const [first, second, third] = log.appendMany(3) as [Operation, Operation, Operation];
    const header = withoutBody(log.entry(first));
    await store.commit(commitOf(log, [header]));
    const lateBodies = [bodyOf(first), bodyOf(first), bodyOf(third)];
    await store.commit(commitOf(log, [header, log.entry(second)], { lateBodies }));
    await store.commit(commitOf(log, [header], pruneOf(log, 0)));
    assert.deepEqual(seen, [
      [[stored(header, 1)], []],
      [[stored(log.entry(second), 2)], [stored(log.entry(first), 1)]],
    ]);
  });

  test("a hook that throws undoes the whole commit", async (t) => {
    let fails = false;
    const store = await setup(t, () => {
      if (fails) throw new RangeError("Cannot materialise");
    });
    const [log, newcomer] = [new TestLog(suite, "ada"), new TestLog(suite, "bo")];
    const operations = log.appendMany(3);
    const [first, second, third] = log.entries(operations).map(withoutBody) as [NewEntry, NewEntry, NewEntry];
    await store.commit(commitOf(log, [first, second]));
    const before = await contentOf(store, log.topic);
    fails = true;
    const lateBodies = [bodyOf(operations[1] as Operation)];
    const everything = [third, newcomer.entry(newcomer.append())];
    await assert.rejects(store.commit(commitOf(log, everything, { lateBodies, ...pruneOf(log, 1) })), {
      name: "RangeError",
    });
    assert.deepEqual(await contentOf(store, log.topic), before);
    fails = false;
    assert.deepEqual(await store.commit(commitOf(log, [third])), [stored(third, 3)]);
  });
}

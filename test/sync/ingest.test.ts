// The only door into a store: what comes in, what stays out, and when an outcome is given.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asTopic } from "../../protocol/operation/bytes.ts";
import type { Operation } from "../../protocol/operation/operation.ts";
import { Ingest, type IngestOutcome } from "../../sync/ingest.ts";
import type { Commit, StoredOperation } from "../../sync/ports.ts";
import { MemoryStore } from "../../sync/store/memory.ts";
import { mint } from "../sim/network.ts";
import { createToyCrypto } from "../support/toy-crypto.ts";

const suite = createToyCrypto();
const topic = asTopic(suite.hash(new TextEncoder().encode("simulated festival")));

class CountingStore extends MemoryStore {
  readonly commits: Commit[] = [];
  failNext = false;

  override commit(commit: Commit): Promise<StoredOperation[]> {
    this.commits.push(commit);
    if (!this.failNext) return super.commit(commit);
    this.failNext = false;
    return Promise.reject(new Error("no room left"));
  }
}

function open(store = new CountingStore()) {
  const accepted: StoredOperation[] = [];
  const completed: StoredOperation[] = [];
  const listener = {
    accepted: (operations: readonly StoredOperation[]) => void accepted.push(...operations),
    completed: (operation: StoredOperation) => void completed.push(operation),
  };
  const ingest = new Ingest({ store, suite, topic, listener });
  const submit = (...operations: Operation[]): Promise<readonly IngestOutcome[]> =>
    ingest.submit(operations.map((operation) => ({ operation, introducer: 7 })));
  return { store, ingest, submit, accepted, completed };
}

function log(author: string, length: number): Operation[] {
  const operations: Operation[] = [];
  for (let i = 0; i < length; i++) operations.push(mint(author, operations.at(-1), `${author} ${i}`));
  return operations;
}

function told(outcomes: readonly IngestOutcome[]): string[] {
  return outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.code : outcome.status));
}

test("operations of a log are taken in order, and told once", async () => {
  const { submit, accepted } = open();
  const operations = log("ada", 3);
  assert.deepEqual(told(await submit(...operations)), ["inserted", "inserted", "inserted"]);
  assert.deepEqual(told(await submit(...operations)), ["duplicate", "duplicate", "duplicate"]);
  assert.deepEqual(
    accepted.map(({ seqNum, introducer }) => [seqNum, introducer]),
    [
      [0, 7],
      [1, 7],
      [2, 7],
    ],
  );
});

test("the same operation twice in one group is taken once", async () => {
  const { submit, store } = open();
  const [first] = log("ada", 1) as [Operation];
  assert.deepEqual(told(await submit(first, first)), ["inserted", "duplicate"]);
  assert.equal(await store.count(), 1);
});

test("an operation without its predecessor is a gap, also when another branch has that place", async () => {
  const { submit, store } = open();
  const [first, second, third] = log("ada", 3) as [Operation, Operation, Operation];
  assert.deepEqual(told(await submit(second)), ["gap"]);
  const otherSecond = mint("ada", first, "another branch");
  assert.deepEqual(told(await submit(first, otherSecond, third)), ["inserted", "inserted", "gap"]);
  assert.deepEqual(told(await submit(second, third)), ["inserted", "inserted"]);
  assert.equal(await store.count(), 4);
});

test("a wrong signature or body stays out, and does not keep the good copy out", async () => {
  const { submit, accepted } = open();
  const [first] = log("ada", 1) as [Operation];
  const forged = { ...first, unsignedBytes: first.unsignedBytes.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) };
  const swapped = { ...first, body: new TextEncoder().encode("ada 1") };
  assert.deepEqual(told(await submit(forged, swapped)), ["E_SIGNATURE", "E_BODY"]);
  assert.deepEqual(accepted, []);
  assert.deepEqual(told(await submit(first)), ["inserted"]);
});

test("a body that comes late completes its operation; a header that comes again changes nothing", async () => {
  const { submit, completed, store } = open();
  const [first] = log("ada", 1) as [Operation];
  const { body: _, ...header } = first;
  assert.deepEqual(told(await submit(header)), ["inserted"]);
  assert.deepEqual(told(await submit(header)), ["duplicate"]);
  assert.deepEqual(told(await submit(first)), ["completed"]);
  assert.deepEqual(told(await submit(first)), ["duplicate"]);
  assert.deepEqual(await store.find([first.id]), ["whole"]);
  assert.deepEqual(
    completed.map(({ body }) => body),
    [first.body],
  );
});

test("what is submitted while a commit runs goes into the next one together", async () => {
  const { submit, store } = open();
  const outcomes = await Promise.all(log("ada", 600).map((operation) => submit(operation)));
  assert.ok(outcomes.flat().every(({ status }) => status === "inserted"));
  assert.deepEqual(
    store.commits.map(({ operations }) => operations.length),
    [1, 250, 250, 99],
  );
});

test("what is submitted together is committed together, however much it is", async () => {
  const { submit, store } = open();
  await submit(...log("ada", 300));
  assert.deepEqual(
    store.commits.map(({ operations }) => operations.length),
    [300],
  );
});

test("a store that fails rejects that group alone, and nobody is told of it", async () => {
  const { submit, store, accepted } = open();
  const [first] = log("ada", 1) as [Operation];
  store.failNext = true;
  await assert.rejects(submit(first), /no room left/);
  assert.deepEqual(accepted, []);
  assert.deepEqual(told(await submit(first)), ["inserted"]);
});

test("a pruning operation needs no predecessor, and drops what is below it", async () => {
  const { store, ingest } = open();
  const operations = log("ada", 3);
  await ingest.submit(operations.map((operation) => ({ operation, introducer: 1 })));
  const pruning = mint("ada", operations.at(-1), "snapshot", true);
  const outcomes = await ingest.submit([{ operation: pruning, introducer: 1 }]);
  assert.deepEqual(told(outcomes), ["inserted"]);
  assert.equal(await store.count(), 1);
  const next = mint("ada", pruning, "after");
  assert.deepEqual(told(await ingest.submit([{ operation: next, introducer: 1 }])), ["inserted"]);
});

// How much of a topic a box carries: what is over quota is refused by name, and nothing else suffers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asTopic } from "../../protocol/operation/bytes.ts";
import type { Operation } from "../../protocol/operation/operation.ts";
import { Ingest } from "../../sync/ingest.ts";
import { Quota } from "../../sync/quota.ts";
import { MemoryStore } from "../../sync/store/memory.ts";
import { mint } from "../sim/network.ts";
import { createToyCrypto } from "../support/toy-crypto.ts";

const suite = createToyCrypto();
const topic = asTopic(suite.hash(new TextEncoder().encode("simulated festival")));
const ROOMY = 1_000_000;

function open(limits: { readonly topicBytes: number; readonly authorBytes: number }) {
  const store = new MemoryStore();
  const quota = new Quota(limits);
  const listener = { accepted: () => {}, completed: () => {} };
  const ingest = new Ingest({ store, suite, topic, listener, quota });
  const submit = async (introducer: number, ...operations: Operation[]): Promise<string[]> => {
    const outcomes = await ingest.submit(operations.map((operation) => ({ operation, introducer })));
    return outcomes.map((outcome) => ("code" in outcome ? outcome.code : outcome.status));
  };
  return { store, quota, submit };
}

function log(author: string, length: number): Operation[] {
  const operations: Operation[] = [];
  for (let i = 0; i < length; i++) operations.push(mint(author, operations.at(-1), "a body of some length"));
  return operations;
}

function bytesOf(operations: readonly Operation[]): number {
  return operations.reduce((sum, { headerBytes, body }) => sum + headerBytes.length + (body?.length ?? 0), 0);
}

test("an author who is over quota is refused, also what would fit behind, and others are not", async () => {
  const operations = log("ada", 4);
  const { submit, quota } = open({ topicBytes: ROOMY, authorBytes: bytesOf(operations.slice(0, 2)) });
  assert.deepEqual(await submit(1, ...operations), ["inserted", "inserted", "E_QUOTA_AUTHOR", "E_QUOTA_AUTHOR"]);
  assert.deepEqual(await submit(1, ...log("bob", 1)), ["inserted"]);
  assert.equal(quota.refused, 2);
});

test("a topic that is full takes nothing more from anybody but this box itself", async () => {
  const operations = log("ada", 2);
  const { submit } = open({ topicBytes: bytesOf(operations), authorBytes: ROOMY });
  await submit(1, ...operations);
  assert.deepEqual(await submit(1, ...log("bob", 1)), ["E_QUOTA_TOPIC"]);
  assert.deepEqual(await submit(0, ...log("box", 1)), ["inserted"]);
});

test("an author who prunes has space again, and what was refused may come", async () => {
  const [first, second] = log("ada", 2) as [Operation, Operation];
  const pruning = mint("ada", second, "all you need to know", true);
  const next = mint("ada", pruning, "news");
  const { submit, store } = open({ topicBytes: ROOMY, authorBytes: bytesOf([pruning, next]) });
  assert.deepEqual(await submit(1, first, second, next), ["inserted", "inserted", "E_QUOTA_AUTHOR"]);
  assert.deepEqual(await submit(1, pruning), ["inserted"]);
  assert.equal(await store.count(), 1);
  assert.deepEqual(await submit(1, next), ["inserted"]);
});

test("what a session brings again is told as a duplicate, also over quota", async () => {
  const operations = log("ada", 2);
  const { submit } = open({ topicBytes: bytesOf(operations), authorBytes: ROOMY });
  await submit(1, ...operations);
  await submit(1, mint("ada", operations[1], "too much"));
  assert.deepEqual(await submit(2, ...operations), ["duplicate", "duplicate"]);
});

// Several keys, one machine: each has one log, written by one writer, and none begins anew.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { KeyRing } from "../../device/key-ring.ts";
import { readPublishRequest, writePublishRequest } from "../../device/publish-request.ts";
import { RingWriters } from "../../device/ring-writers.ts";
import { asSigningKey, asTopic, toHex } from "../../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES, MAX_BODY_BYTES } from "../../protocol/operation/limits.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import { ownKey } from "../../sync/own-key.ts";
import { Replica } from "../../sync/replica.ts";
import { MemoryStore } from "../../sync/store/memory.ts";
import { FakeClock } from "../support/fake-clock.ts";

const suite = await createNodeCrypto();
const BODY = Uint8Array.of(0xa0);

function ring(t: TestContext): KeyRing {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-ring-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return new KeyRing(folder);
}

function replicaOn(store: MemoryStore): Promise<Replica> {
  const key = ownKey(asSigningKey(new Uint8Array(32).fill(1)), suite);
  return Replica.open({ store, suite, topic: asTopic(new Uint8Array(32)), key, clock: new FakeClock() });
}

test("acts of one key at the same time stand in one log, one behind the other", async (t) => {
  const keys = ring(t);
  const replica = await replicaOn(new MemoryStore());
  const writers = new RingWriters(replica, keys);
  const published = await Promise.all(Array.from({ length: 20 }, () => writers.publish([BODY], "marie")));
  const seqNums = published.flat().map(({ header }) => header.seqNum);
  assert.deepEqual(
    seqNums,
    Array.from({ length: 20 }, (_, n) => n),
  );
  assert.equal((await writers.publish([BODY], "ben"))[0]?.header.seqNum, 0);
  const logs = await replica.logs();
  assert.deepEqual([logs.length, ...logs.map(({ ends }) => ends.length)], [2, 1, 1]);
});

test("another process goes on where the log ends", async (t) => {
  const [keys, store] = [ring(t), new MemoryStore()];
  await new RingWriters(await replicaOn(store), keys).publish([BODY, BODY], "marie");
  const [next] = await new RingWriters(await replicaOn(store), keys).publish([BODY], "marie");
  assert.equal(next?.header.seqNum, 2);
});

test("a key whose log was lost is not used again, since it would fork", async (t) => {
  const keys = ring(t);
  await new RingWriters(await replicaOn(new MemoryStore()), keys).publish([BODY], "marie");
  const writers = new RingWriters(await replicaOn(new MemoryStore()), keys);
  await assert.rejects(writers.publish([BODY], "marie"), { code: "E_KEY_LOST" });
  assert.equal((await writers.publish([BODY], "ben")).length, 1);
});

test("what a box is asked to publish comes back as it was sent, or is refused", () => {
  const request = { bodies: [BODY, Uint8Array.of(1, 2)], as: "marie", pictures: [Uint8Array.of(3)] };
  const bytes = new TextEncoder().encode(writePublishRequest(request));
  assert.deepEqual(readPublishRequest(bytes), request);
  const tooLarge = toHex(new Uint8Array(MAX_BODY_BYTES + 1));
  for (const text of [
    "",
    "null",
    "{}",
    '{"bodies":[]}',
    '{"bodies":"a0"}',
    '{"bodies":["a"]}',
    '{"bodies":[1]}',
    '{"bodies":["a0"],"as":1}',
    `{"bodies":["${tooLarge}"]}`,
    '{"bodies":["a0"],"pictures":"a0"}',
    '{"bodies":["a0"],"pictures":[1]}',
    `{"bodies":["a0"],"pictures":["${"00".repeat(MAX_BLOB_BYTES + 1)}"]}`,
  ]) {
    assert.throws(() => readPublishRequest(new TextEncoder().encode(text)), { code: "E_REQUEST" }, text.slice(0, 40));
  }
});

// How far a sync has come, for whoever waits: what the other side announced, and how much of it has an outcome here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Decodable } from "../../../sync/session/decodable.ts";
import { LogSync } from "../../../sync/session/log-sync.ts";
import { TestLog } from "../../support/test-log.ts";
import { createToyCrypto } from "../../support/toy-crypto.ts";

const suite = createToyCrypto();
const operations = new TestLog(suite, "Ada").appendMany(2);

function receiving(announced: number): LogSync {
  const sync = new LogSync({ suite, extended: false, decodable: new Decodable("bytes") });
  sync.start();
  sync.logs([]);
  assert.equal(sync.incoming, undefined);
  sync.receive({ type: "have", heights: new Map() });
  sync.receive({ type: "preSync", operations: announced, bytes: 1_000 });
  return sync;
}

test("what was announced is expected, and counts once it has an outcome", () => {
  const sync = receiving(2);
  assert.deepEqual(sync.incoming, { expected: 2, taken: 0 });
  for (const { headerBytes, body = new Uint8Array() } of operations) {
    sync.receive({ type: "operation", headerBytes, body });
  }
  assert.deepEqual(sync.incoming, { expected: 2, taken: 0 });
  sync.ingested(undefined);
  assert.deepEqual(sync.incoming, { expected: 2, taken: 1 });
  sync.receive({ type: "done" });
  sync.ingested(undefined);
  assert.equal(sync.incoming, undefined);
});

test("who has nothing for us is not waited for", () => {
  const sync = new LogSync({ suite, extended: false, decodable: new Decodable("bytes") });
  sync.start();
  sync.logs([]);
  sync.receive({ type: "have", heights: new Map() });
  sync.receive({ type: "done" });
  assert.equal(sync.incoming, undefined);
});

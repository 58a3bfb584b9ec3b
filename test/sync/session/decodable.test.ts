// What goes to a p2panda node that reads headers as 0.7.0 does: all that it can decode, and nothing behind what it cannot.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { StoredOperation } from "../../../sync/ports.ts";
import { Decodable } from "../../../sync/session/decodable.ts";
import { withUnknownExtensions } from "../../interop/support/hostile-messages.ts";
import { TestLog } from "../../support/test-log.ts";
import { createToyCrypto } from "../../support/toy-crypto.ts";

const suite = createToyCrypto();

function logOf(person: string, length: number): StoredOperation[] {
  const log = new TestLog(suite, person);
  return log.entries(log.appendMany(length)).map((entry, index) => ({ ...entry, arrival: index + 1 }));
}

/** As if this author had begun to use extensions of tomorrow at this place of the log. */
function withTomorrowAt(log: readonly StoredOperation[], seqNum: number): StoredOperation[] {
  const { headerBytes } = withUnknownExtensions(new TestLog(suite, "Ada"));
  return log.map((operation) => (operation.seqNum === seqNum ? { ...operation, headerBytes } : operation));
}

test("a log goes out up to what 0.7.0 cannot decode, and other logs go out whole", () => {
  const decodable = new Decodable("fields");
  const [ada, ben] = [withTomorrowAt(logOf("Ada", 5), 2), logOf("Ben", 3)];
  const sent = [...ada.slice(0, 3), ...ben, ...ada.slice(3)].filter((operation) => decodable.includes(operation));
  assert.deepEqual(
    sent.map(({ seqNum }) => seqNum),
    [0, 1, 0, 1, 2],
  );
});

test("a node that writes header bytes gets everything", () => {
  const decodable = new Decodable("fields");
  decodable.form = "bytes";
  const ada = withTomorrowAt(logOf("Ada", 5), 2);
  assert.equal(ada.filter((operation) => decodable.includes(operation)).length, 5);
});

// What a phone says of the boxes around it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkView } from "../../device/web/client/replica/link-view.ts";
import type { PeerStatus } from "../../sync/peers.ts";

const AROUND = { home: "10.73.73.1:3473", otherTab: false, trouble: undefined };

function peer(remote: string, changes: Partial<PeerStatus>): PeerStatus {
  return { remote, dialect: "lagerfeuer", role: "initiator", phase: "sync", sent: 0, received: 0, ...changes };
}

function progressOf(...incoming: readonly { expected: number; taken: number }[]) {
  const status = incoming.map((each, index) => peer(`10.0.0.${index}:3473`, { incoming: each }));
  return linkView([], status, AROUND).progress;
}

test("a box that answers is together with us once its news is live", () => {
  const boxes = ["10.73.73.1:3473", "10.73.73.9:3473"];
  const live = peer("10.73.73.1:3473", { phase: "live", key: "ab" });
  assert.deepEqual(linkView(boxes, [live], AROUND), {
    state: "together",
    boxes: [
      { address: "10.73.73.1:3473", home: true, key: "ab", state: "together" },
      { address: "10.73.73.9:3473", home: false, state: "away" },
    ],
    otherTab: false,
  });
});

test("a long wait says how long it is, a short one only that it is", () => {
  assert.deepEqual(progressOf({ expected: 2_657, taken: 400 }), { expected: 2_657, received: 400 });
  assert.equal(progressOf({ expected: 20, taken: 3 }), undefined);
  assert.equal(progressOf(), undefined);
});

test("of two boxes that send, the longer wait is told", () => {
  assert.deepEqual(progressOf({ expected: 500, taken: 450 }, { expected: 400, taken: 10 }), {
    expected: 400,
    received: 10,
  });
});

test("who sends more than was announced is no more than done", () => {
  assert.deepEqual(progressOf({ expected: 200, taken: 260 }), { expected: 200, received: 200 });
});

// How fast a p2panda node is sent operations.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace, RUST_PACE } from "../../sync/pace.ts";

const PAGE = 64;

test("a node is never sent more operations in a window than its channels take", () => {
  const pace = new Pace();
  let nowMs = 1_000;
  const sentAt: number[] = [];
  while (sentAt.length < 2_000) {
    nowMs += pace.waitMs(nowMs, PAGE);
    for (let i = 0; i < PAGE; i++) {
      pace.sent(nowMs);
      sentAt.push(nowMs);
    }
    nowMs += 1;
  }
  for (const start of sentAt) {
    const inWindow = sentAt.filter((at) => at >= start && at < start + RUST_PACE.windowMs / 2).length;
    assert.ok(inWindow <= RUST_PACE.operations, `${inWindow} operations in half a window`);
  }
  const seconds = (nowMs - 1_000) / 1_000;
  assert.ok(2_000 / seconds > 2_000, `${2_000 / seconds} operations a second`);
});

test("what trickles is not held back", () => {
  const pace = new Pace();
  for (let nowMs = 0; nowMs < 10_000; nowMs += 10) {
    assert.equal(pace.waitMs(nowMs, 1), 0);
    pace.sent(nowMs);
  }
});

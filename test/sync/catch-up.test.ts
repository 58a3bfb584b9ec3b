// How much a p2panda node is sent before it must have stored what it got.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CatchUp, CHUNK_OPERATIONS } from "../../sync/catch-up.ts";
import { seededRandom } from "../support/seeded-random.ts";

const CHANNEL_OPERATIONS = 1_024;

test("a node that stores what it gets is sent chunk after chunk", () => {
  const catchUp = new CatchUp(() => 0);
  assert.equal(catchUp.allow(2_000), CHUNK_OPERATIONS);
  assert.equal(catchUp.allow(2_000 - 100), 0, "it still stores");
  assert.equal(catchUp.allow(2_000 - CHUNK_OPERATIONS), CHUNK_OPERATIONS);
  assert.equal(catchUp.allow(2_000 - 2 * CHUNK_OPERATIONS), CHUNK_OPERATIONS);
  assert.equal(catchUp.allow(464), 464);
  assert.equal(catchUp.allow(0), 0);
  assert.equal(catchUp.missing, 0);
});

test("a node that stores no more is sent the chunk again, later each time", () => {
  let nowMs = 0;
  const catchUp = new CatchUp(() => nowMs);
  catchUp.allow(1_000);
  const sentAt: number[] = [];
  for (; nowMs < 600_000; nowMs += 1_000) if (catchUp.allow(900) > 0) sentAt.push(nowMs);
  assert.deepEqual(sentAt, [5_000, 15_000, 35_000, 75_000, 155_000, 315_000]);
  assert.equal(catchUp.stalls, 6);
  catchUp.allow(400);
  assert.equal(catchUp.stalls, 0);
});

test("a slow node that drops what does not fit its channel has everything in the end, and never drops any", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = seededRandom(seed);
    const total = Math.floor(random() * 20_000);
    const perLook = 1 + Math.floor(random() * 600);
    let nowMs = 0;
    let stored = 0;
    let queued = 0;
    const catchUp = new CatchUp(() => nowMs);
    for (let look = 0; look < 100_000 && stored < total; look++) {
      queued += catchUp.allow(total - stored);
      assert.ok(queued <= CHANNEL_OPERATIONS, `seed ${seed}: ${queued} operations are in the node's channel`);
      const taken = Math.min(queued, perLook);
      stored += taken;
      queued -= taken;
      nowMs += 250;
    }
    assert.equal(stored, total, `seed ${seed}`);
  }
});

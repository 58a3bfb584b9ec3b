// What only starting needed goes back before anybody waits for the box.
import assert from "node:assert/strict";
import { test } from "node:test";
import { releaseMemory } from "../../device/release-memory.ts";

const OBJECTS = 500_000;
/** Of some 30 MB. */
const RELEASED_BYTES = 10_000_000;

function makeGarbage(): number {
  return Array.from({ length: OBJECTS }, (_, index) => ({ index, text: `Something ${index}` })).length;
}

test("what nobody holds any more is given back at once", () => {
  assert.equal(makeGarbage(), OBJECTS);
  const before = process.memoryUsage().heapUsed;
  releaseMemory();
  assert.ok(before - process.memoryUsage().heapUsed > RELEASED_BYTES);
});

test("the program itself sees no collector", () => {
  releaseMemory();
  assert.equal(globalThis.gc, undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Backoff, backoffMs } from "../../sync/backoff.ts";

const latest = () => 1 - Number.EPSILON;

test("the longest possible wait doubles from one second to a minute", () => {
  const backoff = new Backoff(latest);
  const waits = Array.from({ length: 9 }, () => Math.round(backoff.next() / 1_000));
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("after a session that proved the address the wait is short again", () => {
  const backoff = new Backoff(latest);
  for (let attempt = 0; attempt < 20; attempt++) backoff.next();
  backoff.reset();
  assert.equal(Math.round(backoff.next()), 1_000);
});

test("a wait is anywhere between nothing and its longest, and never more than a minute", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(100_000), random, (failures, value) => {
      const longest = backoffMs(failures, () => 1);
      const wait = backoffMs(failures, () => value);
      assert.ok(wait >= 0 && wait <= longest && longest <= 60_000);
      assert.equal(wait, value * longest);
    }),
  );
});

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { SystemClock } from "../../sync/system-clock.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

test("wall time is in microseconds, and the other time goes forward", () => {
  const clock = new SystemClock();
  assert.ok(Math.abs(clock.nowMicros() / 1_000 - Date.now()) < 1_000);
  const before = clock.monotonicMs();
  assert.ok(clock.monotonicMs() >= before);
});

test("a timer calls back once when its time has come, a cancelled one never", (t) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const clock = new SystemClock();
  const called: string[] = [];
  clock.after(100, () => called.push("kept"));
  const cancel = clock.after(100, () => called.push("cancelled"));
  mock.timers.tick(99);
  assert.deepEqual(called, []);
  cancel();
  mock.timers.tick(1_000);
  assert.deepEqual(called, ["kept"]);
});

test("a timer may be set for longer than setTimeout can count", (t) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const clock = new SystemClock();
  let called = 0;
  clock.after(60 * DAY_MS, () => (called += 1));
  const cancel = clock.after(60 * DAY_MS, () => assert.fail("cancelled in its second stretch"));
  for (let day = 0; day < 40; day++) mock.timers.tick(DAY_MS);
  cancel();
  for (let day = 40; day < 59; day++) mock.timers.tick(DAY_MS);
  assert.equal(called, 0);
  // The mocked time of a nested timer starts at the end of the tick it was set in: a day of grace.
  mock.timers.tick(2 * DAY_MS);
  assert.equal(called, 1);
});

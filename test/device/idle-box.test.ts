// A box on the wall to which nothing happens: which timers it sets, and how often it wakes (issue 5: nothing polls). What that
// costs on a machine is measured by test/bench/idle.bench.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { powerProfile } from "../../device/power-profile.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { WallBox } from "../support/wall-box.ts";

const NOON_MICROS = Date.UTC(2027, 5, 18, 10) * 1_000;
const MINUTE_MS = 60_000;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

class NotingClock extends FakeClock {
  readonly waitsMs: number[] = [];

  override after(ms: number, callback: () => void): () => void {
    this.waitsMs.push(ms);
    return super.after(ms, callback);
  }
}

test("in an idle hour no timer is shorter than half a minute, and few are set at all", async () => {
  await using box = new WallBox();
  const clock = new NotingClock(NOON_MICROS);
  await box.start({ clock, logger: silent, flags: { venue: "Barn" } });
  clock.waitsMs.splice(0);
  for (let minute = 0; minute < 60; minute++) {
    clock.advance(MINUTE_MS);
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(
    clock.waitsMs.filter((ms) => ms < MINUTE_MS / 2),
    [],
  );
  assert.ok(clock.waitsMs.length <= 130, `${clock.waitsMs.length} timers in an hour`);
});

test("on a battery a box asks around more seldom than on a wire, and as a sign never", () => {
  const [relay, saver, sign] = (["relay", "saver", "sign"] as const).map(powerProfile);
  assert.ok(relay && saver && sign);
  assert.deepEqual([relay.speaksFirst, saver.speaksFirst, sign.speaksFirst], [true, true, false]);
  assert.ok(relay.questionIntervalMs >= 30_000 && saver.questionIntervalMs > relay.questionIntervalMs);
  assert.ok(saver.longestRedialMs > relay.longestRedialMs);
  assert.deepEqual([relay.light, saver.light, sign.light], [true, false, false]);
});

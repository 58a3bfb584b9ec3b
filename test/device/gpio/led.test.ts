// The light beside the buttons: what a person sees in the first second after a press.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Led } from "../../../device/gpio/led.ts";
import { FakeClock } from "../../support/fake-clock.ts";

function lamp() {
  const clock = new FakeClock();
  const seen: [atMs: number, level: 0 | 1][] = [];
  let closed = 0;
  const line = {
    set: (level: 0 | 1) => void seen.push([clock.monotonicMs(), level]),
    close: () => void closed++,
  };
  return { clock, seen, led: new Led({ line, clock }), closed: () => closed };
}

test("one flash, at once, says that a press counted", () => {
  const { clock, seen, led } = lamp();
  led.flash("done");
  clock.advance(10_000);
  assert.deepEqual(seen, [
    [0, 1],
    [200, 0],
  ]);
  assert.equal(clock.waiting, 0);
});

test("three short ones say that it did not", () => {
  const { clock, seen, led } = lamp();
  led.flash("refused");
  clock.advance(10_000);
  assert.deepEqual(
    seen.map(([, level]) => level),
    [1, 0, 1, 0, 1, 0],
  );
  assert.ok((seen.at(-1)?.[0] ?? 0) < 1_000);
});

test("slow ones say that it takes a moment, and end by themselves if nothing follows", () => {
  const { clock, seen, led } = lamp();
  led.flash("working");
  clock.advance(1_000);
  assert.deepEqual(seen, [
    [0, 1],
    [600, 0],
    [1_000, 1],
  ]);
  clock.advance(10_000);
  assert.deepEqual([seen.at(-1)?.[1], clock.waiting], [0, 0]);
});

test("the newest answer counts, and a lamp that is closed is dark and stays so", () => {
  const { clock, seen, led, closed } = lamp();
  led.flash("refused");
  clock.advance(100);
  led.flash("done");
  clock.advance(100);
  led.close();
  led.close();
  led.flash("done");
  clock.advance(10_000);
  assert.deepEqual(seen.at(-1), [200, 0]);
  assert.deepEqual([clock.waiting, closed()], [0, 1]);
});

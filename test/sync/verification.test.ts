// When a transfer to a p2panda node is looked at again.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Target } from "../../sync/dialler.ts";
import type { Replica } from "../../sync/replica.ts";
import { Verification } from "../../sync/verification.ts";
import { FakeClock } from "../support/fake-clock.ts";

function setUp() {
  const clock = new FakeClock();
  const target: Target = { address: "rust", replica: {} as Replica, liveForm: "fields" };
  let outgoing = 0;
  const looks: number[] = [];
  const verification = new Verification({ clock, look: () => looks.push(clock.monotonicMs()) });
  const send = (count: number): void => {
    for (let i = 0; i < count; i++) {
      outgoing += 1;
      verification.sent(target, () => outgoing);
    }
  };
  return { clock, target, looks, verification, send };
}

test("a few operations are not looked at again", () => {
  const { clock, looks, send } = setUp();
  send(499);
  clock.advance(600_000);
  assert.deepEqual(looks, []);
});

test("a bulk transfer is looked at once it has stopped flowing, and again until nothing is missing", () => {
  const { clock, target, looks, verification, send } = setUp();
  for (let second = 0; second < 10; second++) {
    send(400);
    clock.advance(1_000);
  }
  assert.equal(looks.length, 0);
  clock.advance(4_000);
  assert.equal(looks.length, 1);
  verification.looked(target, 40);
  clock.advance(60_000);
  assert.equal(looks.length, 2);
  verification.looked(target, 0);
  clock.advance(600_000);
  assert.equal(looks.length, 2);
});

test("a look that found nobody is tried again, more and more rarely", () => {
  const { clock, target, looks, verification, send } = setUp();
  send(1_000);
  for (let second = 0; second < 600; second++) {
    clock.advance(1_000);
    if (looks.length > 0 && looks.at(-1) === clock.monotonicMs()) verification.looked(target, undefined);
  }
  assert.ok(looks.length >= 8 && looks.length <= 16, `${looks.length} looks in ten minutes`);
});

test("a node that went is not looked at: its next session compares heights anyway", () => {
  const { clock, target, looks, verification, send } = setUp();
  send(1_000);
  verification.ended(target);
  clock.advance(600_000);
  assert.deepEqual(looks, []);
});

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
  const looks: number[] = [];
  const verification = new Verification({ clock, look: () => looks.push(clock.monotonicMs()) });
  const allowance = verification.allowanceOf(target);
  let grants = 0;
  const grant = (): void => {
    grants += 1;
  };
  return { clock, target, looks, verification, allowance, grant, grants: () => grants };
}

test("a few operations are not looked at again", () => {
  const { clock, target, looks, verification, allowance, grant } = setUp();
  allowance.allow(255);
  verification.synced(target, grant);
  clock.advance(600_000);
  assert.deepEqual(looks, []);
});

test("a bulk transfer is looked at until nothing is missing, and then the session may go on", () => {
  const { clock, target, looks, verification, allowance, grant, grants } = setUp();
  allowance.allow(700);
  verification.synced(target, grant);
  clock.advance(250);
  assert.equal(looks.length, 1);
  verification.looked(target, allowance.allow(188));
  clock.advance(250);
  verification.looked(target, allowance.allow(0));
  assert.equal(grants(), 1);
  clock.advance(600_000);
  assert.equal(looks.length, 2);
});

test("live operations are looked at each time the credit is used up", () => {
  const { clock, target, looks, verification, allowance, grant, grants } = setUp();
  allowance.allow(0);
  verification.synced(target, grant);
  for (let round = 1; round <= 3; round++) {
    verification.spent(target, grant);
    verification.spent(target, grant);
    clock.advance(10_000);
    assert.equal(looks.length, round);
    verification.looked(target, allowance.allow(0));
  }
  assert.equal(grants(), 3);
});

test("a look that found nobody is tried again, more and more rarely", () => {
  const { clock, target, looks, verification, allowance, grant } = setUp();
  allowance.allow(1_000);
  verification.synced(target, grant);
  for (let tick = 0; tick < 2_400; tick++) {
    clock.advance(250);
    if (looks.at(-1) === clock.monotonicMs()) verification.looked(target, undefined);
  }
  assert.ok(looks.length >= 12 && looks.length <= 20, `${looks.length} looks in ten minutes`);
});

test("a node that went is not looked at: its next session compares heights anyway", () => {
  const { clock, target, looks, verification, allowance, grant } = setUp();
  allowance.allow(1_000);
  verification.synced(target, grant);
  verification.ended(target);
  clock.advance(600_000);
  assert.deepEqual(looks, []);
});

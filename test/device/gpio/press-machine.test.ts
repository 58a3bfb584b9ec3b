// What three contacts mean: presses, holds, chatter, sparks and rain.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DEBOUNCE_MS, HOLD_MS as HOLD_MS_OF, PressMachine, STUCK_MS } from "../../../device/gpio/press-machine.ts";

/** Of button 1, as of button 2. */
const HOLD_MS = HOLD_MS_OF[1];

type Told = readonly [atMs: number, what: string];

/** Edges of button 1 at their times, down first; the machine is asked again whenever it wants to be. */
function play(edgesMs: readonly number[], untilMs: number, machine = new PressMachine()): Told[] {
  const told: Told[] = [];
  let nowMs = 0;
  const say = (event: Parameters<PressMachine["handle"]>[0]) => {
    for (const effect of machine.handle(event, nowMs)) {
      const what = effect.type === "press" ? (effect.press.held ? "held" : "press") : effect.type;
      told.push([nowMs, what]);
    }
  };
  const pass = (endMs: number) => {
    for (let ms = machine.nextChange(nowMs); ms !== undefined && nowMs + ms <= endMs; ms = machine.nextChange(nowMs)) {
      nowMs += ms;
      say({ type: "time" });
    }
    nowMs = endMs;
  };
  for (const [index, atMs] of edgesMs.entries()) {
    pass(atMs);
    say({ type: "edge", button: 1, down: index % 2 === 0 });
  }
  pass(untilMs);
  return told;
}

test("a short press is told once, within 100 ms of letting go", () => {
  assert.deepEqual(play([1_000, 1_120], 60_000), [[1_120 + DEBOUNCE_MS, "press"]]);
  assert.ok(DEBOUNCE_MS < 100);
});

test("a hold is told at two seconds, and letting go says nothing more", () => {
  assert.deepEqual(play([1_000, 5_000], 60_000), [[1_000 + HOLD_MS, "held"]]);
});

test("the third button is held for three seconds: a steward's word is never an accident", () => {
  const machine = new PressMachine();
  machine.handle({ type: "edge", button: 3, down: true }, 0);
  assert.deepEqual(machine.handle({ type: "time" }, 2_999), []);
  assert.equal(machine.nextChange(2_999), 1);
  assert.deepEqual(machine.handle({ type: "time" }, 3_000), [{ type: "press", press: { button: 3, held: true } }]);
});

test("letting go just before two seconds is a press", () => {
  assert.deepEqual(play([0, HOLD_MS - 1], 60_000), [[HOLD_MS - 1 + DEBOUNCE_MS, "press"]]);
});

test("chatter as contacts close and open makes one press of one finger", () => {
  const chatter = [0, 3, 5, 12, 13, 200, 204, 207, 215, 216];
  assert.deepEqual(play(chatter, 60_000), [[216 + DEBOUNCE_MS, "press"]]);
});

test("a contact that lets go for a moment while it is held goes on being held", () => {
  assert.deepEqual(play([0, 1_000, 1_030, 4_000], 60_000), [[HOLD_MS, "held"]]);
  assert.deepEqual(play([0, HOLD_MS - 10, HOLD_MS + 20, 4_000], 60_000), [[HOLD_MS + 20, "held"]]);
});

test("a spark is no press", () => {
  assert.deepEqual(play([0, 1, 500, 549], 60_000), []);
});

test("a storm of edges is no press, and a press after it is one", () => {
  const storm = Array.from({ length: 10_000 }, (_, index) => index);
  assert.deepEqual(play([...storm, 20_000, 20_100], 60_000), [[20_150, "press"]]);
});

test("many presses in a row are told each: what counts is decided elsewhere", () => {
  const hammering = Array.from({ length: 40 }, (_, index) => 100 * index);
  assert.equal(play(hammering, 60_000).length, 20);
});

test("a stuck key is a fault, told once, and mended when it is up again", () => {
  assert.deepEqual(play([0, 3_600_000, 3_700_000, 3_700_100], 4_000_000), [
    [HOLD_MS, "held"],
    [STUCK_MS, "stuck"],
    [3_600_050, "mended"],
    [3_700_150, "press"],
  ]);
});

test("a key that was down before anybody listened says nothing until it was up", () => {
  const machine = new PressMachine();
  machine.handle({ type: "held", button: 1 }, 0);
  machine.handle({ type: "edge", button: 1, down: false }, 3_000);
  assert.deepEqual(machine.handle({ type: "time" }, 3_050), []);
  assert.deepEqual(play([5_000, 5_100], 9_000, machine), [[5_150, "press"]]);
});

test("a key that is still down ten seconds after the start is a fault", () => {
  const machine = new PressMachine();
  machine.handle({ type: "held", button: 2 }, 0);
  assert.deepEqual(machine.handle({ type: "time" }, STUCK_MS), [{ type: "stuck", button: 2 }]);
});

test("keys that are unplugged are let go without a press", () => {
  const machine = new PressMachine();
  machine.handle({ type: "edge", button: 1, down: true }, 0);
  machine.handle({ type: "time" }, 50);
  assert.deepEqual(machine.handle({ type: "gone" }, 100), []);
  assert.equal(machine.nextChange(100), undefined);
  assert.deepEqual(machine.handle({ type: "time" }, 60_000), []);
});

test("edges that come late, because the loop was busy, are judged by their own time", () => {
  const machine = new PressMachine();
  machine.handle({ type: "time" }, 900);
  machine.handle({ type: "edge", button: 3, down: true }, 500);
  assert.deepEqual(machine.handle({ type: "edge", button: 3, down: false }, 620), []);
  assert.deepEqual(machine.handle({ type: "time" }, 900), [{ type: "press", press: { button: 3, held: false } }]);
});

test("three fingers do not disturb one another", () => {
  const machine = new PressMachine();
  for (const button of [1, 2, 3] as const) machine.handle({ type: "edge", button, down: true }, button);
  for (const button of [3, 1, 2] as const) machine.handle({ type: "edge", button, down: false }, 300 + button);
  assert.deepEqual(
    machine.handle({ type: "time" }, 400).map((effect) => effect.type === "press" && effect.press.button),
    [1, 2, 3],
  );
});

test("whatever the contact does, each finger is told at most once and the machine comes to rest", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 40 }), (gapsMs) => {
      let atMs = 0;
      const edges = gapsMs.map((gap) => {
        atMs += gap;
        return atMs;
      });
      // The last edge lets go.
      const all = edges.length % 2 === 0 ? edges : [...edges, atMs + 100];
      const machine = new PressMachine();
      const endMs = atMs + 2 * STUCK_MS;
      const presses = play(all, endMs, machine).filter(([, what]) => what === "press" || what === "held");
      assert.equal(machine.nextChange(endMs), undefined);
      const closures = all.filter((_, index) => index % 2 === 0).length;
      assert.ok(presses.length <= closures);
    }),
  );
});

test("clean presses of any length are all told, each as what it was", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: DEBOUNCE_MS, max: 4_000 }), { minLength: 1, maxLength: 20 }), (lengths) => {
      let atMs = 0;
      const edges = lengths.flatMap((ms) => {
        const downMs = atMs + 1_000;
        atMs = downMs + ms;
        return [downMs, atMs];
      });
      assert.deepEqual(
        play(edges, atMs + 60_000).map(([, what]) => what),
        lengths.map((ms) => (ms < HOLD_MS ? "press" : "held")),
      );
    }),
  );
});

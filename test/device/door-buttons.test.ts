// The three buttons of a door: what a press does, and what it can never do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Door, DoorButtons } from "../../device/door-buttons.ts";
import type { Button } from "../../device/gpio/port.ts";

const SOUP = "50".repeat(32);
const soup: Door = { joinable: SOUP, counted: 3 };
const nothing: Door = { joinable: undefined, counted: 0 };

function press(
  buttons: DoorButtons,
  button: Button,
  atMs: number,
  options: { held?: boolean; door?: Door } = {},
): string[] {
  const { held = false, door = soup } = options;
  return buttons.press({ button, held }, door, atMs).map((effect) => {
    return effect.type === "count" ? `count ${effect.change}` : effect.type;
  });
}

test("I'm in counts one and answers with the number", () => {
  const buttons = new DoorButtons();
  assert.deepEqual(press(buttons, 1, 0), ["count 1", "redraw"]);
  assert.deepEqual(buttons.toast(1), { kind: "counted", door: 4 });
  assert.equal(buttons.toast(5_000), undefined);
});

test("one finger is one press, however the contact chatters", () => {
  const buttons = new DoorButtons();
  const counted = Array.from({ length: 100 }, (_, i) => press(buttons, 1, i * 5)).filter(
    (effects) => effects.length > 0,
  );
  assert.equal(counted.length, 1);
});

test("a joker with forty presses counts as ten a minute", () => {
  const buttons = new DoorButtons();
  const counted = Array.from({ length: 40 }, (_, i) => press(buttons, 1, i * 1_100)).flat();
  assert.equal(counted.filter((effect) => effect === "count 1").length, 10);
  assert.deepEqual(buttons.toast(39 * 1_100), { kind: "one-moment" });
  assert.deepEqual(press(buttons, 1, 120_000), ["count 1", "redraw"]);
});

test("holding takes the last press back, once, and only for ten seconds", () => {
  const buttons = new DoorButtons();
  press(buttons, 1, 0);
  assert.deepEqual(press(buttons, 1, 9_000, { held: true }), ["count -1", "redraw"]);
  assert.deepEqual(press(buttons, 1, 9_500, { held: true }), ["redraw"]);
  press(buttons, 1, 20_000);
  assert.deepEqual(press(buttons, 1, 30_001, { held: true }), ["redraw"]);
  assert.deepEqual(buttons.toast(30_002), { kind: "nothing-to-undo" });
});

test("where nothing can be joined, nothing is counted", () => {
  const buttons = new DoorButtons();
  assert.deepEqual(press(buttons, 1, 0, { door: nothing }), ["redraw"]);
  assert.deepEqual(buttons.toast(1), { kind: "nothing-to-join" });
});

test("a short press never calls a meetup; a held one does, twice an hour", () => {
  const buttons = new DoorButtons();
  assert.deepEqual(press(buttons, 2, 0), ["redraw"]);
  assert.deepEqual(buttons.toast(1), { kind: "hold-to-meet" });
  assert.deepEqual(press(buttons, 2, 2_000, { held: true }), ["meet"]);
  assert.deepEqual(press(buttons, 2, 9_000, { held: true }), ["meet"]);
  assert.deepEqual(press(buttons, 2, 60_000, { held: true }), ["redraw"]);
  assert.deepEqual(press(buttons, 2, 3_700_000, { held: true }), ["meet"]);
});

test("More shows the rest of the day, and goes back by a press or by itself", () => {
  const buttons = new DoorButtons();
  press(buttons, 3, 0);
  assert.equal(buttons.page(1), "more");
  assert.equal(buttons.nextChange(1), 29_999);
  press(buttons, 3, 5_000);
  assert.equal(buttons.page(5_001), "door");
  press(buttons, 3, 10_000);
  assert.equal(buttons.page(40_000), "door");
  assert.equal(buttons.nextChange(40_000), undefined);
});

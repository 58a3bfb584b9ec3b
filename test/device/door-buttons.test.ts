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
    switch (effect.type) {
      case "count":
        return `count ${effect.change}`;
      case "answer":
        return effect.answer;
      case "mark":
        return effect.full ? "full" : "open";
      default:
        return effect.type;
    }
  });
}

test("I'm in counts one and answers with the number", () => {
  const buttons = new DoorButtons();
  assert.deepEqual(press(buttons, 1, 0), ["count 1", "done", "redraw"]);
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
  assert.deepEqual(press(buttons, 1, 120_000), ["count 1", "done", "redraw"]);
});

test("holding takes the last press back, once, and only for ten seconds", () => {
  const buttons = new DoorButtons();
  press(buttons, 1, 0);
  assert.deepEqual(press(buttons, 1, 9_000, { held: true }), ["count -1", "done", "redraw"]);
  assert.deepEqual(press(buttons, 1, 9_500, { held: true }), ["refused", "redraw"]);
  press(buttons, 1, 20_000);
  assert.deepEqual(press(buttons, 1, 30_001, { held: true }), ["refused", "redraw"]);
  assert.deepEqual(buttons.toast(30_002), { kind: "nothing-to-undo" });
});

test("where nothing can be joined, nothing is counted", () => {
  const buttons = new DoorButtons();
  assert.deepEqual(press(buttons, 1, 0, { door: nothing }), ["refused", "redraw"]);
  assert.deepEqual(buttons.toast(1), { kind: "nothing-to-join" });
});

test("a short press never calls a meetup; a held one does, twice an hour", () => {
  const buttons = new DoorButtons();
  assert.deepEqual(press(buttons, 2, 0), ["done", "redraw"]);
  assert.deepEqual(buttons.toast(1), { kind: "hold-to-meet" });
  assert.deepEqual(press(buttons, 2, 2_000, { held: true }), ["working", "meet"]);
  assert.deepEqual(press(buttons, 2, 9_000, { held: true }), ["working", "meet"]);
  assert.deepEqual(press(buttons, 2, 60_000, { held: true }), ["refused", "redraw"]);
  assert.deepEqual(press(buttons, 2, 3_700_000, { held: true }), ["working", "meet"]);
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

test("More first shows the other rooms, if there are any, then the rest of the day here", () => {
  const buttons = new DoorButtons();
  const pages = [0, 2_000, 4_000].map((nowMs) => {
    press(buttons, 3, nowMs, { door: { ...soup, otherRooms: true } });
    return buttons.page(nowMs + 1);
  });
  assert.deepEqual(pages, ["rooms", "more", "door"]);
});

test("a hold on another page than the door's is for whoever sets the box up, and marks nothing", () => {
  const buttons = new DoorButtons();
  const door = { ...soup, markable: { event: SOUP, full: false } };
  press(buttons, 3, 0, { door });
  assert.deepEqual(press(buttons, 3, 5_000, { held: true, door }), ["done", "redraw"]);
  assert.equal(buttons.page(184_999), "set-up");
  assert.equal(buttons.page(185_000), "door");
  press(buttons, 3, 200_000, { door });
  press(buttons, 3, 205_000, { held: true, door });
  press(buttons, 3, 210_000, { door });
  assert.equal(buttons.page(210_001), "door");
});

test("a steward's hold says FULL, the same hold takes it back, and neither turns the page", () => {
  const buttons = new DoorButtons();
  const markable = (full: boolean): Door => ({ ...soup, markable: { event: SOUP, full } });
  assert.deepEqual(press(buttons, 3, 0, { held: true, door: markable(false) }), ["working", "full"]);
  assert.deepEqual(press(buttons, 3, 4_000, { held: true, door: markable(true) }), ["working", "open"]);
  assert.equal(buttons.page(4_001), "door");
});

test("where nothing is on and nobody queues, nothing is marked", () => {
  const buttons = new DoorButtons();
  assert.deepEqual(press(buttons, 3, 0, { held: true }), ["refused", "redraw"]);
  assert.deepEqual(buttons.toast(1), { kind: "nothing-to-mark" });
});

test("a joker who holds the button all day marks twenty times an hour", () => {
  const buttons = new DoorButtons();
  const door = { ...soup, markable: { event: SOUP, full: false } };
  const marks = Array.from({ length: 900 }, (_, i) => press(buttons, 3, i * 4_000, { held: true, door })).flat();
  assert.equal(marks.filter((effect) => effect === "full").length, 20);
});

test("the light is told before the picture, and after what must be durable", () => {
  const buttons = new DoorButtons();
  assert.deepEqual(press(buttons, 1, 0), ["count 1", "done", "redraw"]);
  assert.deepEqual(press(buttons, 3, 0), ["done", "redraw"]);
});

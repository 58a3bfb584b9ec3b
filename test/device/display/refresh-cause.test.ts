// Why a panel refreshes: what a person would call a new session, an answer to a press, an emergency.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeviceState } from "../../../device/display/device-state.ts";
import { doorScene } from "../../../device/display/door-scene.ts";
import { overviewScene } from "../../../device/display/overview-scene.ts";
import { refreshCause } from "../../../device/display/refresh-cause.ts";
import type { Scene } from "../../../device/display/scene.ts";
import { setUpScene } from "../../../device/display/set-up-scene.ts";
import { ENGLISH } from "../../../device/display/words.ts";
import type { DoorProgramme } from "../../../device/programme/slot.ts";
import { aDevice, aDoor, CAFE, clock, JAM, KNOTS } from "./door.ts";

function scene(door: Partial<DoorProgramme> = {}, state: Partial<DeviceState> = {}): Scene {
  return doorScene(aDoor(door), aDevice(state), ENGLISH);
}

function storm(text = "Storm. Go to the Barn now."): Scene {
  const when = { at: clock("14:18"), expires: clock("16:00") };
  return scene({ announcements: [{ text, author: "Awareness team", urgency: "emergency", ...when }] });
}

test("a minute, a badge and a headcount are ticks, and so is the first picture", () => {
  assert.equal(refreshCause(undefined, scene()), "tick");
  assert.equal(refreshCause(scene(), scene({}, { now: clock("14:21") })), "tick");
  assert.equal(refreshCause(scene(), scene({}, { peers: 0, lastSync: clock("12:00") })), "tick");
  assert.equal(refreshCause(scene(), scene({ now: [{ ...KNOTS, going: { door: 13, people: 7 } }] })), "tick");
});

test("the next talk, a cancelled one and one that begins are sessions", () => {
  assert.equal(refreshCause(scene(), scene({ now: [CAFE], next: [JAM] })), "session");
  assert.equal(refreshCause(scene(), scene({ now: [{ ...KNOTS, status: "cancelled" }] })), "session");
  assert.equal(refreshCause(scene({ now: [], next: [KNOTS] }), scene({ now: [KNOTS], next: [] })), "session");
});

test("a page that is turned, an answer in words and their end are answers to a press", () => {
  const [door, more] = [scene(), scene({}, { page: "more" })];
  const rooms = overviewScene([aDoor()], aDevice({ page: "rooms" }), ENGLISH);
  const setUp = setUpScene("Europe/Berlin", aDevice({ page: "set-up" }), ENGLISH);
  const unsure = scene({}, { clock: "unsure" });
  const toast = scene({}, { toast: { kind: "counted", door: 13 } });
  for (const [before, now] of [
    [door, more],
    [more, door],
    [door, rooms],
    [rooms, more],
    [rooms, door],
    [door, setUp],
    [setUp, door],
    [unsure, scene({}, { clock: "unsure", page: "more" })],
    [door, toast],
    [toast, door],
  ] as const)
    assert.equal(refreshCause(before, now), "press");
});

test("an emergency is one when it comes and when its words change; its end is a session", () => {
  assert.equal(refreshCause(undefined, storm()), "emergency");
  assert.equal(refreshCause(scene(), storm()), "emergency");
  assert.equal(refreshCause(storm(), storm("Storm is over.")), "emergency");
  assert.equal(refreshCause(storm(), storm()), "tick");
  assert.equal(refreshCause(storm(), scene()), "session");
});

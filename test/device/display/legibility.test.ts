// How far away a screen can be read, and in whose letters.
import assert from "node:assert/strict";
import { test } from "node:test";
import { legibility } from "../../../device/display/legibility.ts";
import { missingScripts } from "../../../device/display/missing-scripts.ts";
import { screenNamed } from "../../../device/display/screens.ts";

test("the 7.5 inch panel is read from a metre, upright from less, the 13.3 inch one from two, a monitor from almost three", () => {
  const readable = (name: string) => legibility(screenNamed(name))?.readableCentimetres;
  assert.equal(readable("door-800x480"), 97);
  assert.equal(readable("door-480x800"), 78);
  const [large, monitor] = [readable("door-960x680") ?? 0, readable("door-1920x1080") ?? 0];
  assert.ok(large > 150 && large < 250, String(large));
  assert.ok(monitor > 200 && monitor < 300, String(monitor));
});

test("the height of capitals is in millimetres of the glass", () => {
  const found = legibility(screenNamed("door-800x480"));
  assert.deepEqual([found?.inches, found?.capMillimetres], [7.5, { room: 8.5, title: 9, time: 4.5 }]);
});

test("of glass whose size nobody knows nothing is said", () => {
  assert.equal(legibility(screenNamed("1234x567")), undefined);
});

test("scripts without letters are named, with how many different signs are lost", () => {
  const texts = ["தமிழ் workshop", "தமிழ்", "Knots für Anfänger", "初心者", "🔥"];
  assert.deepEqual(missingScripts(texts), [{ script: "Tamil", characters: 5 }]);
  assert.deepEqual(missingScripts(["Ada", "ليلى", "שרה", "การ"]), []);
});

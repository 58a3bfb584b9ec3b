// The door on the 1-bit panel as a person has looked at it and found it good. UPDATE_GOLDEN=1 draws the pictures anew:
// look at them before they are committed. A failure leaves old | new | difference in test/golden/diff/.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { doorScene } from "../../../device/display/door-scene.ts";
import { unpackRows } from "../../../device/display/palette.ts";
import { pngOfRgba } from "../../../device/display/png.ts";
import { createRenderer, pngOf } from "../../../device/display/renderer.ts";
import { wordsFor } from "../../../device/display/words.ts";
import { type Case, DOORS } from "./doors.ts";
import { decodePng } from "./images.ts";

/** x64 and arm64 may round an edge pixel differently before it is thresholded (display.md §5.8). */
const MAX_DIFFERENT_PIXELS = 8;
const GOLDEN = fileURLToPath(new URL("../../golden/", import.meta.url));
const CASES = [
  "normal",
  "german",
  "nothing-now",
  "end-of-day",
  "cancelled",
  "moved",
  "long-everything",
  "arabic",
  "japanese",
  "emoji",
  "empty-replica",
  "clock-unsure",
  "news-13-h-old",
  "more",
];

const renderer = createRenderer("door-800x480");

for (const name of CASES) {
  test(`the door looks as it did: ${name}`, async () => {
    const { programme, state, language = "en" } = DOORS[name] as Case;
    const frame = renderer.draw(doorScene(programme, state, wordsFor(language)));
    const file = `${GOLDEN}door-${name}.png`;
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, pngOf(frame));
    const golden = await decodePng(readFileSync(file));
    const drawn = unpackRows(frame.pixels, frame.width);
    assert.equal(golden.rgba.length, 4 * drawn.length);
    const different = drawn.reduce((sum, grey, at) => sum + (grey === golden.rgba[4 * at] ? 0 : 1), 0);
    if (different > MAX_DIFFERENT_PIXELS) {
      mkdirSync(`${GOLDEN}diff/`, { recursive: true });
      writeFileSync(`${GOLDEN}diff/door-${name}.png`, sideBySide(golden.rgba, drawn, frame.width, frame.height));
    }
    assert.ok(different <= MAX_DIFFERENT_PIXELS, `${different} pixels differ, see test/golden/diff/door-${name}.png`);
  });
}

/** Old, new, and both with red where they differ. */
function sideBySide(old: Uint8Array, drawn: Uint8Array, width: number, height: number): Buffer {
  const rgba = new Uint8Array(3 * width * height * 4).fill(255);
  for (const [at, grey] of drawn.entries()) {
    const was = old[4 * at] ?? 0;
    const left = 4 * (3 * width * Math.floor(at / width) + (at % width));
    rgba.fill(was, left, left + 3);
    rgba.fill(grey, left + 4 * width, left + 4 * width + 3);
    rgba.set(was === grey ? [grey, grey, grey] : [255, 0, 0], left + 8 * width);
  }
  return pngOfRgba(rgba, 3 * width, height);
}

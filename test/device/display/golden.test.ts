// The door as a person has looked at it and found it good. UPDATE_GOLDEN=1 draws the pictures anew: look at them before
// they are committed (test/golden/contact-sheet.ts). A failure leaves old | new | difference in test/golden/diff/.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { unpackRows } from "../../../device/display/palette.ts";
import type { Picture } from "../../../device/display/panel/plane.ts";
import { pngOfRgba } from "../../../device/display/png.ts";
import { pngOf } from "../../../device/display/renderer.ts";
import { drawGolden, GOLDEN_FRAMES } from "./golden-frames.ts";
import { decodePng, encodeFlatPng } from "./images.ts";
import { couldBe, thresholded } from "./thresholded.ts";

/** x64 and arm64 may round an edge pixel differently before it is thresholded (display.md §5.8). */
const MAX_DIFFERENT_PIXELS = 8;
const GOLDEN = fileURLToPath(new URL("../../golden/", import.meta.url));
const RED = [255, 0, 0, 255];

for (const golden of GOLDEN_FRAMES) {
  test(`the door looks as it did: ${golden.name}`, async () => {
    const picture = drawGolden(golden);
    const file = `${GOLDEN}${golden.name}.png`;
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, keptPng(picture));
    const old = await decodePng(readFileSync(file));
    assert.deepEqual([old.width, old.height], [picture.width, picture.height]);
    const drawn = rgbaOf(picture);
    const different = differences(old.rgba, drawn);
    if (different.length > MAX_DIFFERENT_PIXELS) {
      mkdirSync(`${GOLDEN}diff/`, { recursive: true });
      writeFileSync(`${GOLDEN}diff/${golden.name}.png`, sideBySide(old.rgba, drawn, different, picture.width));
    }
    const said = `${different.length} pixels differ, see test/golden/diff/${golden.name}.png`;
    assert.ok(different.length <= MAX_DIFFERENT_PIXELS, said);
  });
}

/** What stands in the file. */
function keptPng(picture: Picture): Buffer {
  return picture.depth === 1 ? pngOf(picture) : encodeFlatPng({ ...picture, rgba: thresholded(picture) });
}

function rgbaOf({ depth, pixels, width }: Picture): Uint8Array {
  if (depth === 24) return pixels;
  const grey = unpackRows(pixels, width);
  return Uint8Array.from({ length: 4 * grey.length }, (_, at) => (at % 4 === 3 ? 255 : (grey[at >> 2] ?? 0)));
}

/** Pixels that are of another colour. */
function differences(old: Uint8Array, drawn: Uint8Array): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < drawn.length; at += 4) if (!couldBe(old, drawn, at)) found.push(at >> 2);
  return found;
}

/** Old, new, and new with red where they differ. */
function sideBySide(old: Uint8Array, drawn: Uint8Array, different: readonly number[], width: number): Buffer {
  const marked = Uint8Array.from(drawn);
  for (const at of different) marked.set(RED, 4 * at);
  const height = drawn.length / 4 / width;
  const rgba = new Uint8Array(3 * drawn.length);
  for (let row = 0; row < height; row++) {
    for (const [column, picture] of [old, drawn, marked].entries()) {
      rgba.set(picture.subarray(4 * width * row, 4 * width * (row + 1)), 4 * width * (3 * row + column));
    }
  }
  return pngOfRgba(rgba, 3 * width, height);
}

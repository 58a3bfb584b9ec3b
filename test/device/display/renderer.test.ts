// Frames: the same scene gives the same pixels, and only what changed is said to have changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { doorScene } from "../../../device/display/door-scene.ts";
import { createRenderer, pngOf } from "../../../device/display/renderer.ts";
import { SCREEN_NAMES, screenNamed } from "../../../device/display/screens.ts";
import { wordsFor } from "../../../device/display/words.ts";
import { aDevice, aDoor, clock } from "./door.ts";
import { type Case, DOORS, SCENES } from "./doors.ts";
import { decodePng } from "./images.ts";

function sceneOf({ programme, state, language = "en" }: Case) {
  return doorScene(programme, state, wordsFor(language));
}

/** One of every few: each is drawn on every screen. */
const SOME_SCENES = Object.values(SCENES).filter((_, index) => index % 8 === 0);

const normal = sceneOf(DOORS["normal"] as Case);

test("a screen may be named by its size alone, in black and white or in colours", () => {
  const { width, height, depth } = createRenderer("640x400").draw(normal);
  assert.deepEqual([width, height, depth], [640, 400, 1]);
  assert.equal(createRenderer("640x400x24").draw(normal).depth, 24);
  for (const size of ["0x400", "64x400", "640x40000", "640", "640x400x16"])
    assert.throws(() => createRenderer(size), RangeError, size);
});

test("a screen nobody has is refused by name", () => {
  assert.throws(() => createRenderer("door-1x1"), /Cannot draw for "door-1x1": the screens are door-800x480/);
});

for (const name of SCREEN_NAMES) {
  test(`${name}: pixels depend on the scene alone, not on the frames before`, () => {
    const used = createRenderer(name);
    for (const scene of SOME_SCENES) used.draw(scene);
    const late = used.draw(normal).pixels;
    const fresh = createRenderer(name).draw(normal).pixels;
    assert.equal(Buffer.compare(late, fresh), 0);
  });

  test(`${name}: the first frame is all new, the same scene again changes nothing`, () => {
    const renderer = createRenderer(name);
    const first = renderer.draw(normal);
    assert.equal(
      first.changed.reduce((sum, { rows }) => sum + rows, 0),
      first.height,
    );
    assert.deepEqual(renderer.draw(normal).changed, []);
  });

  test(`${name}: a new minute changes the rows of the clock and leaves most of the screen alone`, () => {
    const renderer = createRenderer(name);
    const at = (time: string) =>
      renderer.draw(doorScene(aDoor(), aDevice({ now: clock(time), lastSync: clock("14:10") }), wordsFor("en")));
    const { pixels, height } = at("14:20");
    const before = Uint8Array.from(pixels);
    const { changed, pixels: after } = at("14:21");
    if (screenNamed(name).arrangement === "plate") {
      assert.deepEqual(changed, [], "a plate has no clock to redraw");
      return;
    }
    assert.equal(changed[0]?.top, 0);
    assert.ok(changed.reduce((sum, { rows }) => sum + rows, 0) < height / 2);
    const rowBytes = after.length / height;
    for (let row = 0; row < height; row++) {
      const said = changed.some(({ top, rows }) => row >= top && row < top + rows);
      const same = Buffer.compare(rowOf(before, row, rowBytes), rowOf(after, row, rowBytes)) === 0;
      assert.ok(said || same, `row ${row} changed in silence`);
    }
  });

  test(`${name}: a frame is a PNG of its own size`, async () => {
    const frame = createRenderer(name).draw(normal);
    const { width, height, rgba } = await decodePng(pngOf(frame));
    assert.deepEqual([width, height], [frame.width, frame.height]);
    if (frame.depth === 24) assert.equal(Buffer.compare(rgba, frame.pixels), 0);
  });
}

function rowOf(pixels: Uint8Array, row: number, rowBytes: number): Uint8Array {
  return pixels.subarray(row * rowBytes, (row + 1) * rowBytes);
}

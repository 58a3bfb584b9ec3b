// A picture drawn as the screen hangs, turned to how the rows of its glass run.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { packedRowBytes, packRows, unpackRows } from "../../../device/display/palette.ts";
import type { Picture } from "../../../device/display/panel/plane.ts";
import { GlassTurner, hungSize, ROTATIONS, type Rotation, turnedToGlass } from "../../../device/display/rotation.ts";
import { screenNamed } from "../../../device/display/screens.ts";

const BACK: Readonly<Record<Rotation, Rotation>> = { 0: 0, 90: 270, 180: 180, 270: 90 };

const pictures = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.infiniteStream(fc.boolean()))
  .map(([width, height, whites]) => {
    const levels = [...whites.take(width * height)].map((white) => (white ? 255 : 0));
    const rgba = Uint8Array.from({ length: 4 * levels.length }, (_, at) =>
      at % 4 === 3 ? 255 : (levels[at >> 2] ?? 0),
    );
    return { width, height, rgba };
  });

function bits({ width, height, rgba }: { width: number; height: number; rgba: Uint8Array }): Picture {
  const pixels = new Uint8Array(packedRowBytes(width) * height);
  packRows(rgba, width, pixels, 0);
  return { width, height, depth: 1, pixels };
}

test("a quarter turn to the right brings the upper right corner of what hangs to the beginning of the glass", () => {
  // A B      B D
  // C D  ->  A C
  const picture = Uint8Array.from(["A", "B", "C", "D"].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 255]));
  const lettersOf = (rotation: Rotation) => {
    const { pixels } = turnedToGlass({ width: 2, height: 2, depth: 24, pixels: picture }, rotation);
    return String.fromCharCode(...pixels.filter((_, at) => at % 4 === 0));
  };
  assert.deepEqual(ROTATIONS.map(lettersOf), ["ABCD", "BDAC", "DCBA", "CADB"]);
});

test("turned there and back, whatever the size, a picture is itself, in bits and in colours", () => {
  fc.assert(
    fc.property(pictures, fc.constantFrom(...ROTATIONS), ({ width, height, rgba }, rotation) => {
      for (const picture of [bits({ width, height, rgba }), { width, height, depth: 24, pixels: rgba } as const]) {
        const there = turnedToGlass(picture, rotation);
        assert.deepEqual(hungSize(there, rotation), { width, height });
        assert.deepEqual(turnedToGlass(there, BACK[rotation]), picture);
      }
    }),
  );
});

test("bits and colours turn alike", () => {
  fc.assert(
    fc.property(pictures, fc.constantFrom(...ROTATIONS), ({ width, height, rgba }, rotation) => {
      const asBits = turnedToGlass(bits({ width, height, rgba }), rotation);
      const asColours = turnedToGlass({ width, height, depth: 24, pixels: rgba }, rotation);
      assert.deepEqual(
        [...unpackRows(asBits.pixels, asBits.width)],
        [...asColours.pixels.filter((_, at) => at % 4 === 0)],
      );
    }),
  );
});

test("a panel that hangs upright is laid out for that, not turned as a picture", () => {
  const { width, height, arrangement } = screenNamed("door-800x480", 90);
  assert.deepEqual([width, height, arrangement], [480, 800, "tall"]);
  assert.equal(screenNamed("door-800x480", 180).arrangement, "wide");
});

/** The same picture with other pixels in some of its rows. */
function scribbled(picture: Picture, rows: readonly number[]): Picture {
  const pixels = picture.pixels.slice();
  const rowBytes = pixels.length / picture.height;
  for (const row of rows) {
    const at = row * rowBytes;
    if (picture.depth === 24) pixels[at] = 255 - (pixels[at] as number);
    else pixels[at] = (pixels[at] as number) ^ 0x80;
  }
  return { ...picture, pixels };
}

test("turned frame by frame, only what changed, the glass is as if each picture were turned whole", () => {
  const rows = fc.array(fc.nat(19), { maxLength: 4 });
  fc.assert(
    fc.property(
      pictures,
      fc.constantFrom(...ROTATIONS),
      fc.array(rows, { maxLength: 4 }),
      (drawn, rotation, changes) => {
        for (const first of [bits(drawn), { ...drawn, depth: 24, pixels: drawn.rgba } as const]) {
          const { width, height, depth } = first;
          let picture: Picture = { width, height, depth, pixels: first.pixels };
          const turner = new GlassTurner(rotation);
          turner.turn({ ...picture, changed: [{ top: 0, rows: height }] });
          for (const change of changes) {
            const turned = [...new Set(change.map((row) => row % height))];
            const before = turnedToGlass(picture, rotation).pixels;
            picture = scribbled(picture, turned);
            const glass = turner.turn({ ...picture, changed: turned.map((top) => ({ top, rows: 1 })) });
            const wanted = turnedToGlass(picture, rotation).pixels;
            assert.deepEqual(glass.pixels, wanted);
            if (rotation === 0) continue;
            // Just the rows in which a pixel is another are named.
            const rowBytes = wanted.length / glass.height;
            const rowOf = (pixels: Uint8Array, y: number) =>
              Buffer.from(pixels.subarray(y * rowBytes, (y + 1) * rowBytes));
            const named = glass.changed.flatMap(({ top, rows }) => Array.from({ length: rows }, (_, row) => top + row));
            const differing = Array.from({ length: glass.height }, (_, y) => y).filter(
              (y) => !rowOf(before, y).equals(rowOf(wanted, y)),
            );
            assert.deepEqual(named, differing);
          }
        }
      },
    ),
  );
});

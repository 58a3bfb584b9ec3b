// One bit per pixel, PNG, and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { packedRowBytes, packRows, unpackRows, WHITE_FROM_LUMINANCE } from "../../../device/display/palette.ts";
import { pngOfPacked, pngOfRgba } from "../../../device/display/png.ts";
import { decodePng } from "./images.ts";

const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6 }));

function greyToRgba(grey: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: 4 * grey.length }, (_, at) => (at % 4 === 3 ? 255 : (grey[at >> 2] ?? 0)));
}

/** Any picture of black and white pixels. */
const pictures = sizes.chain(([width, height]) =>
  fc
    .array(fc.constantFrom(0, 255), { minLength: width * height, maxLength: width * height })
    .map((grey) => ({ width, height, grey: Uint8Array.from(grey) })),
);

test("black and white survive packing, whatever the width", () => {
  fc.assert(
    fc.property(pictures, ({ width, height, grey }) => {
      const packed = new Uint8Array(packedRowBytes(width) * height);
      packRows(greyToRgba(grey), width, packed, 0);
      assert.deepEqual(unpackRows(packed, width), grey);
    }),
  );
});

test("the leftmost pixel is the highest bit, and bits beyond the width are white", () => {
  const packed = new Uint8Array(2);
  packRows(greyToRgba(Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 0, 255)), 10, packed, 0);
  assert.deepEqual(packed, Uint8Array.of(0b1000_0000, 0b0111_1111));
});

test("a pixel is white from the threshold on", () => {
  const packed = new Uint8Array(1);
  packRows(greyToRgba(Uint8Array.of(WHITE_FROM_LUMINANCE - 1, WHITE_FROM_LUMINANCE)), 2, packed, 0);
  assert.equal(packed[0], 0b0111_1111);
});

test("rows are packed where they belong and nowhere else", () => {
  const packed = new Uint8Array(3).fill(0xaa);
  packRows(greyToRgba(new Uint8Array(8)), 8, packed, 1);
  assert.deepEqual(packed, Uint8Array.of(0xaa, 0, 0xaa));
});

test("a panel's picture is a PNG of really one bit", async () => {
  const packed = Uint8Array.of(0b1010_0000, 0b0111_1111);
  const png = pngOfPacked(packed, 8, 2);
  assert.deepEqual([...png.subarray(24, 26)], [1, 0]);
  const { width, height, rgba } = await decodePng(png);
  assert.deepEqual([width, height], [8, 2]);
  assert.deepEqual(rgba, greyToRgba(unpackRows(packed, 8)));
});

test("colours survive PNG", async () => {
  const pixels = Uint8Array.from({ length: 4 * 7 * 5 }, (_, at) => (at % 4 === 3 ? 255 : (at * 37) % 256));
  const { rgba } = await decodePng(pngOfRgba(pixels, 7, 5));
  assert.deepEqual(rgba, pixels);
});

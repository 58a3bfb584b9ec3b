// How a screen hangs: a setting of the place, never of the network (display.md §2 I). Layouts are drawn for the size they
// have as they hang; what goes to the glass is turned back to how its rows run.
import { packedRowBytes } from "./palette.ts";
import type { Picture } from "./panel/plane.ts";

/** By how much the glass was turned to the right when it was hung, in degrees. */
export const ROTATIONS = [0, 90, 180, 270] as const;
export type Rotation = (typeof ROTATIONS)[number];

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a glass as it hangs. */
export function hungSize({ width, height }: Size, rotation: Rotation): Size {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A picture drawn for how the glass hangs, as the rows of the glass run. A fresh one, unless nothing is turned. */
export function turnedToGlass(picture: Picture, rotation: Rotation): Picture {
  if (rotation === 0) return picture;
  const size = hungSize(picture, rotation);
  const pixels = picture.depth === 1 ? turnedBits(picture, size, rotation) : turnedColours(picture, size, rotation);
  return { ...size, depth: picture.depth, pixels };
}

/** Where a pixel of the glass stands in the picture. */
function source({ width, height }: Size, rotation: Rotation, x: number, y: number): number {
  switch (rotation) {
    case 0:
      return y * width + x;
    case 90:
      return x * width + (width - 1 - y);
    case 180:
      return (height - 1 - y) * width + (width - 1 - x);
    case 270:
      return (height - 1 - x) * width + y;
  }
}

function turnedColours(picture: Picture, size: Size, rotation: Rotation): Uint8Array {
  const from = new Uint32Array(picture.pixels.buffer, picture.pixels.byteOffset, picture.width * picture.height);
  const to = new Uint32Array(from.length);
  for (let at = 0; at < to.length; at++) {
    to[at] = from[source(picture, rotation, at % size.width, Math.floor(at / size.width))] as number;
  }
  return new Uint8Array(to.buffer);
}

function turnedBits(picture: Picture, size: Size, rotation: Rotation): Uint8Array {
  const fromBytes = packedRowBytes(picture.width);
  const toBytes = packedRowBytes(size.width);
  const to = new Uint8Array(toBytes * size.height).fill(0xff);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const at = source(picture, rotation, x, y);
      const column = at % picture.width;
      const byte = picture.pixels[((at - column) / picture.width) * fromBytes + (column >> 3)] as number;
      if ((byte >> (7 - (column & 7))) & 1) continue;
      const target = y * toBytes + (x >> 3);
      to[target] = (to[target] as number) & ~(0x80 >> (x & 7));
    }
  }
  return to;
}

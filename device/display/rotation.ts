// How a screen hangs: a setting of the place, never of the network (display.md §2 I). Layouts are drawn for the size they
// have as they hang; what goes to the glass is turned back to how its rows run.
import { packedRowBytes } from "./palette.ts";
import type { Picture } from "./panel/plane.ts";
import type { Frame, RowSpan } from "./renderer.ts";

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
  const { width, height, depth, pixels } = new GlassTurner(rotation).turn({ ...picture, changed: [wholeOf(picture)] });
  return { width, height, depth, pixels };
}

/** Turns the frames of one renderer: into one buffer, and only what changed since the frame before. */
export class GlassTurner {
  readonly #rotation: Rotation;
  #turned: Picture | undefined;

  constructor(rotation: Rotation) {
    this.#rotation = rotation;
  }

  /** Belongs to the turner, which turns the next frame into it. The first must be all new. */
  turn(frame: Frame): Frame {
    if (this.#rotation === 0) return frame;
    this.#turned ??= blankOf(frame, this.#rotation);
    const touched = new Uint8Array(this.#turned.height);
    const turnRows = frame.depth === 1 ? turnBits : turnColours;
    for (const span of frame.changed)
      turnRows({ from: frame, span, to: this.#turned, rotation: this.#rotation, touched });
    return { ...this.#turned, changed: spansOf(touched) };
  }
}

interface Turning {
  readonly from: Picture;
  /** Rows of `from`. */
  readonly span: RowSpan;
  readonly to: Picture;
  readonly rotation: Rotation;
  /** One for each row of `to` in which a pixel became another. */
  readonly touched: Uint8Array;
}

function wholeOf({ height }: Size): RowSpan {
  return { top: 0, rows: height };
}

/** Bits behind the end of a row are white. */
function blankOf({ depth, ...picture }: Picture, rotation: Rotation): Picture {
  const size = hungSize(picture, rotation);
  const bytes = size.height * (depth === 1 ? packedRowBytes(size.width) : 4 * size.width);
  return { ...size, depth, pixels: new Uint8Array(bytes).fill(0xff) };
}

/** Where the first pixel of a row stands on the glass, and the step to the next one, both as y × width + x. */
function pathOf({ from, to, rotation }: Turning, row: number): readonly [start: number, step: number] {
  switch (rotation) {
    case 0:
      return [row * to.width, 1];
    case 90:
      return [(to.height - 1) * to.width + row, -to.width];
    case 180:
      return [(to.height - 1 - row) * to.width + to.width - 1, -1];
    case 270:
      return [from.height - 1 - row, to.width];
  }
}

function turnColours(turning: Turning): void {
  const { from, span, to, touched } = turning;
  const source = new Uint32Array(from.pixels.buffer, from.pixels.byteOffset, from.width * from.height);
  const target = new Uint32Array(to.pixels.buffer, to.pixels.byteOffset, to.width * to.height);
  for (let row = span.top; row < span.top + span.rows; row++) {
    let [at, step] = pathOf(turning, row);
    for (let x = 0; x < from.width; x++, at += step) {
      const colour = source[row * from.width + x] as number;
      if (target[at] === colour) continue;
      target[at] = colour;
      touched[Math.floor(at / to.width)] = 1;
    }
  }
}

function turnBits(turning: Turning): void {
  const { from, span, to, touched } = turning;
  const [fromBytes, toBytes] = [packedRowBytes(from.width), packedRowBytes(to.width)];
  for (let row = span.top; row < span.top + span.rows; row++) {
    let [at, step] = pathOf(turning, row);
    for (let x = 0; x < from.width; x++, at += step) {
      const isWhite = ((from.pixels[row * fromBytes + (x >> 3)] as number) >> (7 - (x & 7))) & 1;
      const column = at % to.width;
      const y = (at - column) / to.width;
      const bit = 0x80 >> (column & 7);
      const byte = to.pixels[y * toBytes + (column >> 3)] as number;
      const turned = isWhite ? byte | bit : byte & ~bit;
      if (turned === byte) continue;
      to.pixels[y * toBytes + (column >> 3)] = turned;
      touched[y] = 1;
    }
  }
}

/** Rows that were touched, joined where they touch each other. */
function spansOf(touched: Uint8Array): RowSpan[] {
  const spans: RowSpan[] = [];
  for (let top = touched.indexOf(1); top >= 0; ) {
    const end = touched.indexOf(0, top);
    const rows = (end < 0 ? touched.length : end) - top;
    spans.push({ top, rows });
    top = touched.indexOf(1, top + rows);
  }
  return spans;
}

// A picture as the memory of a panel holds it: turned the way its rows run, its colours as codes, packed. And the window
// in which two of them differ.
import { packedRowBytes, packRows, unpackRows } from "../palette.ts";
import type { Depth } from "../screens.ts";
import { nearestInk } from "./inks.ts";
import type { Panel, PixelKind } from "./panel.ts";

/** As a renderer makes it (its Frame is one). */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1: packed rows, 1 is white. 24: RGBA. */
  readonly depth: Depth;
  readonly pixels: Uint8Array;
}

/** In pixels of the memory; x and width are multiples of 8. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const BITS: Readonly<Record<PixelKind, 1 | 4>> = { bit: 1, ink: 4, grey: 4 };
/** Every chip takes windows of whole bytes of bits. */
const ALIGNMENT_PX = 8;
const WHITE: Readonly<Record<PixelKind, number>> = { bit: 1, ink: 1, grey: 15 };
const GREY_SHIFT = 4;

export function planeRowBytes({ pixel, width }: Panel): number {
  return packedRowBytes(width * BITS[pixel]);
}

/**
 * A fresh array; the picture may change afterwards. A picture that stands upright where the rows lie is turned a quarter
 * to the left, as the vendors do; `upsideDown` is for a panel whose ribbon leaves at the other side. Throws RangeError
 * for a picture of another size.
 */
export function planeOf(panel: Panel, picture: Picture, upsideDown = false): Uint8Array {
  const lies = picture.width === panel.width && picture.height === panel.height;
  const stands = picture.width === panel.height && picture.height === panel.width;
  if (!lies && !stands)
    throw new RangeError(
      `Cannot show picture: ${picture.width} × ${picture.height} does not fit ${panel.name}, ${panel.width} × ${panel.height}`,
    );
  if (panel.pixel === "bit" && picture.depth === 1 && lies && !upsideDown) return picture.pixels.slice();
  const codes = codesOf(panel.pixel, picture);
  if (stands) return packed(turnedLeft(codes, picture), panel, upsideDown);
  return packed(codes, panel, upsideDown);
}

/** One code per pixel, as the picture lies. */
function codesOf(kind: PixelKind, picture: Picture): Uint8Array {
  if (picture.depth === 1 || kind === "bit") {
    const white = WHITE[kind];
    return unpackRows(blackAndWhite(picture), picture.width).map((level) => (level === 0 ? 0 : white));
  }
  const codes = new Uint8Array(picture.width * picture.height);
  for (let at = 0; at < codes.length; at++) codes[at] = colourCode(kind, picture.pixels, 4 * at);
  return codes;
}

function blackAndWhite({ depth, pixels, width, height }: Picture): Uint8Array {
  if (depth === 1) return pixels;
  const bits = new Uint8Array(packedRowBytes(width) * height);
  packRows(pixels, width, bits, 0);
  return bits;
}

function colourCode(kind: PixelKind, rgba: Uint8Array, at: number): number {
  const [red, green, blue] = [rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number];
  if (kind === "ink") return nearestInk(red, green, blue);
  return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue) >> GREY_SHIFT;
}

function turnedLeft(codes: Uint8Array, { width, height }: Picture): Uint8Array {
  const turned = new Uint8Array(codes.length);
  let from = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[(width - 1 - x) * height + y] = codes[from++] as number;
  }
  return turned;
}

/** Bits behind the end of a row are zero. */
function packed(codes: Uint8Array, panel: Panel, backwards: boolean): Uint8Array {
  const bits = BITS[panel.pixel];
  const rowBytes = planeRowBytes(panel);
  const plane = new Uint8Array(rowBytes * panel.height);
  const perByte = 8 / bits;
  for (let at = 0; at < codes.length; at++) {
    const x = at % panel.width;
    const code = codes[backwards ? codes.length - 1 - at : at] as number;
    const to = ((at - x) / panel.width) * rowBytes + Math.floor(x / perByte);
    plane[to] = (plane[to] as number) | (code << (8 - bits * ((x % perByte) + 1)));
  }
  return plane;
}

export function wholeWindow({ width, height }: Panel): Window {
  return { x: 0, y: 0, width: Math.ceil(width / ALIGNMENT_PX) * ALIGNMENT_PX, height };
}

/** The smallest window that holds every difference; undefined if there is none. */
export function dirtyWindow(panel: Panel, before: Uint8Array, after: Uint8Array): Window | undefined {
  const rowBytes = planeRowBytes(panel);
  let [left, right, top, bottom] = [rowBytes, -1, panel.height, -1];
  for (let at = 0; at < after.length; at++) {
    if (before[at] === after[at]) continue;
    const column = at % rowBytes;
    const row = (at - column) / rowBytes;
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = row;
  }
  if (bottom < 0) return undefined;
  const bytesPerUnit = BITS[panel.pixel];
  const x = Math.floor(left / bytesPerUnit) * ALIGNMENT_PX;
  const end = (Math.floor(right / bytesPerUnit) + 1) * ALIGNMENT_PX;
  return { x, y: top, width: end - x, height: bottom - top + 1 };
}

/** What stands in a window, row after row. */
export function cutWindow(panel: Panel, plane: Uint8Array, window: Window): Uint8Array {
  const rowBytes = planeRowBytes(panel);
  const from = (window.x * BITS[panel.pixel]) / 8;
  const length = Math.min((window.width * BITS[panel.pixel]) / 8, rowBytes - from);
  const cut = new Uint8Array(length * window.height);
  for (let row = 0; row < window.height; row++) {
    const start = (window.y + row) * rowBytes + from;
    cut.set(plane.subarray(start, start + length), row * length);
  }
  return cut;
}

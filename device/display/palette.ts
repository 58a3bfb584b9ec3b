// RGBA ↔ one bit per pixel: rows packed with the leftmost pixel in the highest bit, 1 for white, as panels and PNG
// want them. Text is thresholded, never dithered (display.md §5.3).

/** Keeps the thin strokes of 20 px text without filling its counters (display.md §5.3: 150–160). */
export const WHITE_FROM_LUMINANCE = 156;
const RGBA_BYTES = 4;

/** Rec. 709 luma in 256ths. */
const RED = 54;
const GREEN = 183;
const BLUE = 19;
const WHITE_FROM = WHITE_FROM_LUMINANCE * (RED + GREEN + BLUE);

export function packedRowBytes(width: number): number {
  return (width + 7) >> 3;
}

/**
 * Packs whole rows of `rgba` into `packed` from row `firstRow` on. Bits beyond `width` are white. A pixel is read as
 * one little-endian word, three times as fast as by bytes, so `rgba` must begin at a multiple of 4 in its buffer.
 */
export function packRows(rgba: Uint8Array, width: number, packed: Uint8Array, firstRow: number): void {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / RGBA_BYTES);
  const rowBytes = packedRowBytes(width);
  const rows = pixels.length / width;
  let at = 0;
  for (let row = 0; row < rows; row++) {
    let to = (firstRow + row) * rowBytes;
    for (let x = 0; x < width; x += 8, to++) {
      const count = Math.min(8, width - x);
      packed[to] = isPlain(pixels, at, count) ? plainByte(pixels[at] as number, count) : packedByte(pixels, at, count);
      at += count;
    }
  }
}

/** Most of a page is paper or ink: pixels that are all alike are judged once. */
function isPlain(pixels: Uint32Array, from: number, count: number): boolean {
  const first = pixels[from];
  for (let at = from + count - 1; at > from; at--) if (pixels[at] !== first) return false;
  return true;
}

function plainByte(pixel: number, count: number): number {
  return isBlack(pixel) === 1 ? 0xff >> count : 0xff;
}

function packedByte(pixels: Uint32Array, from: number, count: number): number {
  let black = 0;
  for (let at = from; at < from + count; at++) black = (black << 1) | isBlack(pixels[at] as number);
  return ~(black << (8 - count));
}

/** 1 or 0. */
function isBlack(pixel: number): number {
  const luma = RED * (pixel & 0xff) + GREEN * ((pixel >>> 8) & 0xff) + BLUE * ((pixel >>> 16) & 0xff);
  return (luma - WHITE_FROM) >>> 31;
}

/** One byte per pixel, 0 or 255. */
export function unpackRows(packed: Uint8Array, width: number): Uint8Array {
  const rowBytes = packedRowBytes(width);
  const grey = new Uint8Array((packed.length / rowBytes) * width);
  for (let at = 0; at < grey.length; at++) {
    const x = at % width;
    const byte = packed[((at - x) / width) * rowBytes + (x >> 3)] as number;
    grey[at] = (byte >> (7 - (x & 7))) & 1 ? 255 : 0;
  }
  return grey;
}

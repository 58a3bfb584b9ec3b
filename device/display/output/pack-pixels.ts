// Pixels of a frame → pixels of a framebuffer. Pure: rows in, bytes out, little-endian.
import { packedRowBytes } from "../palette.ts";
import type { Frame, RowSpan } from "../renderer.ts";
import { type Geometry, PIXEL_BYTES } from "./geometry.ts";

/** Where a frame lies on the screen: in its middle, cut off at the edges if it is larger. */
export interface Placing {
  /** First column and row of the frame that are seen, and where they stand on the screen. */
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  readonly width: number;
  readonly height: number;
}

const WHITE = 0xff_ffff;

type Size = Pick<Frame, "width" | "height">;

export function centred(frame: Size, screen: Size): Placing {
  const width = Math.min(frame.width, screen.width);
  const height = Math.min(frame.height, screen.height);
  return {
    fromX: (frame.width - width) >> 1,
    fromY: (frame.height - height) >> 1,
    toX: (screen.width - width) >> 1,
    toY: (screen.height - height) >> 1,
    width,
    height,
  };
}

/** The part of `span` that is seen, in rows of the screen; undefined if none is. */
export function visibleSpan({ top, rows }: RowSpan, { fromY, toY, height }: Placing): RowSpan | undefined {
  const first = Math.max(top, fromY);
  const end = Math.min(top + rows, fromY + height);
  return end > first ? { top: first - fromY + toY, rows: end - first } : undefined;
}

/** Packs rows for one framebuffer. Keeps room for one row, so that nothing is allocated for each picture. */
export class PixelPacker {
  readonly #geometry: Geometry;
  readonly #colours: Uint32Array;
  readonly #packed: (colours: Uint32Array) => Uint8Array;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    this.#colours = new Uint32Array(geometry.width);
    this.#packed = geometry.format === "rgb565" ? packs565(geometry.width) : packs8888(geometry.width);
  }

  /**
   * Writes whole rows, from `span.top` of the screen on, to the beginning of `bytes`. What the frame does not cover becomes
   * black. The pixels of a frame of depth 24 must begin at a multiple of 4 in their buffer.
   */
  pack(frame: Frame, placing: Placing, span: RowSpan, bytes: Uint8Array): void {
    const { strideBytes, format } = this.#geometry;
    bytes.fill(0, 0, span.rows * strideBytes);
    for (let row = 0; row < span.rows; row++) {
      const y = span.top + row - placing.toY;
      if (y < 0 || y >= placing.height) continue;
      const colours = coloursOf(frame, placing, placing.fromY + y, this.#colours);
      bytes.set(this.#packed(colours), row * strideBytes + placing.toX * PIXEL_BYTES[format]);
    }
  }
}

/** Colours are little-endian words of RGBA: red is lowest. Each call gives the same memory. */
function packs565(width: number): (colours: Uint32Array) => Uint8Array {
  const words = new Uint16Array(width);
  return (colours) => {
    for (let x = 0; x < colours.length; x++) {
      const colour = colours[x] as number;
      words[x] = ((colour & 0xf8) << 8) | ((colour & 0xfc00) >>> 5) | ((colour & 0xf8_0000) >>> 19);
    }
    return new Uint8Array(words.buffer, 0, 2 * colours.length);
  };
}

/** Likewise; here blue is lowest and the highest byte means nothing. */
function packs8888(width: number): (colours: Uint32Array) => Uint8Array {
  const words = new Uint32Array(width);
  return (colours) => {
    for (let x = 0; x < colours.length; x++) {
      const colour = colours[x] as number;
      words[x] = ((colour & 0xff) << 16) | (colour & 0xff00) | ((colour >>> 16) & 0xff);
    }
    return new Uint8Array(words.buffer, 0, 4 * colours.length);
  };
}

/** The seen part of one row of the frame; `room` is used where the frame has no colours. */
function coloursOf(frame: Frame, { fromX, width }: Placing, y: number, room: Uint32Array): Uint32Array {
  const { pixels, depth } = frame;
  if (depth === 24) return new Uint32Array(pixels.buffer, pixels.byteOffset + 4 * (y * frame.width + fromX), width);
  const rowAt = y * packedRowBytes(frame.width);
  for (let x = 0; x < width; x++) {
    const at = fromX + x;
    room[x] = ((pixels[rowAt + (at >> 3)] as number) >> (7 - (at & 7))) & 1 ? WHITE : 0;
  }
  return room.subarray(0, width);
}

// Draws door scenes for one named screen. The one way from a scene to pixels: panels, framebuffer and preview all
// take the frames made here.
import { createPainter, createTypesetter } from "./canvas.ts";
import { placeScene } from "./door-layout.ts";
import { packedRowBytes, packRows } from "./palette.ts";
import type { Picture } from "./panel/plane.ts";
import { pngOfPacked, pngOfRgba } from "./png.ts";
import type { Rotation } from "./rotation.ts";
import type { Scene } from "./scene.ts";
import { type Depth, screenNamed } from "./screens.ts";

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly depth: Depth;
  /**
   * Depth 1: packed rows, the leftmost pixel in the highest bit, 1 is white. Depth 24: RGBA, opaque.
   * Belongs to the renderer, which writes the next frame into it.
   */
  readonly pixels: Uint8Array;
  /** Rows that differ from the frame before, if any; the first frame is all new. */
  readonly changed: readonly RowSpan[];
}

export interface RowSpan {
  readonly top: number;
  readonly rows: number;
}

export interface Renderer {
  readonly draw: (scene: Scene) => Frame;
}

/**
 * Frames are drawn as the screen hangs; turnedToGlass turns them for the rows of the glass. Throws RangeError for a
 * screen that screenNamed does not know.
 */
export function createRenderer(screenName: string, rotation: Rotation = 0): Renderer {
  const screen = screenNamed(screenName, rotation);
  const { width, height, depth } = screen;
  const typesetter = createTypesetter();
  const paint = createPainter(width, height);
  const pixels = new Uint8Array(depth === 1 ? packedRowBytes(width) * height : 4 * width * height);
  return {
    draw: (scene) => {
      const changed: RowSpan[] = [];
      paint(placeScene(scene, screen, typesetter), (top, rgba) => {
        if (depth === 1) packRows(rgba, width, pixels, top);
        else pixels.set(rgba, 4 * width * top);
        changed.push({ top, rows: rgba.length / (4 * width) });
      });
      // Bands are read into young buffers; where the collector is exposed, a minor run of 1 ms frees them at once.
      globalThis.gc?.({ type: "minor" });
      return { width, height, depth, pixels, changed };
    },
  };
}

export function pngOf({ depth, pixels, width, height }: Picture): Buffer {
  return depth === 1 ? pngOfPacked(pixels, width, height) : pngOfRgba(pixels, width, height);
}

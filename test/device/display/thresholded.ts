// A picture without its soft edges, which processors round differently (display.md §5.8): every pixel takes the nearest
// colour of its theme. It still looks like the screen, and is small enough to be kept.
import type { Picture } from "../../../device/display/panel/plane.ts";
import { CAMPFIRE, ONE_BIT } from "../../../device/display/themes.ts";

/** Sum over the channels; what another processor may make of an edge. */
const ROUNDING = 6;

type Colour = readonly [number, number, number];

interface Nearest {
  readonly colour: Colour;
  readonly distance: number;
}

const COLOURS: readonly Colour[] = coloursOf([CAMPFIRE, ONE_BIT]);
const known = new Map<number, Nearest>();

function coloursOf(theme: object): readonly Colour[] {
  const values = JSON.stringify(theme).match(/#[0-9a-f]{6}/g) ?? [];
  return [...new Set(values)].map((hex) => {
    const value = Number.parseInt(hex.slice(1), 16);
    return [value >> 16, (value >> 8) & 0xff, value & 0xff];
  });
}

/** RGBA of a picture in colour. */
export function thresholded({ pixels }: Picture): Uint8Array {
  const flat = new Uint8Array(pixels.length).fill(255);
  for (let at = 0; at < pixels.length; at += 4) flat.set(nearest(pixels, at).colour, at);
  return flat;
}

/** True if the pixel at `at` could have been thresholded to what is kept there. */
export function couldBe(kept: Uint8Array, drawn: Uint8Array, at: number): boolean {
  return (
    distance(drawn, at, [kept[at] ?? 0, kept[at + 1] ?? 0, kept[at + 2] ?? 0]) <= nearest(drawn, at).distance + ROUNDING
  );
}

function nearest(pixels: Uint8Array, at: number): Nearest {
  const key = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
  const found = known.get(key) ?? search(pixels, at);
  known.set(key, found);
  return found;
}

function search(pixels: Uint8Array, at: number): Nearest {
  return COLOURS.map((colour) => ({ colour, distance: distance(pixels, at, colour) })).reduce((best, one) =>
    one.distance < best.distance ? one : best,
  );
}

function distance(pixels: Uint8Array, at: number, [red, green, blue]: Colour): number {
  return (
    Math.abs((pixels[at] ?? 0) - red) + Math.abs((pixels[at + 1] ?? 0) - green) + Math.abs((pixels[at + 2] ?? 0) - blue)
  );
}

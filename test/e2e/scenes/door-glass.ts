// The screen at a door as an eye sees it: which of its parts look different, and whether a clock and a "NOW" are on it.
// Knows where door-800x480 has them (test/golden).
import { createHash } from "node:crypto";
import { createCanvas, loadImage } from "@napi-rs/canvas";

interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CLOCK: Part = { x: 600, y: 8, width: 190, height: 66 };
/** White on black, before the time of what runs. */
const NOW_LABEL: Part = { x: 22, y: 94, width: 98, height: 36 };
const PROGRAMME: Part = { x: 0, y: 84, width: 800, height: 220 };
const BADGE: Part = { x: 0, y: 428, width: 420, height: 24 };

const LABEL_DARK_AT_LEAST = 0.6;
const BYTES_PER_PIXEL = 4;
const DARK_BELOW = 128;

export interface Glass {
  /** Change where the programme looks different, and where the line about peers and news does. */
  readonly programme: string;
  readonly badge: string;
  readonly hasClock: boolean;
  readonly hasNow: boolean;
}

export async function lookAt(url: string): Promise<Glass> {
  const response = await fetch(new URL("/screen.png", url));
  const image = await loadImage(Buffer.from(await response.arrayBuffer()));
  const canvas = createCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const pixels = ({ x, y, width, height }: Part) => canvas.getImageData(x, y, width, height).data;
  return {
    programme: fingerprint(pixels(PROGRAMME)),
    badge: fingerprint(pixels(BADGE)),
    hasClock: darkShare(pixels(CLOCK)) < 1,
    hasNow: darkShare(pixels(NOW_LABEL)) >= LABEL_DARK_AT_LEAST,
  };
}

function fingerprint(pixels: Uint8ClampedArray): string {
  return createHash("sha256").update(pixels).digest("hex");
}

function darkShare(pixels: Uint8ClampedArray): number {
  const dark = pixels.filter((value, index) => index % BYTES_PER_PIXEL === 0 && value < DARK_BELOW);
  return dark.length / (pixels.length / BYTES_PER_PIXEL);
}

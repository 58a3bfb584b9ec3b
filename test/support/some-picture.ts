// Pictures for tests: the first bytes are what a real encoder writes, the rest is noise that nobody decodes.
import { seededRandom } from "./seeded-random.ts";

const PNG_HEAD = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52);
const PNG_HEADER_BYTES = 33;

export interface PictureShape {
  readonly width?: number;
  readonly height?: number;
  /** Length of the whole. */
  readonly bytes?: number;
}

/** Another seed, other bytes. */
export function somePng(seed: number, { width = 1600, height = 1200, bytes = 1000 }: PictureShape = {}): Uint8Array {
  const random = seededRandom(seed);
  const png = Uint8Array.from({ length: bytes }, () => random() * 256);
  png.set(PNG_HEAD);
  const view = new DataView(png.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  png.set(Uint8Array.of(8, 2, 0, 0, 0), PNG_HEADER_BYTES - 9);
  return png;
}

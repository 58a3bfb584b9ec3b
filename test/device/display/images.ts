// PNG files as the tests read them: decoded by the canvas, an implementation other than the one that wrote them. And as
// they keep them: flat pictures of few colours, a third as large as the box writes them.
import { crc32, deflateSync } from "node:zlib";
import { createCanvas, loadImage } from "@napi-rs/canvas";

export interface Image {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

export async function decodePng(png: Uint8Array): Promise<Image> {
  const image = await loadImage(Buffer.from(png));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  return { width: image.width, height: image.height, rgba: Uint8Array.from(canvas.data()) };
}

/** An indexed PNG. Throws RangeError for more than 256 colours. */
export function encodeFlatPng({ width, height, rgba }: Image): Buffer {
  const pixels = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  const indices = new Map<number, number>();
  const rows = new Uint8Array((width + 1) * height);
  for (let at = 0; at < width * height; at++) {
    const colour = pixels.getUint32(4 * at) >>> 8;
    const index = indices.get(colour) ?? indices.size;
    if (index > 0xff) throw new RangeError("Cannot encode PNG: more than 256 colours");
    indices.set(colour, index);
    // The byte before each row names its filter; 0 is none.
    rows[at + Math.floor(at / width) + 1] = index;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const palette = Buffer.from(
    [...indices.keys()].flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]),
  );
  const data = deflateSync(rows, { level: 9 });
  const chunks = [chunk("IHDR", header), chunk("PLTE", palette), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), data.length + 8);
  return framed;
}

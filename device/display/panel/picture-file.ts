// A picture file as a picture for a panel; only traces need it.
import { createCanvas, loadImage } from "../skia.ts";
import type { Picture } from "./plane.ts";

/** PNG and what else the canvas reads, colours as they are. Transparent is white. Rejects if it is no picture. */
export async function readPicture(file: Uint8Array): Promise<Picture> {
  const image = await loadImage(Buffer.from(file));
  const { width, height } = image;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  return { width, height, depth: 24, pixels: Uint8Array.from(canvas.data()) };
}

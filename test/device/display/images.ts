// PNG files as the tests read them: decoded by the canvas, an implementation other than the one that wrote them.
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

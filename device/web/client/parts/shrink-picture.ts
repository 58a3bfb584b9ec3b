// A picture made small for the journey: drawn anew at 1280 pixels at most and written as JPEG of 300 KB at most. Drawing
// it anew also drops what cameras write along: where, when, with what.
import type { PictureInput } from "../phone.ts";

const MAX_SIDE_PIXELS = 1280;
/** So that a phone carries hundreds of them from box to box. */
const MAX_BYTES = 300 * 1024;
const QUALITIES: readonly number[] = [0.82, 0.7, 0.58, 0.45];
const SMALLER = 0.7;
const MAX_TRIES = 4;

export type Shrunk = PictureInput | "unreadable" | "too large";

export async function shrinkPicture(file: Blob): Promise<Shrunk> {
  const image = await createImageBitmap(file).catch(() => undefined);
  if (image === undefined) return "unreadable";
  let scale = Math.min(1, MAX_SIDE_PIXELS / Math.max(image.width, image.height));
  for (let attempt = 0; attempt < MAX_TRIES; attempt++, scale *= SMALLER) {
    const blob = await smallEnough(drawnAt(image, scale));
    if (blob !== undefined) return { bytes: new Uint8Array(await blob.arrayBuffer()), type: "image/jpeg" };
  }
  return "too large";
}

function drawnAt(image: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  // JPEG knows no glass: what was see-through becomes paper.
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function smallEnough(canvas: HTMLCanvasElement): Promise<Blob | undefined> {
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob !== null && blob.size <= MAX_BYTES) return blob;
  }
  return undefined;
}

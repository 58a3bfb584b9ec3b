// What the bytes of a picture say of themselves (SPEC.md §8.7): its type and its size in pixels, read from the first
// bytes and never from a name. Nothing is decoded. SVG is none of them: it is a program for whoever opens it.
import { MAX_BLOB_BYTES } from "../operation/limits.ts";

export const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp"] as const;

export type PictureType = (typeof PICTURE_TYPES)[number];

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface Picture extends PictureSize {
  readonly mediaType: PictureType;
  /** The camera wrote something into it besides: when, with what, and maybe where. */
  readonly hasCameraNotes: boolean;
}

/** 4096 × 4096: drawn, it takes 64 MiB, which a phone just has. A few bytes can claim a thousand times that. */
export const MAX_PICTURE_PIXELS = 2 ** 24;

/** Nothing for bytes that are no picture. */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const picture = readJpeg(bytes) ?? readPng(bytes) ?? readWebp(bytes);
  return picture && picture.width > 0 && picture.height > 0 ? picture : undefined;
}

/** The same, and nothing for one that is larger than what is carried. Asked of whatever comes and whatever is shown. */
export function readCarriedPicture(bytes: Uint8Array): Picture | undefined {
  const picture = bytes.length <= MAX_BLOB_BYTES ? readPicture(bytes) : undefined;
  return picture && picture.width * picture.height <= MAX_PICTURE_PIXELS ? picture : undefined;
}

const PNG_START = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const PNG_HEADER_BYTES = 24;

/** Its first chunk is IHDR, which begins with both sizes. */
function readPng(bytes: Uint8Array): Picture | undefined {
  const isPng = bytes.length >= PNG_HEADER_BYTES && startsWith(bytes, PNG_START) && wordAt(bytes, 12) === "IHDR";
  if (!isPng) return undefined;
  const header = viewOf(bytes);
  return {
    mediaType: "image/png",
    width: header.getUint32(16),
    height: header.getUint32(20),
    hasCameraNotes: false,
  };
}

const JPEG_START = Uint8Array.of(0xff, 0xd8, 0xff);
/** Where the picture itself begins; its size must have stood before. */
const JPEG_SCAN = 0xda;
const JPEG_APP1 = 0xe1;
const JPEG_FRAME_BYTES = 9;

/** Segments follow one another, each with its length; the size stands in the one that begins a frame. */
function readJpeg(bytes: Uint8Array): Picture | undefined {
  if (!startsWith(bytes, JPEG_START)) return undefined;
  const view = viewOf(bytes);
  let hasCameraNotes = false;
  for (let at = 2; at + JPEG_FRAME_BYTES <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number;
    if (marker === JPEG_SCAN) return undefined;
    if (beginsFrame(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { mediaType: "image/jpeg", width, height, hasCameraNotes };
    }
    if (marker === JPEG_APP1 && wordAt(bytes, at + 4) === "Exif") hasCameraNotes = true;
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** SOF0–SOF15 but for the three of that range that mean something else. */
function beginsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

const WEBP_HEADER_BYTES = 30;
const WEBP_EXIF_FLAG = 0x08;
const FOURTEEN_BITS = 0x3fff;

/** Three kinds: lossy, lossless and extended, told apart by the name of the first chunk. */
function readWebp(bytes: Uint8Array): Picture | undefined {
  if (bytes.length < WEBP_HEADER_BYTES || wordAt(bytes, 0) !== "RIFF" || wordAt(bytes, 8) !== "WEBP") return undefined;
  const size = webpSize(viewOf(bytes), wordAt(bytes, 12));
  const hasCameraNotes = wordAt(bytes, 12) === "VP8X" && ((bytes[20] as number) & WEBP_EXIF_FLAG) !== 0;
  return size && { mediaType: "image/webp", ...size, hasCameraNotes };
}

function webpSize(view: DataView, chunk: string): PictureSize | undefined {
  switch (chunk) {
    case "VP8 ":
      return { width: view.getUint16(26, true) & FOURTEEN_BITS, height: view.getUint16(28, true) & FOURTEEN_BITS };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & FOURTEEN_BITS) + 1, height: ((bits >>> 14) & FOURTEEN_BITS) + 1 };
    }
    case "VP8X":
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function wordAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

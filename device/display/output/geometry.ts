// What sysfs says about a framebuffer: how large it is and how its pixels lie in memory. Text in, values out; the
// emulation on top of KMS decides all of it, nothing can be chosen (display.md §4.1).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type PixelFormat = "rgb565" | "xrgb8888";

export interface Geometry {
  /** "fb0". */
  readonly device: string;
  readonly width: number;
  readonly height: number;
  /** From one row to the next; rows may be longer than their pixels. */
  readonly strideBytes: number;
  readonly format: PixelFormat;
}

export type FramebufferCode =
  /** No framebuffer: often no monitor was there when the machine started. */
  | "E_FRAMEBUFFER_MISSING"
  /** One whose pixels we cannot make, or of which sysfs says nothing sensible. */
  | "E_FRAMEBUFFER_FORMAT"
  | "E_FRAMEBUFFER";

/** The screen cannot be drawn on; `code` is stable. */
export class FramebufferError extends Error {
  override readonly name = "FramebufferError";
  readonly code: FramebufferCode;

  constructor(code: FramebufferCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const PIXEL_BYTES: Readonly<Record<PixelFormat, number>> = { rgb565: 2, xrgb8888: 4 };
const FORMATS: ReadonlyMap<number, PixelFormat> = new Map([
  [16, "rgb565"],
  [32, "xrgb8888"],
]);

const GRAPHICS = "sys/class/graphics";
const DEVICE = /^fb(\d+)$/;
/** "vc4drmfb", "simpledrmdrmfb": a real output. The firmware's own framebuffer may stand beside it under a lower number. */
const OF_DRIVER = /drmfb$/;
const SIZE = /^(\d{1,5}),(\d{1,5})$/;
/** "U:1920x1080p-60". */
const MODE = /^[A-Z]:(\d{1,5})x(\d{1,5})[a-z]?-\d+/;
const COUNT = /^\d{1,6}$/;

/** Of `wanted` ("fb1"), or of the best there is. `root` is "/" but in containers. Throws FramebufferError. */
export function readGeometry(root: string, wanted?: string): Geometry {
  const device = findDevice(root, wanted);
  const folder = join(root, GRAPHICS, device);
  const bits = Number(COUNT.exec(textOf(folder, "bits_per_pixel"))?.[0]);
  const format = FORMATS.get(bits);
  const [width, virtualHeight] = numbersOf(SIZE, textOf(folder, "virtual_size"));
  if (format === undefined)
    throw formatError(device, `"bits_per_pixel" is "${shown(folder, "bits_per_pixel")}", not 16 or 32`);
  if (!width || !virtualHeight)
    throw formatError(device, `"virtual_size" is "${shown(folder, "virtual_size")}", not a size`);
  const strideBytes = Number(COUNT.exec(textOf(folder, "stride"))?.[0]);
  if (!(strideBytes >= width * PIXEL_BYTES[format]))
    throw formatError(device, `"stride" is "${shown(folder, "stride")}", less than ${width} pixels take`);
  return { device, width, height: visibleHeight(folder, virtualHeight), strideBytes, format };
}

export function isSameGeometry(a: Geometry, b: Geometry): boolean {
  return (Object.keys(a) as (keyof Geometry)[]).every((key) => a[key] === b[key]);
}

function findDevice(root: string, wanted: string | undefined): string {
  const numbers = entriesOf(join(root, GRAPHICS)).flatMap((entry) => DEVICE.exec(entry)?.[1] ?? []);
  const devices = numbers
    .map(Number)
    .sort((a, b) => a - b)
    .map((number) => `fb${number}`);
  if (wanted !== undefined && devices.includes(wanted)) return wanted;
  if (wanted !== undefined)
    throw new FramebufferError("E_FRAMEBUFFER_MISSING", `Cannot draw on the screen: there is no "${wanted}"`);
  const best = devices.find((device) => OF_DRIVER.test(textOf(join(root, GRAPHICS, device), "name"))) ?? devices[0];
  if (best !== undefined) return best;
  throw new FramebufferError("E_FRAMEBUFFER_MISSING", "Cannot draw on the screen: this machine has no framebuffer");
}

/** Memory for two pictures counts as one that is twice as high; the mode says what is seen. */
function visibleHeight(folder: string, virtualHeight: number): number {
  const [, height = 0] = numbersOf(MODE, textOf(folder, "modes"));
  return height > 0 ? Math.min(height, virtualHeight) : virtualHeight;
}

function numbersOf(pattern: RegExp, text: string): number[] {
  return (pattern.exec(text)?.slice(1) ?? []).map(Number);
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty if it cannot be read, which says as little. */
function textOf(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), "utf8").trim();
  } catch {
    return "";
  }
}

const SHOWN_CHARACTERS = 40;

function shown(folder: string, name: string): string {
  return textOf(folder, name).slice(0, SHOWN_CHARACTERS);
}

function formatError(device: string, why: string): FramebufferError {
  return new FramebufferError("E_FRAMEBUFFER_FORMAT", `Cannot draw on "${device}": ${why}`);
}

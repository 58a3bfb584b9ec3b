// Shows frames on a Linux framebuffer: whole rows, and only those that changed. A monitor that is plugged in late, or
// another one, is noticed at the next frame. Run against a plain file and a folder like sysfs; no /dev/fb0 was at hand.
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Frame, RowSpan } from "../renderer.ts";
import { FramebufferError, type Geometry, isSameGeometry, readGeometry } from "./geometry.ts";
import { centred, PixelPacker, type Placing, visibleSpan } from "./pack-pixels.ts";

/** Rows that are packed at once: half a megabyte at 1080p instead of eight. */
const BAND_ROWS = 64;

export interface FramebufferOptions {
  /** "/" unless given: where /dev and /sys are. */
  readonly root?: string;
  /** "fb1"; the best there is unless given. */
  readonly device?: string | undefined;
}

interface OpenScreen {
  readonly fd: number;
  readonly geometry: Geometry;
  readonly packer: PixelPacker;
  readonly band: Uint8Array;
  /** Of the frame that is on it; undefined while its picture is unknown. */
  shown: { readonly width: number; readonly height: number } | undefined;
}

export class Framebuffer {
  readonly #root: string;
  readonly #device: string | undefined;
  #screen: OpenScreen | undefined;

  constructor({ root = "/", device }: FramebufferOptions = {}) {
    this.#root = root;
    this.#device = device;
  }

  /** Of the last frame; undefined before the first and after a failure. */
  get geometry(): Geometry | undefined {
    return this.#screen?.geometry;
  }

  /** Gives what was drawn. Throws FramebufferError; the next frame may find a screen again, and is then drawn whole. */
  show(frame: Frame): "whole" | "rows" {
    try {
      const screen = this.#opened();
      const placing = centred(frame, screen.geometry);
      const kind = isShown(frame, screen) ? "rows" : "whole";
      for (const span of spansOf(frame, screen, placing)) drawSpan(frame, screen, placing, span);
      screen.shown = { width: frame.width, height: frame.height };
      return kind;
    } catch (error) {
      this.close();
      throw error instanceof FramebufferError ? error : drawError(error);
    }
  }

  /** All black, and the next frame is drawn whole. Throws as `show`. */
  blacken(): void {
    this.show({ width: 0, height: 0, depth: 1, pixels: new Uint8Array(), changed: [] });
  }

  /** The picture stays. A later frame opens the screen again. */
  close(): void {
    if (this.#screen !== undefined) closeSync(this.#screen.fd);
    this.#screen = undefined;
  }

  #opened(): OpenScreen {
    const geometry = readGeometry(this.#root, this.#device);
    if (this.#screen !== undefined && isSameGeometry(this.#screen.geometry, geometry)) return this.#screen;
    this.close();
    this.#screen = {
      fd: openSync(join(this.#root, "dev", geometry.device), "r+"),
      geometry,
      packer: new PixelPacker(geometry),
      band: new Uint8Array(geometry.strideBytes * Math.min(BAND_ROWS, geometry.height)),
      shown: undefined,
    };
    return this.#screen;
  }
}

/** The frame before is on it, as far as we know. */
function isShown({ width, height }: Frame, { shown }: OpenScreen): boolean {
  return shown?.width === width && shown.height === height;
}

/** Rows of the screen to write: all of them if what is on it is not the frame before. */
function spansOf(frame: Frame, screen: OpenScreen, placing: Placing): RowSpan[] {
  if (!isShown(frame, screen)) return [{ top: 0, rows: screen.geometry.height }];
  return frame.changed.flatMap((span) => visibleSpan(span, placing) ?? []);
}

function drawSpan(frame: Frame, { fd, geometry, packer, band }: OpenScreen, placing: Placing, { top, rows }: RowSpan) {
  for (let done = 0; done < rows; done += BAND_ROWS) {
    const span = { top: top + done, rows: Math.min(BAND_ROWS, rows - done) };
    packer.pack(frame, placing, span, band);
    writeAll(fd, band.subarray(0, span.rows * geometry.strideBytes), span.top * geometry.strideBytes);
  }
}

/** A kernel may take less than it is offered. */
function writeAll(fd: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; ) {
    const written = writeSync(fd, bytes, at, bytes.length - at, position + at);
    if (written === 0) throw new Error("the framebuffer is full");
    at += written;
  }
}

function drawError(cause: unknown): FramebufferError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new FramebufferError("E_FRAMEBUFFER", `Cannot draw on the screen: ${why}`, { cause });
}

// A screen made of files: what sysfs says about it, and a plain file for its pixels.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface ScreenFiles {
  readonly width: number;
  readonly height: number;
  readonly bits: 16 | 32;
  /** Bytes beyond the pixels of a row. */
  readonly padding?: number;
}

export class FakeScreen {
  readonly root = mkdtempSync(join(tmpdir(), "lagerfeuer-screen-"));

  constructor(files?: ScreenFiles) {
    if (files) this.plug(files);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }

  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Another monitor: its memory is full of what was there before. */
  plug({ width, height, bits, padding = 0 }: ScreenFiles, device = "fb0"): void {
    const stride = (width * bits) / 8 + padding;
    this.sysfs("virtual_size", `${width},${height}`, device);
    this.sysfs("bits_per_pixel", `${bits}`, device);
    this.sysfs("stride", `${stride}`, device);
    this.sysfs("name", "vc4drmfb", device);
    this.write(`dev/${device}`, Buffer.alloc(stride * height, 0xa5));
  }

  sysfs(name: string, text: string, device = "fb0"): void {
    this.write(`sys/class/graphics/${device}/${name}`, `${text}\n`);
  }

  memory(device = "fb0"): Buffer {
    return readFileSync(join(this.root, "dev", device));
  }
}

// Frames on a framebuffer that is a plain file: every format, odd strides, rows that changed, frames of other sizes, and
// monitors that come and go. What should stand there is worked out pixel by pixel, by other means than the code's.
import assert from "node:assert/strict";
import { readdirSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Framebuffer } from "../../../../device/display/output/framebuffer.ts";
import { packedRowBytes } from "../../../../device/display/palette.ts";
import type { Frame, RowSpan } from "../../../../device/display/renderer.ts";
import { seededRandom } from "../../../support/seeded-random.ts";
import { FakeScreen, type ScreenFiles } from "./fake-screen.ts";

type Colour = readonly [red: number, green: number, blue: number];

const SEED = 7;

function frameOf(width: number, height: number, depth: 1 | 24, changed: readonly RowSpan[] = []): Frame {
  const random = seededRandom(SEED + width);
  const length = depth === 1 ? packedRowBytes(width) * height : 4 * width * height;
  const pixels = Uint8Array.from({ length }, () => Math.floor(256 * random()));
  return { width, height, depth, pixels, changed };
}

function colourAt({ width, depth, pixels }: Frame, x: number, y: number): Colour {
  if (depth === 24) return [...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)] as unknown as Colour;
  const bits = (pixels[y * packedRowBytes(width) + Math.floor(x / 8)] ?? 0).toString(2).padStart(8, "0");
  return bits[x % 8] === "1" ? [255, 255, 255] : [0, 0, 0];
}

/** As display.md §4.1 says it. */
function bytesOf([red, green, blue]: Colour, bits: 16 | 32): number[] {
  if (bits === 32) return [blue, green, red, 0];
  const word = Math.floor(red / 8) * 2048 + Math.floor(green / 4) * 32 + Math.floor(blue / 8);
  return [word % 256, Math.floor(word / 256)];
}

/** The whole memory of a screen on which only this frame stands, in its middle. */
function expectedMemory(frame: Frame, { width, height, bits, padding = 0 }: ScreenFiles): Buffer {
  const rows: number[] = [];
  const [shiftX, shiftY] = [width - frame.width, height - frame.height].map((free) => Math.floor(free / 2));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // A frame that is larger by an odd number loses the smaller half on its left.
      const fromX = frame.width > width ? x + Math.floor((frame.width - width) / 2) : x - (shiftX ?? 0);
      const fromY = frame.height > height ? y + Math.floor((frame.height - height) / 2) : y - (shiftY ?? 0);
      const isInside = fromX >= 0 && fromX < frame.width && fromY >= 0 && fromY < frame.height;
      rows.push(...bytesOf(isInside ? colourAt(frame, fromX, fromY) : [0, 0, 0], bits));
    }
    rows.push(...new Array<number>(padding).fill(0));
  }
  return Buffer.from(rows);
}

for (const bits of [16, 32] as const) {
  for (const depth of [1, 24] as const) {
    test(`a frame of depth ${depth} stands on a screen of ${bits} bits, whatever its size and stride`, () => {
      for (const padding of [0, 1, 3, 36]) {
        for (const [width, height] of [
          [37, 70],
          [51, 75],
          [30, 130],
          [20, 9],
        ] as const) {
          const files = { width: 37, height: 70, bits, padding };
          using screen = new FakeScreen(files);
          const framebuffer = new Framebuffer({ root: screen.root });
          const frame = frameOf(width, height, depth);
          framebuffer.show(frame);
          assert.ok(
            screen.memory().equals(expectedMemory(frame, files)),
            `${width} × ${height}, ${padding} bytes more`,
          );
          framebuffer.close();
        }
      }
    });
  }
}

/** A frame with other pixels in some rows; the renderer writes into the same memory. */
function repainted(frame: Frame, changed: readonly RowSpan[]): Frame {
  const rowBytes = frame.pixels.length / frame.height;
  for (const { top, rows } of changed) frame.pixels.fill(0x5a, Math.max(0, top) * rowBytes, (top + rows) * rowBytes);
  return { ...frame, changed };
}

test("only rows that changed are written", () => {
  const files = { width: 40, height: 200, bits: 16 } as const;
  using screen = new FakeScreen(files);
  const framebuffer = new Framebuffer({ root: screen.root });
  const frame = frameOf(40, 200, 24);
  framebuffer.show(frame);
  // Somebody else's marks: what is not written stays.
  screen.write("dev/fb0", screen.memory().fill(0xee));
  framebuffer.show(
    repainted(frame, [
      { top: 3, rows: 2 },
      { top: 100, rows: 90 },
    ]),
  );
  const expected = expectedMemory(frame, files);
  const memory = screen.memory();
  for (let y = 0; y < 200; y++) {
    const isNew = (y >= 3 && y < 5) || (y >= 100 && y < 190);
    const row = memory.subarray(80 * y, 80 * (y + 1));
    assert.ok(isNew ? row.equals(expected.subarray(80 * y, 80 * (y + 1))) : row.every((byte) => byte === 0xee), `${y}`);
  }
  framebuffer.close();
});

test("rows that changed outside the screen are not written, and those at its edge in part", () => {
  const files = { width: 8, height: 10, bits: 32 } as const;
  using screen = new FakeScreen(files);
  const framebuffer = new Framebuffer({ root: screen.root });
  const frame = frameOf(8, 30, 1);
  framebuffer.show(frame);
  framebuffer.show(
    repainted(frame, [
      { top: 0, rows: 10 },
      { top: 8, rows: 4 },
      { top: 19, rows: 11 },
    ]),
  );
  assert.ok(screen.memory().equals(expectedMemory(frame, files)));
  framebuffer.close();
});

test("a frame in which nothing changed writes nothing", () => {
  using screen = new FakeScreen({ width: 8, height: 10, bits: 32 });
  const framebuffer = new Framebuffer({ root: screen.root });
  const frame = frameOf(8, 10, 1);
  framebuffer.show(frame);
  screen.write("dev/fb0", screen.memory().fill(0xee));
  framebuffer.show(frame);
  assert.ok(screen.memory().every((byte) => byte === 0xee));
  framebuffer.close();
});

test("the first frame is written whole, and so is one of another size", () => {
  const files = { width: 20, height: 20, bits: 16, padding: 2 } as const;
  using screen = new FakeScreen(files);
  const framebuffer = new Framebuffer({ root: screen.root });
  for (const frame of [frameOf(20, 20, 24), frameOf(10, 12, 1), frameOf(12, 10, 1)]) {
    framebuffer.show(frame);
    assert.ok(screen.memory().equals(expectedMemory(frame, files)));
  }
  framebuffer.close();
});

test("another monitor is noticed at the next frame and drawn whole", () => {
  const first = { width: 20, height: 20, bits: 16 } as const;
  const second = { width: 33, height: 15, bits: 32, padding: 4 } as const;
  using screen = new FakeScreen(first);
  const framebuffer = new Framebuffer({ root: screen.root });
  const frame = frameOf(20, 20, 24);
  framebuffer.show(frame);
  screen.plug(second);
  framebuffer.show(frame);
  assert.ok(screen.memory().equals(expectedMemory(frame, second)));
  assert.equal(framebuffer.geometry?.format, "xrgb8888");
  framebuffer.close();
});

test("a monitor that leaves is an error each time, and the frame stands whole when it is back", () => {
  const files = { width: 20, height: 20, bits: 16 } as const;
  using screen = new FakeScreen(files);
  const before = readdirSync("/proc/self/fd").length;
  const framebuffer = new Framebuffer({ root: screen.root });
  const frame = frameOf(20, 20, 24);
  framebuffer.show(frame);
  rmSync(join(screen.root, "sys/class/graphics/fb0"), { recursive: true });
  for (let count = 0; count < 3; count++)
    assert.throws(() => framebuffer.show(frame), { code: "E_FRAMEBUFFER_MISSING" });
  assert.equal(framebuffer.geometry, undefined);
  screen.plug(files);
  framebuffer.show(frame);
  assert.ok(screen.memory().equals(expectedMemory(frame, files)));
  framebuffer.close();
  framebuffer.close();
  assert.equal(readdirSync("/proc/self/fd").length, before);
});

test("a device that cannot be opened keeps its cause", () => {
  using screen = new FakeScreen({ width: 20, height: 20, bits: 16 });
  rmSync(join(screen.root, "dev/fb0"));
  const framebuffer = new Framebuffer({ root: screen.root });
  assert.throws(() => framebuffer.show(frameOf(20, 20, 1)), { code: "E_FRAMEBUFFER", message: /ENOENT/ });
});

test("a screen made dark is all black, and the next frame stands whole", () => {
  const files = { width: 20, height: 20, bits: 32, padding: 8 } as const;
  using screen = new FakeScreen(files);
  const framebuffer = new Framebuffer({ root: screen.root });
  const frame = frameOf(20, 20, 24);
  framebuffer.show(frame);
  framebuffer.blacken();
  assert.ok(screen.memory().every((byte) => byte === 0));
  framebuffer.show(frame);
  assert.ok(screen.memory().equals(expectedMemory(frame, files)));
  framebuffer.close();
});

test("closing leaves the picture", () => {
  const files = { width: 20, height: 20, bits: 32 } as const;
  using screen = new FakeScreen(files);
  const framebuffer = new Framebuffer({ root: screen.root });
  const frame = frameOf(20, 20, 1);
  framebuffer.show(frame);
  framebuffer.close();
  assert.ok(screen.memory().equals(expectedMemory(frame, files)));
  truncateSync(join(screen.root, "dev/fb0"), 0);
  framebuffer.show(frame);
  assert.ok(screen.memory().equals(expectedMemory(frame, files)));
  framebuffer.close();
});

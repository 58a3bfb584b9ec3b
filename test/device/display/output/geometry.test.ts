// What sysfs says about a framebuffer, friendly and hostile.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  type FramebufferCode,
  type FramebufferError,
  readGeometry,
} from "../../../../device/display/output/geometry.ts";
import { FakeScreen } from "./fake-screen.ts";

const HD = { width: 1920, height: 1080, bits: 32 } as const;

function hasCode(code: FramebufferCode, text: RegExp) {
  return (error: FramebufferError) => error.code === code && text.test(error.message);
}

test("a screen has the size, the format and the stride that sysfs says", () => {
  using screen = new FakeScreen({ width: 1366, height: 768, bits: 16, padding: 36 });
  assert.deepEqual(readGeometry(screen.root), {
    device: "fb0",
    width: 1366,
    height: 768,
    strideBytes: 2768,
    format: "rgb565",
  });
  screen.plug(HD);
  const { format, strideBytes } = readGeometry(screen.root);
  assert.deepEqual([format, strideBytes], ["xrgb8888", 7680]);
});

test("of memory for two pictures only one is seen", () => {
  using screen = new FakeScreen(HD);
  screen.sysfs("virtual_size", "1920,2160");
  assert.equal(readGeometry(screen.root).height, 2160);
  screen.sysfs("modes", "U:1920x1080p-0");
  assert.equal(readGeometry(screen.root).height, 1080);
  for (const modes of ["", "U:0x0p-0", "D:1920x99999p-60", "nonsense", "U:1920x"]) {
    screen.sysfs("modes", modes);
    assert.equal(readGeometry(screen.root).height, 2160, modes);
  }
});

test("an output of a driver comes before the firmware's own framebuffer, and then the lowest number", () => {
  using screen = new FakeScreen(HD);
  screen.sysfs("name", "simple");
  screen.plug(HD, "fb10");
  screen.sysfs("name", "simple", "fb10");
  assert.equal(readGeometry(screen.root).device, "fb0");
  screen.sysfs("name", "vc4drmfb", "fb10");
  assert.equal(readGeometry(screen.root).device, "fb10");
});

test("a machine without a framebuffer says so", () => {
  using screen = new FakeScreen();
  assert.throws(() => readGeometry(screen.root), hasCode("E_FRAMEBUFFER_MISSING", /no framebuffer/));
  mkdirSync(join(screen.root, "sys/class/graphics/fbcon"), { recursive: true });
  assert.throws(() => readGeometry(screen.root), hasCode("E_FRAMEBUFFER_MISSING", /no framebuffer/));
});

test("other depths are refused by name", () => {
  using screen = new FakeScreen(HD);
  for (const bits of ["8", "24", "1", "0", "", "32.5", "-32", "3e1", "🔥", "9".repeat(1000)]) {
    screen.sysfs("bits_per_pixel", bits);
    assert.throws(
      () => readGeometry(screen.root),
      (error: FramebufferError) =>
        hasCode("E_FRAMEBUFFER_FORMAT", /"bits_per_pixel" is ".*", not 16 or 32/)(error) && error.message.length < 120,
      bits,
    );
  }
});

test("sizes and strides that cannot be are refused", () => {
  using screen = new FakeScreen(HD);
  for (const size of ["", "1920", "0,1080", "1920,0", "-1,5", "1920x1080", "1e9,2", "999999,1", "1920,1080,3"]) {
    screen.sysfs("virtual_size", size);
    assert.throws(() => readGeometry(screen.root), hasCode("E_FRAMEBUFFER_FORMAT", /"virtual_size"/), size);
  }
  screen.plug(HD);
  for (const stride of ["", "0", "7679", "-7680", "0x2000", "99999999999", "NaN"]) {
    screen.sysfs("stride", stride);
    assert.throws(() => readGeometry(screen.root), hasCode("E_FRAMEBUFFER_FORMAT", /"stride"/), stride);
  }
});

// A screen for the night: each rung of the ladder, and the truth about what worked.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ScreenPower } from "../../../../device/display/output/screen-power.ts";
import type { Kernel } from "../../../../device/gpio/kernel.ts";
import { FakeScreen } from "./fake-screen.ts";

const FBIOBLANK = 0x4611;
const BACKLIGHT = "sys/class/backlight/rpi/bl_power";
const BLANK = "sys/class/graphics/fb0/blank";

function night({ refuses = false, withKernel = true } = {}) {
  const screen = new FakeScreen({ width: 8, height: 8, bits: 16 });
  const asked: unknown[] = [];
  const state = { refuses };
  const kernel: Kernel = {
    ioctl: (_fd, request, argument) => {
      asked.push([request, argument]);
      if (state.refuses) throw Object.assign(new Error("EINVAL"), { code: "EINVAL" });
      return 0;
    },
    addressOf: () => 0n,
    whenReadable: () => () => {},
  };
  const power = new ScreenPower({ kernel: withKernel ? kernel : undefined, device: "fb0", root: screen.root });
  return { screen, asked, state, power };
}

test("the kernel is asked first, with the level that lets a monitor sleep", () => {
  const { screen, asked, power } = night();
  using _ = screen;
  screen.write(BACKLIGHT, "0\n");
  assert.deepEqual([power.state, power.way], ["on", undefined]);
  assert.equal(power.off(), "off-scheduled");
  assert.deepEqual([power.state, power.way], ["off-scheduled", "FBIOBLANK"]);
  assert.equal(power.on(), "on");
  assert.deepEqual(asked, [
    [FBIOBLANK, 4],
    [FBIOBLANK, 0],
  ]);
  assert.equal(screen.read(BACKLIGHT), "0\n");
});

test("where the framebuffer refuses, the backlight goes off", () => {
  const { screen, power } = night({ refuses: true });
  using _ = screen;
  screen.write(BACKLIGHT, "0\n");
  assert.deepEqual([power.off(), power.way], ["off-scheduled", "backlight"]);
  assert.equal(screen.read(BACKLIGHT), "4\n");
  power.on();
  assert.equal(screen.read(BACKLIGHT), "0\n");
});

test("the last rung is a file of sysfs, and the only one without a kernel to ask", () => {
  for (const options of [{ refuses: true }, { withKernel: false }]) {
    const { screen, power } = night(options);
    using _ = screen;
    screen.write(BLANK, "\n");
    assert.deepEqual([power.off(), power.way], ["off-scheduled", "blank"]);
    assert.equal(screen.read(BLANK).trim(), "4");
    power.on();
    assert.equal(screen.read(BLANK).trim(), "0");
  }
});

test("a screen that cannot be turned off is said to shine, and no file is made up", () => {
  const { screen, power } = night({ refuses: true });
  using _ = screen;
  assert.deepEqual([power.off(), power.state, power.way], ["off-failed", "off-failed", undefined]);
  assert.throws(() => screen.read(BLANK), { code: "ENOENT" });
  assert.equal(power.on(), "on");
});

test("a way that stops working makes room for the next", () => {
  const { screen, state, power } = night();
  using _ = screen;
  screen.write(BACKLIGHT, "0\n");
  power.off();
  power.on();
  state.refuses = true;
  assert.deepEqual([power.off(), power.way], ["off-scheduled", "backlight"]);
  state.refuses = false;
  rmSync(join(screen.root, BACKLIGHT));
  power.on();
  assert.deepEqual([power.off(), power.way], ["off-scheduled", "FBIOBLANK"]);
});

test("a box that was restarted in the night wakes the screen by every way", () => {
  const { screen, asked, power } = night();
  using _ = screen;
  screen.write(BACKLIGHT, "4\n");
  screen.write(BLANK, "4\n");
  power.on();
  assert.deepEqual(asked, [[FBIOBLANK, 0]]);
  assert.deepEqual([screen.read(BACKLIGHT), screen.read(BLANK)], ["0\n", "0\n"]);
});

// A monitor over HDMI as a box uses it: a plain file and a folder like sysfs. What stands in the file is looked at pixel
// by pixel; no /dev/fb0 was at hand.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { doorScene } from "../../../../device/display/door-scene.ts";
import { quietConsole } from "../../../../device/display/output/console-quiet.ts";
import { Framebuffer } from "../../../../device/display/output/framebuffer.ts";
import { FramebufferOutput } from "../../../../device/display/output/framebuffer-output.ts";
import { readOffHours } from "../../../../device/display/output/off-hours.ts";
import { ScreenPower } from "../../../../device/display/output/screen-power.ts";
import type { Picture } from "../../../../device/display/panel/plane.ts";
import { createRenderer } from "../../../../device/display/renderer.ts";
import { type Rotation, turnedToGlass } from "../../../../device/display/rotation.ts";
import { ENGLISH } from "../../../../device/display/words.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { aDevice, aDoor, clock as moment } from "../door.ts";
import { FakeScreen, type ScreenFiles } from "./fake-screen.ts";

const BLANK = "sys/class/graphics/fb0/blank";
const SMALL: ScreenFiles = { width: 400, height: 300, bits: 32 };

function atMinute(minutes: number) {
  return doorScene(aDoor(), aDevice({ now: moment("14:20") + 60 * minutes }), ENGLISH);
}

interface WallOptions {
  readonly rotation?: Rotation;
  readonly off?: string;
  /** Wall time at the start. */
  readonly at?: string;
}

function wallWith(
  screen: FakeScreen,
  name: string,
  { rotation = 0, off, at = "2026-07-17T18:00:00Z" }: WallOptions = {},
) {
  const clock = new FakeClock(Date.parse(at) * 1000);
  const said: string[] = [];
  let isClockSure = true;
  const nowS = () => Math.floor(clock.nowMicros() / 1_000_000);
  const hours = readOffHours(off ?? "");
  const { root } = screen;
  const output = new FramebufferOutput({
    framebuffer: new Framebuffer({ root }),
    rotation,
    quiet: () => quietConsole({ root }),
    powerOf: (device) => new ScreenPower({ device, root }),
    off: hours && { hours, timezone: "Europe/Berlin" },
    time: { nowS, trustedS: () => (isClockSure ? nowS() : undefined), monotonicMs: () => clock.monotonicMs() },
    after: (ms, callback) => clock.after(ms, callback),
    tell: (message) => void said.push(message),
  });
  const renderer = createRenderer(name, rotation);
  return {
    ...{ clock, output, said },
    loseClock: () => {
      isClockSure = false;
    },
    show: (minutes: number, cause: "tick" | "session" | "emergency" = "tick") => {
      output.show(renderer.draw(atMinute(minutes)), cause);
    },
    wanted: (minutes: number): Picture =>
      turnedToGlass(createRenderer(name, rotation).draw(atMinute(minutes)), rotation),
  };
}

/** The memory of a screen that shows a picture of colours, as display.md §4.1 says it. */
function memoryOf({ width, height, pixels }: Picture, { bits, padding = 0 }: ScreenFiles): Buffer {
  const memory = Buffer.alloc(height * ((width * bits) / 8 + padding));
  for (let y = 0, to = 0; y < height; y++, to += padding) {
    for (let x = 0; x < width; x++) {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(4 * (y * width + x));
      const word =
        bits === 16 ? ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3) : (red << 16) | (green << 8) | blue;
      to = bits === 16 ? memory.writeUInt16LE(word, to) : memory.writeUInt32LE(word, to);
    }
  }
  return memory;
}

function isBlack(screen: FakeScreen): boolean {
  return screen.memory().every((byte) => byte === 0);
}

for (const bits of [16, 32] as const) {
  for (const rotation of [0, 90, 180, 270] as const) {
    test(`${bits} bits, rows with padding, turned by ${rotation}°: the monitor follows the door`, () => {
      const files = { width: 400, height: 300, bits, padding: 64 };
      using screen = new FakeScreen(files);
      const { output, show, wanted } = wallWith(screen, "door-400x300x24", { rotation });
      for (const minutes of [0, 1, 2, 45]) {
        show(minutes);
        assert.ok(screen.memory().equals(memoryOf(wanted(minutes), files)), `after ${minutes} minutes`);
      }
      assert.deepEqual(output.state.glass, { width: 400, height: 300 });
      assert.equal(output.state.lastRefresh?.kind, "rows");
    });
  }
}

test("a new minute writes few rows, upright or turned", () => {
  for (const rotation of [0, 90, 180] as const) {
    using screen = new FakeScreen(SMALL);
    const { show, wanted } = wallWith(screen, "door-400x300x24", { rotation });
    show(0);
    // What somebody else painted stays where nothing changed.
    screen.write("dev/fb0", Buffer.alloc(400 * 300 * 4, 0x5a));
    show(1);
    const rows = Array.from({ length: 300 }, (_, y) => screen.memory().subarray(1600 * y, 1600 * (y + 1)));
    const untouched = rows.filter((row) => row.every((byte) => byte === 0x5a)).length;
    assert.ok(untouched > 60 && untouched < 300, `${untouched} rows left alone, turned by ${rotation}°`);
    const memory = memoryOf(wanted(1), SMALL);
    for (const [y, row] of rows.entries())
      if (row[0] !== 0x5a) assert.ok(row.equals(memory.subarray(1600 * y, 1600 * (y + 1))), `row ${y}`);
  }
});

test("off hours: dark over midnight, bright in the morning with what is on then", () => {
  using screen = new FakeScreen(SMALL);
  screen.write(BLANK, "0\n");
  const wall = wallWith(screen, "door-400x300x24", { off: "23:00-06:00", at: "2026-07-17T22:59:00+02:00" });
  const { clock, output, show, wanted } = wall;
  show(0);
  assert.deepEqual([output.state.power, screen.read(BLANK)], ["on", "0\n"]);
  clock.advance(60_000);
  assert.deepEqual([output.state.power, output.state.powerWay, screen.read(BLANK)], ["off-scheduled", "blank", "4\n"]);
  assert.ok(isBlack(screen));
  for (let minutes = 1; minutes <= 7 * 60 - 1; minutes++) {
    clock.advance(60_000);
    show(minutes);
    assert.equal(output.state.power, "off-scheduled", `${minutes} minutes after 23:00`);
  }
  assert.ok(isBlack(screen));
  clock.advance(60_000);
  assert.deepEqual([output.state.power, screen.read(BLANK)], ["on", "0\n"]);
  assert.ok(screen.memory().equals(memoryOf(wanted(7 * 60 - 1), SMALL)));
});

test("the nights on which clocks are changed end by the clock on the wall, without a frame to remind of it", () => {
  for (const [evening, hours] of [
    ["2026-03-28T23:00:00+01:00", 6],
    ["2026-10-24T23:00:00+02:00", 8],
  ] as const) {
    using screen = new FakeScreen(SMALL);
    screen.write(BLANK, "0\n");
    const { clock, output, show } = wallWith(screen, "door-400x300x24", { off: "23:00-06:00", at: evening });
    show(0);
    assert.equal(output.state.power, "off-scheduled");
    clock.advance(hours * 3_600_000 - 1_000);
    assert.equal(output.state.power, "off-scheduled", evening);
    clock.advance(1_000);
    assert.equal(output.state.power, "on", evening);
  }
});

test("a box whose clock nobody can trust leaves the monitor on", () => {
  using screen = new FakeScreen(SMALL);
  screen.write(BLANK, "0\n");
  const wall = wallWith(screen, "door-400x300x24", { off: "23:00-06:00", at: "2026-07-18T01:00:00+02:00" });
  wall.loseClock();
  wall.show(0);
  assert.equal(wall.output.state.power, "on");
});

test("a monitor that cannot be turned off is black, and status says that it shines", () => {
  using screen = new FakeScreen(SMALL);
  const wall = wallWith(screen, "door-400x300x24", { off: "23:00-06:00", at: "2026-07-18T01:00:00+02:00" });
  wall.show(0);
  assert.equal(wall.output.state.power, "off-failed");
  assert.ok(isBlack(screen));
  assert.deepEqual(wall.said, ["screen cannot be turned off"]);
});

test("an emergency lights the monitor in the night, until the picture is about something else", () => {
  using screen = new FakeScreen(SMALL);
  screen.write(BLANK, "0\n");
  const wall = wallWith(screen, "door-400x300x24", { off: "23:00-06:00", at: "2026-07-18T01:00:00+02:00" });
  wall.show(0);
  wall.show(1, "emergency");
  assert.equal(wall.output.state.power, "on");
  wall.show(2);
  assert.ok(screen.memory().equals(memoryOf(wall.wanted(2), SMALL)));
  wall.show(3, "session");
  assert.deepEqual([wall.output.state.power, isBlack(screen)], ["off-scheduled", true]);
});

test("asleep it is dark until the next frame", async () => {
  using screen = new FakeScreen(SMALL);
  screen.write(BLANK, "0\n");
  const { output, show, wanted } = wallWith(screen, "door-400x300x24");
  show(0);
  await output.sleep();
  assert.deepEqual([output.state.power, isBlack(screen)], ["off-scheduled", true]);
  show(1);
  assert.equal(output.state.power, "on");
  assert.ok(screen.memory().equals(memoryOf(wanted(1), SMALL)));
});

test("a monitor that is plugged in later comes up with the newest frame, without anybody asking", () => {
  using screen = new FakeScreen();
  const { clock, output, said, show, wanted } = wallWith(screen, "door-400x300x24");
  show(0);
  const { error } = output.state;
  assert.deepEqual([error?.code, error?.retryInS, output.state.glass], ["E_FRAMEBUFFER_MISSING", 5, undefined]);
  clock.advance(5_000);
  assert.equal(output.state.error?.retryInS, 10);
  show(1);
  screen.plug(SMALL);
  clock.advance(300_000);
  assert.ok(screen.memory().equals(memoryOf(wanted(1), SMALL)));
  assert.deepEqual([output.state.error, said], [undefined, ["screen failed", "screen is back"]]);
  rmSync(join(screen.root, "sys"), { recursive: true });
  show(2);
  assert.equal(output.state.error?.code, "E_FRAMEBUFFER_MISSING");
});

test("a picture that is larger than the monitor is shown in part, and status says so", () => {
  using screen = new FakeScreen({ ...SMALL, height: 200 });
  const { output, show } = wallWith(screen, "door-400x300x24");
  show(0);
  assert.equal(output.state.error?.code, "E_SCREEN_SIZE");
  assert.match(output.state.error?.message ?? "", /400 × 200/);
});

test("the cursor rests while the picture stands, and blinks again afterwards", async () => {
  using screen = new FakeScreen(SMALL);
  const cursor = "sys/class/graphics/fbcon/cursor_blink";
  screen.write(cursor, "1\n");
  const { clock, output, show } = wallWith(screen, "door-400x300x24", { off: "23:00-06:00" });
  show(0);
  assert.equal(screen.read(cursor).trim(), "0");
  await output.close();
  await output.close();
  assert.deepEqual([screen.read(cursor).trim(), clock.waiting], ["1", 0]);
  const before = screen.memory();
  show(1);
  assert.ok(screen.memory().equals(before), "after its end nothing is drawn any more");
});

test("no picture grows old on a monitor whose box has ended: it is black", async () => {
  using screen = new FakeScreen(SMALL);
  const { output, show } = wallWith(screen, "door-400x300x24");
  show(0);
  const inked = screen.memory().some((byte) => byte !== 0);
  await output.close();
  assert.deepEqual([inked, isBlack(screen)], [true, true]);
});

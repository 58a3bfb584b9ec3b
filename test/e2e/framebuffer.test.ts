// A box with a monitor, as people run it: the real command line, a framebuffer that is a plain file, and a folder like
// sysfs beside it. What stands in the file is what the web page shows.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readPicture } from "../../device/display/panel/picture-file.ts";
import type { Picture } from "../../device/display/panel/plane.ts";
import { type Rotation, turnedToGlass } from "../../device/display/rotation.ts";
import { FakeScreen, type ScreenFiles } from "../device/display/output/fake-screen.ts";
import { BoxProcess, eventually, lagerfeuer } from "../support/box-process.ts";

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-monitor-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function startBox(screen: FakeScreen, data: string, ...more: string[]): BoxProcess {
  const device = join(screen.root, "dev/fb0");
  const args = ["--demo", "--venue", "Campfire", "--port", "0", "--no-discovery", "--output", "framebuffer"];
  return new BoxProcess({ data: join(folder, data), args: [...args, "--screen-device", device, ...more] });
}

async function pictureOf(url: string): Promise<Picture> {
  const response = await fetch(new URL("/screen.png", url));
  return await readPicture(new Uint8Array(await response.arrayBuffer()));
}

/** Whether the memory of the monitor holds just these colours. */
function shows(screen: FakeScreen, { width, height, pixels }: Picture, { bits, padding = 0 }: ScreenFiles): boolean {
  const memory = screen.memory();
  const bytes = bits / 8;
  for (let at = 0; at < width * height; at++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(4 * at);
    const x = at % width;
    const from = ((at - x) / width) * (width * bytes + padding) + x * bytes;
    const wanted =
      bits === 32 ? (red << 16) | (green << 8) | blue : ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
    if ((bits === 32 ? memory.readUInt32LE(from) : memory.readUInt16LE(from)) !== wanted) return false;
  }
  return true;
}

for (const [bits, rotation] of [
  [32, 0],
  [16, 90],
] as const) {
  test(`the demo stands on a monitor of ${bits} bits, turned by ${rotation}°, pixel for pixel as on the page`, async () => {
    const files: ScreenFiles = { width: 1024, height: 600, bits, padding: 128 };
    using screen = new FakeScreen(files);
    screen.sysfs("blank", "0");
    const box = startBox(screen, `data-${bits}`, "--rotation", String(rotation));
    try {
      const url = await box.ready;
      const same = async (): Promise<boolean> =>
        shows(screen, turnedToGlass(await pictureOf(url), rotation as Rotation), files);
      await eventually("the programme is on the monitor", 20_000, same);
      const before = screen.memory();
      box.press("3");
      await eventually("another page is on the monitor", 20_000, async () => !screen.memory().equals(before));
      await eventually("the page and the monitor are the same", 20_000, same);

      const { screen: state } = (await box.status()) as { screen: Record<string, unknown> };
      assert.deepEqual(
        [state["output"], state["rotation"], state["glass"], state["power"], state["error"]],
        ["framebuffer", rotation, { width: 1024, height: 600 }, "on", undefined],
      );
      const { stdout } = await lagerfeuer(["status", "--data", box.options.data]);
      assert.match(stdout, /screen +framebuffer, 1024 × 600 px/);
    } finally {
      assert.equal(await box.end("SIGTERM"), 0, box.said);
    }
  });
}

test("a box whose monitor is not there runs, says so, and finds it later", async () => {
  using screen = new FakeScreen();
  const box = startBox(screen, "data-later", "--screen", "door-400x300x24");
  try {
    const url = await box.ready;
    const { screen: state } = (await box.status()) as { screen: { error?: { code: string } } };
    assert.equal(state.error?.code, "E_FRAMEBUFFER_MISSING");
    const files: ScreenFiles = { width: 400, height: 300, bits: 32 };
    screen.plug(files);
    await eventually("the monitor is found", 40_000, async () => shows(screen, await pictureOf(url), files), 250);
  } finally {
    assert.equal(await box.end("SIGTERM"), 0, box.said);
  }
});

test("a panel without a bus, and one that contradicts its size", async () => {
  const box = new BoxProcess({
    data: join(folder, "data-panel"),
    args: [
      "--demo",
      "--port",
      "0",
      "--no-discovery",
      "--output",
      "waveshare-7in5-v2",
      "--screen-device",
      `${folder}/dev/spidev0.0`,
    ],
  });
  try {
    await box.ready;
    await eventually("status says what is wrong", 20_000, async () => {
      const { screen } = (await box.status()) as { screen: { error?: { code: string } } };
      return /^E_(GPIO|SPI)/.test(screen.error?.code ?? "");
    });
  } finally {
    assert.equal(await box.end("SIGTERM"), 0, box.said);
  }
  const wrong = await lagerfeuer([
    "start",
    "--data",
    join(folder, "data-wrong"),
    "--output",
    "waveshare-4in2-v2",
    "--screen",
    "door-800x480",
  ]);
  assert.deepEqual([wrong.status, /E_CONFIG_VALUE.*400 × 300/.test(wrong.stderr)], [78, true], wrong.stderr);
});

// What hangs at the door by two lines of configuration, and what contradicts itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadConfig } from "../../device/config.ts";
import { ConfigError } from "../../device/config-error.ts";
import { PANEL_NAMES } from "../../device/display/panel/panels.ts";
import { screenNamed } from "../../device/display/screens.ts";
import { chooseScreen, type ScreenChoice } from "../../device/screen-choice.ts";

function chosen(...lines: string[]): ScreenChoice {
  const text = ["[screen]", ...lines].join("\n");
  return chooseScreen(loadConfig({ flags: {}, env: {}, file: { path: "box.toml", text } }).screen);
}

function refusal(...lines: string[]): string {
  try {
    chosen(...lines);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    assert.equal(error.code, "E_CONFIG_VALUE");
    return error.message;
  }
  assert.fail(`nobody minded ${lines.join(", ")}`);
}

test("without a word there is a preview of the usual panel", () => {
  const { output, name, rotation, isNameSet } = chosen();
  assert.deepEqual([output, name, rotation, isNameSet], ["none", "door-800x480", 0, false]);
});

test("a panel brings its size, lying as its maker prints it", () => {
  const sizes = PANEL_NAMES.map((panel) => chosen(`output = "${panel}"`, 'vcom = "-1.53"').name);
  assert.deepEqual(sizes, [
    "door-800x480",
    "door-250x122",
    "door-296x128",
    "door-400x300",
    "door-960x680",
    "door-800x480",
    "door-1872x1404",
  ]);
  for (const name of sizes) assert.ok(screenNamed(name).width > 0, name);
});

test("two lines hang a panel upright", () => {
  const { name, rotation, device } = chosen('output = "waveshare-7in5-v2"', "rotation = 90");
  assert.deepEqual([name, rotation], ["door-800x480", 90]);
  assert.deepEqual(device, { root: "/", name: "spidev0.0", isSet: false });
  const { width, height } = screenNamed(name, rotation);
  assert.deepEqual([width, height], [480, 800]);
});

test("a monitor is as large as it is, unless a size is named", () => {
  assert.deepEqual(chosen('output = "framebuffer"').isNameSet, false);
  const { name, isNameSet, device } = chosen('output = "framebuffer"', 'name = "door-1024x600x24"');
  assert.deepEqual([name, isNameSet, device.name], ["door-1024x600x24", true, "fb0"]);
});

test("the kernel's files of a device are looked for beside its folder", () => {
  const { device } = chosen('output = "framebuffer"', 'device = "/host/dev/fb1"');
  assert.deepEqual(device, { root: "/host/", name: "fb1", isSet: true });
});

test("a name that is not the panel's own size is refused, with what to do instead", () => {
  const message = refusal('output = "waveshare-4in2-v2"', 'name = "door-800x480"');
  assert.match(message, /"door-800x480", but waveshare-4in2-v2 has 400 × 300 px: leave it out/);
  assert.match(refusal('output = "waveshare-7in5-v2"', 'name = "door-480x800"', "rotation = 90"), /screen\.rotation/);
  assert.equal(chosen('output = "waveshare-7in5-v2"', 'name = "800x480x24"').name, "800x480x24");
});

test("an it8951 is refused without the voltage of its glass, and with one that nobody prints", () => {
  assert.match(refusal('output = "it8951"'), /vcom.*ribbon.*-1\.53/);
  for (const vcom of ["1.53", "-15", "-1.534", "-0", "-0.05", "-5.01", "V"])
    refusal('output = "it8951"', `vcom = "${vcom}"`);
  assert.equal(chosen('output = "it8951"', 'vcom = "-1.53"').vcomVolts, -1.53);
  assert.equal(chosen('output = "it8951"', 'vcom = "-2"', 'name = "door-1200x825"').name, "door-1200x825");
});

test("only a monitor is turned off, and only a framebuffer is one", () => {
  assert.match(refusal('output = "waveshare-7in5-v2"', 'off = "02:00-07:00"'), /only a monitor/);
  assert.match(refusal('output = "framebuffer"', 'device = "/dev/spidev0.0"'), /no framebuffer/);
  assert.deepEqual(chosen('output = "framebuffer"', 'off = "02:00-07:00"').off, { from: 120, to: 420 });
});

test("what no screen takes is refused with what it takes", () => {
  assert.match(refusal("rotation = 45"), /use 0, 90, 180 or 270/);
  assert.match(refusal('output = "cinema"'), /waveshare-7in5-v2/);
  assert.match(refusal('name = "door-1x1"'), /door-1024x600/);
  assert.match(refusal('device = "fb0"'), /\/dev\/fb0/);
  assert.match(refusal('off = "02:00"'), /02:00-07:00/);
});

// Which buttons a configuration gives, and what `status` says where they cannot be had.
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { buttonBoard, buttonLines } from "../../device/button-adapters.ts";
import { loadConfig } from "../../device/config.ts";
import { CommandError } from "../../device/exit.ts";
import type { Press } from "../../device/gpio/port.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { SimulatedGpio } from "./gpio/simulated-gpio.ts";
import { NEW_PI, SomeSysfs } from "./gpio/some-sysfs.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

interface Desk {
  readonly isTTY?: boolean;
  readonly gpio?: SimulatedGpio;
  readonly sysfsFolder?: string;
}

async function board(flags: Readonly<Record<string, unknown>>, { isTTY = false, gpio, sysfsFolder }: Desk = {}) {
  const config = loadConfig({ flags, env: {} });
  const keys = new PassThrough();
  const stdin = Object.assign(keys, { isTTY, setRawMode: () => stdin }) as unknown as NodeJS.ReadStream;
  const presses: Press[] = [];
  const buttons = buttonBoard({
    config,
    clock: new FakeClock(),
    logger: silent,
    timezone: "Europe/Berlin",
    boxClock: { now: 0, trust: "unsure" },
    lines: buttonLines(config.buttons),
    stdin,
    onInterrupt: () => {},
    loadKernel: async () => gpio ?? Promise.reject(new Error("koffi has no build for this machine")),
    ...(gpio && { gpioFolder: gpio.folder }),
    sysfsFolder: sysfsFolder ?? "/nowhere",
    loadPackage: async (name) => Promise.reject(new Error(`Cannot find package '${name}'`)),
  });
  buttons.start((press) => presses.push(press));
  keys.write("1");
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  const found = { keyboard: buttons.hasKeyboard, faults: buttons.faults.map(({ code }) => code), presses };
  buttons.stop();
  return found;
}

const PRESSED: Press = { button: 1, held: false };

test("a desk has its keyboard, also as a pipe, and whoever wants none has none", async () => {
  assert.deepEqual(await board({}), { keyboard: true, faults: [], presses: [PRESSED] });
  assert.deepEqual(await board({ buttons: "none" }, { isTTY: true }), { keyboard: false, faults: [], presses: [] });
});

test("a keyboard at a terminal works beside the buttons on the wall, a pipe does not", async () => {
  using gpio = new SimulatedGpio({ gpiochip0: ["GPIO5", "GPIO6", "GPIO13"] });
  assert.deepEqual(await board({ buttons: "gpio" }, { gpio, isTTY: true }), {
    keyboard: true,
    faults: [],
    presses: [PRESSED],
  });
  assert.equal((await board({ buttons: "gpio" }, { gpio })).keyboard, false);
});

test("what cannot be had has a code for status, and never stops the box", async () => {
  using sysfs = new SomeSysfs(...NEW_PI);
  using empty = new SimulatedGpio({});
  using other = new SimulatedGpio({ gpiochip0: ["GPIO5"] });
  const faults = async (flags: Record<string, unknown>, desk: Desk = {}) => (await board(flags, desk)).faults;
  assert.deepEqual(await faults({ buttons: "gpio" }), ["E_GPIO"]);
  assert.deepEqual(await faults({ buttons: "gpio" }, { gpio: empty }), ["E_GPIO_MISSING"]);
  assert.deepEqual(await faults({ buttons: "gpio" }, { gpio: other }), ["E_GPIO_LINE"]);
  assert.deepEqual(await faults({ buttons: "gpio", "button-line": ["GPIO5"] }, { gpio: other }), []);
  assert.deepEqual(await faults({ led: "GPIO12" }, { gpio: other }), ["E_GPIO_LINE"]);
  assert.deepEqual(await faults({ led: "GPIO12", power: "saver" }, { gpio: other }), []);
  const noKeypad = { buttons: "input", "button-device": "a keypad that nobody has" };
  assert.deepEqual(await faults(noKeypad, { gpio: other }), ["E_INPUT_MISSING"]);
  assert.deepEqual(await faults({ buttons: "onoff" }), ["E_GPIO_SYSFS"]);
  assert.deepEqual(await faults({ buttons: "onoff" }, { sysfsFolder: sysfs.folder }), ["E_GPIO_PACKAGE"]);
  assert.deepEqual(await faults({ buttons: "rpi-gpio" }, { sysfsFolder: sysfs.folder }), ["E_GPIO_NUMBER"]);
});

test("a fourth line has no button", () => {
  const { buttons } = loadConfig({ flags: { "button-line": ["A", "B", "C", "D"] }, env: {} });
  assert.throws(() => buttonLines(buttons), CommandError);
});

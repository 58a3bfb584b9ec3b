// Three buttons on GPIO lines, from the edge in the kernel to the press.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GpioChips } from "../../../device/gpio/chardev.ts";
import type { GpioError } from "../../../device/gpio/gpio-error.ts";
import { KeyButtons } from "../../../device/gpio/key-buttons.ts";
import { LineKeys } from "../../../device/gpio/line-keys.ts";
import type { Press } from "../../../device/gpio/port.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { SimulatedGpio } from "./simulated-gpio.ts";

const LINES = { 1: "GPIO5", 2: "GPIO6", 3: "GPIO13" } as const;

function wall() {
  const gpio = new SimulatedGpio({ gpiochip0: ["GPIO5", "GPIO6", "GPIO13"] });
  const clock = new FakeClock();
  const told: string[] = [];
  const presses: Press[] = [];
  const logger = {
    debug: () => {},
    error: () => {},
    info: (text: string) => told.push(text),
    warn: (text: string) => told.push(text),
  };
  const chips = new GpioChips({ kernel: gpio, folder: gpio.folder, nowNs: () => gpio.nowNs });
  const buttons = new KeyButtons({ keys: new LineKeys({ chips, lines: LINES }), clock, logger });
  const pass = (ms: number) => {
    gpio.nowNs += BigInt(ms) * 1_000_000n;
    clock.advance(ms);
  };
  const move = (name: string, level: 0 | 1) => {
    gpio.edge(name, level);
    gpio.deliver(name);
  };
  return {
    gpio,
    clock,
    told,
    presses,
    buttons,
    pass,
    move,
    start: () => buttons.start((press) => presses.push(press)),
  };
}

test("a press is told 50 ms after the finger is gone, and no timer stays", () => {
  const { gpio, clock, presses, pass, move, start } = wall();
  using _ = gpio;
  start();
  assert.equal(clock.waiting, 0);
  move("GPIO6", 1);
  pass(120);
  move("GPIO6", 0);
  pass(49);
  assert.deepEqual(presses, []);
  pass(1);
  assert.deepEqual(presses, [{ button: 2, held: false }]);
  assert.equal(clock.waiting, 0);
});

test("a hold is told while the finger is still there", () => {
  const { gpio, presses, pass, move, start } = wall();
  using _ = gpio;
  start();
  move("GPIO5", 1);
  pass(2_000);
  assert.deepEqual(presses, [{ button: 1, held: true }]);
});

test("a press while the box was busy drawing is not lost", () => {
  const { gpio, presses, pass, start } = wall();
  using _ = gpio;
  start();
  gpio.edge("GPIO13", 1);
  gpio.nowNs += 90_000_000n;
  gpio.edge("GPIO13", 0);
  pass(400);
  gpio.deliver("GPIO13");
  pass(0);
  assert.deepEqual(presses, [{ button: 3, held: false }]);
});

test("a button that is held at the start means nothing until it was up", () => {
  const { gpio, presses, pass, move, start } = wall();
  using _ = gpio;
  gpio.ground("GPIO5");
  start();
  pass(3_000);
  move("GPIO5", 0);
  pass(100);
  assert.deepEqual(presses, []);
  move("GPIO5", 1);
  pass(100);
  move("GPIO5", 0);
  pass(100);
  assert.deepEqual(presses, [{ button: 1, held: false }]);
});

test("a stuck button is told once and the others go on", () => {
  const { gpio, buttons, told, presses, pass, move, start } = wall();
  using _ = gpio;
  start();
  move("GPIO5", 1);
  pass(3_600_000);
  assert.deepEqual(told, ["A button is stuck: is it wet or jammed?"]);
  const message = "Cannot hear button 1: it is down although nobody presses it";
  assert.deepEqual(buttons.faults, [{ code: "E_BUTTON_STUCK", message }]);
  move("GPIO13", 1);
  pass(100);
  move("GPIO13", 0);
  pass(100);
  assert.deepEqual(presses.at(-1), { button: 3, held: false });
  move("GPIO5", 0);
  pass(100);
  assert.deepEqual([buttons.faults, told.length], [[], 2]);
});

test("stopping lets go of lines and timers, and starting again hears the next press", () => {
  const { gpio, clock, buttons, presses, pass, move, start } = wall();
  using _ = gpio;
  start();
  move("GPIO5", 1);
  assert.equal(clock.waiting, 1);
  buttons.stop();
  buttons.stop();
  assert.deepEqual([clock.waiting, gpio.heard], [0, []]);
  start();
  move("GPIO5", 1);
  pass(100);
  move("GPIO5", 0);
  pass(100);
  assert.deepEqual(presses, [{ button: 1, held: false }]);
});

test("a line that another program holds leaves none of the three taken, and may be free later", () => {
  const { gpio, presses, pass, move, start } = wall();
  using _ = gpio;
  gpio.taken.add("GPIO13");
  assert.throws(start, (error: GpioError) => error.code === "E_GPIO_TAKEN");
  assert.deepEqual(gpio.heard, []);
  gpio.taken.clear();
  start();
  move("GPIO13", 1);
  pass(100);
  move("GPIO13", 0);
  pass(100);
  assert.deepEqual(presses, [{ button: 3, held: false }]);
});

// Lines of the GPIO character device by their names, against simulated chips: requests byte for byte as a C compiler lays
// them out with linux/gpio.h (6.1), edges, outputs, and all that may be missing or taken.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { GpioChips } from "../../../device/gpio/chardev.ts";
import type { GpioCode, GpioError } from "../../../device/gpio/gpio-error.ts";
import type { Edge, InputWish } from "../../../device/gpio/line.ts";
import { kernelError, SimulatedGpio } from "./simulated-gpio.ts";

const PI_5 = {
  gpiochip0: ["", "RST_N", "GPIO4", "GPIO5", "GPIO6", "GPIO17"],
  gpiochip10: ["GPIO5", "GPIO40"],
  gpiochip2: ["LED"],
};

function board(chips: Readonly<Record<string, readonly string[]>> = PI_5) {
  const gpio = new SimulatedGpio(chips);
  return { gpio, chips: new GpioChips({ kernel: gpio, folder: gpio.folder, nowNs: () => gpio.nowNs }) };
}

/** What is not zero, so that a wrong offset is seen at once. */
function marks(struct: Uint8Array): Record<number, string> {
  return Object.fromEntries([...struct].flatMap((byte, at) => (byte === 0 ? [] : [[at, byte.toString(16)]])));
}

function expected(text: string): Record<number, string> {
  return Object.fromEntries(text.split(" ").map((mark) => mark.split("=") as [string, string]));
}

function hasCode(code: GpioCode, text: RegExp) {
  return (error: GpioError) => error.code === code && text.test(error.message);
}

function openFiles(): string[] {
  return readdirSync("/proc/self/fd");
}

const CONSUMER = "256=6c 257=61 258=67 259=65 260=72 261=66 262=65 263=75 264=65 265=72";

test("a button's line is asked for with pull-up, both edges and debounce, as the kernel lays it out", () => {
  const { gpio, chips } = board();
  using _ = gpio;
  const wish: InputWish = { bias: "pull-up", activeLow: true, debounceMs: 5 };
  const line = chips.input("GPIO5", wish);
  const request = `0=3 ${CONSUMER} 288=36 289=1 296=1 320=3 328=88 329=13 336=1 560=1`;
  assert.deepEqual(marks(gpio.line("GPIO5").request), expected(request));
  line.close();
});

test("an output has its level from the moment it is ours", () => {
  const { gpio, chips } = board();
  using _ = gpio;
  const line = chips.output("GPIO4", 1);
  assert.deepEqual(marks(gpio.line("GPIO4").request), expected(`0=2 ${CONSUMER} 288=8 296=1 320=2 328=1 336=1 560=1`));
  line.set(0);
  assert.equal(gpio.line("GPIO4").level, 0);
  line.set(1);
  assert.equal(gpio.line("GPIO4").level, 1);
  line.close();
  line.close();
  assert.throws(() => line.set(1), hasCode("E_GPIO", /closed/));
});

test("a line that is asked for plainly has no bias and no debounce", () => {
  const { gpio, chips } = board();
  using _ = gpio;
  chips.input("GPIO40").close();
  assert.deepEqual(marks(gpio.line("GPIO40").request), expected(`0=1 ${CONSUMER} 288=34 560=1`));
});

test("lines are found on any chip, the lowest first, and no file stays open", () => {
  const { gpio, chips } = board();
  using _ = gpio;
  const before = openFiles();
  const lines = ["GPIO5", "LED", "GPIO40"].map((name) => chips.input(name));
  assert.equal(gpio.line("GPIO5").request.readUInt32LE(0), 3);
  assert.equal(openFiles().length, before.length + 3);
  for (const line of lines) line.close();
  assert.deepEqual(openFiles(), before);
});

test("edges are told with their level and age, several at once and in order", () => {
  const { gpio, chips } = board();
  using _ = gpio;
  const line = chips.input("GPIO5");
  const heard: Edge[] = [];
  const stop = line.onEdge((edge) => heard.push(edge));
  gpio.edge("GPIO5", 0);
  gpio.nowNs += 120_000_000n;
  gpio.edge("GPIO5", 1);
  gpio.nowNs += 30_000_000n;
  gpio.deliver("GPIO5");
  assert.deepEqual(heard, [
    { level: 0, ageMs: 150 },
    { level: 1, ageMs: 30 },
  ]);
  assert.equal(line.level(), 1);
  stop();
  assert.deepEqual(gpio.heard, []);
  line.close();
});

test("a line is watched once however many listen, and no longer when the last one stops", () => {
  const { gpio, chips } = board();
  using _ = gpio;
  const line = chips.input("GPIO5");
  let calls = 0;
  const stops = [1, 2].map(() => line.onEdge(() => calls++));
  gpio.edge("GPIO5", 0);
  gpio.deliver("GPIO5");
  assert.equal(calls, 2);
  stops[0]?.();
  assert.deepEqual(gpio.heard, ["GPIO5"]);
  stops[1]?.();
  stops[1]?.();
  assert.deepEqual(gpio.heard, []);
  line.close();
});

test("a line whose chip was unplugged goes quiet instead of calling for ever", () => {
  const { gpio, chips } = board();
  using _ = gpio;
  const line = chips.input("GPIO5");
  line.onEdge(() => assert.fail("no edge was there"));
  gpio.deliver("GPIO5");
  assert.deepEqual(gpio.heard, []);
  line.close();
});

test("what is missing or taken is said by name, with a stable code, and nothing stays open", () => {
  const { gpio, chips } = board();
  using _ = gpio;
  const before = openFiles();
  gpio.taken.add("GPIO6");
  assert.throws(() => chips.input("GPIO6"), hasCode("E_GPIO_TAKEN", /"GPIO6": another program/));
  assert.throws(() => chips.input("GPIO99"), hasCode("E_GPIO_LINE", /"GPIO99": no chip/));
  assert.throws(() => chips.output("", 1), hasCode("E_GPIO_LINE", /no chip/));
  assert.deepEqual(openFiles(), before);
});

test("a machine without GPIO chips says so", () => {
  const { gpio, chips } = board({});
  using _ = gpio;
  assert.throws(() => chips.input("GPIO5"), hasCode("E_GPIO_MISSING", /no GPIO chip/));
});

test("what the kernel refuses otherwise keeps its cause", () => {
  const { gpio } = board();
  using _ = gpio;
  const kernel: SimulatedGpio = Object.create(gpio, {
    ioctl: {
      value: () => {
        throw kernelError("EPERM");
      },
    },
  });
  const chips = new GpioChips({ kernel, folder: gpio.folder });
  assert.throws(() => chips.input("GPIO5"), hasCode("E_GPIO", /group "gpio"/));
});

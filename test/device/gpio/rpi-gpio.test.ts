// The package rpi-gpio as three keys, on the kernels that it can serve. An emitter of the same shape stands for it.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import type { GpioError } from "../../../device/gpio/gpio-error.ts";
import { openRpiGpioKeys } from "../../../device/gpio/rpi-gpio.ts";
import { NEW_PI, OLD_PI, SomeSysfs } from "./some-sysfs.ts";

const LINES = { 1: "GPIO5", 2: "GPIO6", 3: "GPIO13" } as const;

class SomeRpiGpio extends EventEmitter {
  readonly asked: unknown[] = [];
  readonly low = new Set<number>();
  destroyed = 0;
  broken: Error | undefined;

  setMode(mode: string): void {
    this.asked.push(mode);
  }

  setup(channel: number, direction: string, edge: string, done: (error?: Error) => void): void {
    this.asked.push([channel, direction, edge]);
    queueMicrotask(() => done(this.broken));
  }

  read(channel: number, done: (error: Error | null, value?: boolean) => void): void {
    queueMicrotask(() => done(null, !this.low.has(channel)));
  }

  destroy(done: () => void): void {
    this.destroyed += 1;
    queueMicrotask(done);
  }
}

test("keys are heard by the numbers of the header, down while their line is low", async () => {
  using sysfs = new SomeSysfs(...OLD_PI);
  const gpio = new SomeRpiGpio();
  gpio.low.add(6);
  const heard: unknown[] = [];
  const keys = await openRpiGpioKeys({ lines: LINES, folder: sysfs.folder, load: async () => ({ default: gpio }) });
  keys.start((event) => heard.push(event));
  assert.deepEqual(gpio.asked, ["mode_bcm", [5, "in", "both"], [6, "in", "both"], [13, "in", "both"]]);
  gpio.emit("change", 13, false);
  gpio.emit("change", 4, false);
  gpio.emit("change", 13, true);
  assert.deepEqual(heard, [
    { type: "held", button: 2 },
    { type: "edge", button: 3, down: true },
    { type: "edge", button: 3, down: false },
  ]);
  keys.stop();
  assert.deepEqual([gpio.destroyed, gpio.listenerCount("change")], [1, 0]);
});

test("a kernel that counts lines from elsewhere is told before anything is written", async () => {
  using sysfs = new SomeSysfs(...NEW_PI);
  const load = () => assert.fail("it is not even loaded");
  await assert.rejects(openRpiGpioKeys({ lines: LINES, folder: sysfs.folder, load }), {
    code: "E_GPIO_NUMBER",
    message: 'Cannot use rpi-gpio: this kernel counts lines from 512 and the package cannot; use the source "gpio"',
  });
});

test("a board that the package does not know gives its lines back and says why", async () => {
  using sysfs = new SomeSysfs(...OLD_PI);
  const gpio = new SomeRpiGpio();
  gpio.broken = new Error("Unable to match Revision in /proc/cpuinfo");
  const opening = openRpiGpioKeys({ lines: LINES, folder: sysfs.folder, load: async () => ({ default: gpio }) });
  await assert.rejects(opening, (error: GpioError) => error.code === "E_GPIO" && /Revision/.test(error.message));
  assert.equal(gpio.destroyed, 1);
});

test("another package of that name is not taken for it", async () => {
  using sysfs = new SomeSysfs(...OLD_PI);
  const opening = openRpiGpioKeys({ lines: LINES, folder: sysfs.folder, load: async () => ({ default: {} }) });
  await assert.rejects(opening, { code: "E_GPIO_PACKAGE" });
});

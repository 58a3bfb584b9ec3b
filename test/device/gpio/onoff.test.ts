// The package onoff as three keys: which number a line has in each kernel, what is held, what goes wrong. A class of the same
// shape stands for the package, files for /sys/class/gpio.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { GpioError } from "../../../device/gpio/gpio-error.ts";
import { openOnoffKeys } from "../../../device/gpio/onoff.ts";
import { sysfsLine } from "../../../device/gpio/sysfs-line.ts";
import { NEW_PI, OLD_PI, PI_5, SomeSysfs } from "./some-sysfs.ts";

const LINES = { 1: "GPIO5", 2: "GPIO6", 3: "GPIO13" } as const;

/** A header of which every line is up, as onoff shows it. */
function somePackage() {
  const open = new Map<number, (error: Error | undefined, value: 0 | 1) => void>();
  const asked: unknown[] = [];
  const down = new Set<number>();
  const taken = new Set<number>();
  class Gpio {
    readonly #line: number;

    constructor(line: number, ...rest: readonly unknown[]) {
      if (taken.has(line)) throw Object.assign(new Error("EBUSY: resource busy or locked, write"), { code: "EBUSY" });
      asked.push([line, ...rest]);
      open.set(line, () => {});
      this.#line = line;
    }

    readSync(): 0 | 1 {
      return down.has(this.#line) ? 1 : 0;
    }

    watch(callback: (error: Error | undefined, value: 0 | 1) => void): void {
      open.set(this.#line, callback);
    }

    unexport(): void {
      open.delete(this.#line);
    }
  }
  return { Gpio, open, asked, down, taken, load: async (): Promise<unknown> => ({ default: { Gpio } }) };
}

function failure(code: string): (error: GpioError) => boolean {
  return (error) => error.code === code && /^Cannot use .*[^.]$/.test(error.message);
}

test("a line has another number in each kernel, and the same name", () => {
  for (const [chips, base] of [
    [OLD_PI, 0],
    [NEW_PI, 512],
    [PI_5, 571],
    [[{ base: 520, label: "9030000.pl061", lines: 8 }], 520],
  ] as const) {
    using sysfs = new SomeSysfs(...chips);
    assert.deepEqual(sysfsLine("GPIO5", "onoff", sysfs.folder), { base, offset: 5 });
  }
});

test("a line that sysfs cannot know is told, and a kernel without sysfs what to do instead", () => {
  using sysfs = new SomeSysfs(...NEW_PI);
  using strange = new SomeSysfs({ base: 0, label: "one", lines: 8 }, { base: 8, label: "two", lines: 8 });
  using empty = new SomeSysfs();
  assert.throws(() => sysfsLine("DOORBELL", "onoff", sysfs.folder), failure("E_GPIO_LINE"));
  assert.throws(() => sysfsLine("GPIO58", "onoff", sysfs.folder), failure("E_GPIO_LINE"));
  assert.throws(() => sysfsLine("GPIO5", "onoff", strange.folder), failure("E_GPIO_MISSING"));
  assert.throws(() => sysfsLine("GPIO5", "onoff", empty.folder), failure("E_GPIO_MISSING"));
  assert.throws(() => sysfsLine("GPIO5", "onoff", `${sysfs.folder}/gone`), {
    code: "E_GPIO_SYSFS",
    message: 'Cannot use onoff: this kernel has no /sys/class/gpio (CONFIG_GPIO_SYSFS); use the source "gpio"',
  });
});

test("keys are heard through the package, with the base of the kernel added", async () => {
  using sysfs = new SomeSysfs(...PI_5);
  const { load, open, asked, down } = somePackage();
  down.add(577);
  const heard: unknown[] = [];
  const keys = await openOnoffKeys({ lines: LINES, load, folder: sysfs.folder });
  keys.start((event) => heard.push(event));
  assert.deepEqual(
    asked,
    [576, 577, 584].map((line) => [line, "in", "both", { activeLow: true }]),
  );
  open.get(584)?.(undefined, 1);
  open.get(584)?.(new Error("EIO"), 1);
  open.get(584)?.(undefined, 0);
  assert.deepEqual(heard, [
    { type: "held", button: 2 },
    { type: "edge", button: 3, down: true },
    { type: "edge", button: 3, down: false },
  ]);
  keys.stop();
  assert.equal(open.size, 0);
});

test("a line that another program holds leaves none exported", async () => {
  using sysfs = new SomeSysfs(...OLD_PI);
  const { load, open, taken } = somePackage();
  taken.add(13);
  const keys = await openOnoffKeys({ lines: LINES, load, folder: sysfs.folder });
  assert.throws(() => keys.start(() => {}), failure("E_GPIO_TAKEN"));
  assert.equal(open.size, 0);
});

test("a package that is not there, or another one, says what to install", async () => {
  using sysfs = new SomeSysfs(...OLD_PI);
  const options = { lines: LINES, folder: sysfs.folder };
  const missing = async (name: string) => Promise.reject(new Error(`Cannot find package '${name}'`));
  await assert.rejects(openOnoffKeys({ ...options, load: missing }), (error: GpioError) => {
    assert.match(error.message, /not installed; "npm install --no-save --ignore-scripts=false onoff" installs it$/);
    return error.code === "E_GPIO_PACKAGE";
  });
  for (const other of [{}, { Gpio: 3 }]) {
    await assert.rejects(openOnoffKeys({ ...options, load: async () => other }), failure("E_GPIO_PACKAGE"));
  }
  await assert.rejects(openOnoffKeys(options), failure("E_GPIO_PACKAGE"));
});

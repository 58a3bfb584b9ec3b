// Keys of a /dev/input device: found by name or by what they can, heard, unplugged and plugged in again. A plain file
// stands for the device; its end, for the plug.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { InputKeys, type InputKeysOptions } from "../../../device/gpio/input-keys.ts";
import type { Kernel } from "../../../device/gpio/kernel.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { kernelError } from "./simulated-gpio.ts";

const EVIOCGKEY = 0x80604518;
const EVIOCSCLOCKID = 0x400445a0;
const CODES = { 1: 28, 2: 29, 3: 30 } as const;
/** KEY_ENTER, KEY_LEFTCTRL, KEY_A. */
const CAPABLE = "70000000";

function machine(options: Partial<InputKeysOptions> = {}) {
  const root = mkdtempSync(join(tmpdir(), "lagerfeuer-input-"));
  mkdirSync(join(root, "sys/class/input"), { recursive: true });
  mkdirSync(join(root, "dev/input"), { recursive: true });
  const clock = new FakeClock();
  const told: string[] = [];
  const heard: unknown[] = [];
  const asked: [request: number, argument: unknown][] = [];
  const down = new Set<number>();
  let listener: (() => void) | undefined;
  const kernel: Kernel = {
    ioctl: (_fd, request, argument) => {
      asked.push([request, typeof argument === "number" ? argument : [...argument.slice(0, 4)]]);
      if (request === EVIOCGKEY && typeof argument !== "number")
        for (const code of down) argument[code >> 3] = (argument[code >> 3] ?? 0) | (1 << (code & 7));
      return 0;
    },
    addressOf: () => assert.fail("no address is needed"),
    whenReadable: (_fd, callback) => {
      listener = callback;
      return () => {
        listener = undefined;
      };
    },
  };
  const say = (text: string) => void told.push(text);
  const keys = new InputKeys({
    kernel,
    clock,
    logger: { debug: say, info: say, warn: say, error: say },
    codes: CODES,
    root,
    nowNs: () => 5_000_000_000n,
    ...options,
  });
  const plug = (number: number, name: string, capabilities = CAPABLE) => {
    const device = join(root, `sys/class/input/event${number}/device`);
    mkdirSync(join(device, "capabilities"), { recursive: true });
    writeFileSync(join(device, "name"), `${name}\n`);
    writeFileSync(join(device, "capabilities/key"), `${capabilities}\n`);
    writeFileSync(join(root, `dev/input/event${number}`), "");
  };
  const unplug = (number: number) => {
    rmSync(join(root, `sys/class/input/event${number}`), { recursive: true });
    rmSync(join(root, `dev/input/event${number}`));
  };
  /** Its entry stands there, and says nothing. */
  const forget = (number: number) => rmSync(join(root, `sys/class/input/event${number}/device`), { recursive: true });
  return {
    clock,
    told,
    forget,
    heard,
    asked,
    down,
    keys,
    plug,
    unplug,
    start: () => keys.start((event, ageMs) => heard.push(ageMs === 0 ? event : { ...event, ageMs })),
    write: (number: number, bytes: Uint8Array) => appendFileSync(join(root, `dev/input/event${number}`), bytes),
    deliver: () => listener?.(),
    listens: () => listener !== undefined,
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}

function keyEvent(code: number, value: number, seconds = 5): Buffer {
  const event = Buffer.alloc(24);
  event.writeBigInt64LE(BigInt(seconds), 0);
  event.writeUInt16LE(1, 16);
  event.writeUInt16LE(code, 18);
  event.writeInt32LE(value, 20);
  return event;
}

test("the first device with all the keys is heard, by the clock that never jumps", () => {
  using box = machine();
  box.plug(0, "Power Button", "10000000000000 0");
  box.plug(12, "other", CAPABLE);
  box.plug(2, "buttons");
  box.start();
  box.write(2, Buffer.concat([keyEvent(29, 1, 4), keyEvent(29, 0), keyEvent(99, 1)]));
  box.deliver();
  assert.deepEqual(box.heard, [
    { type: "edge", button: 2, down: true, ageMs: 1_000 },
    { type: "edge", button: 2, down: false },
  ]);
  assert.deepEqual(box.asked[0], [EVIOCSCLOCKID, [1, 0, 0, 0]]);
  box.keys.stop();
});

test("a name chooses among devices that could all serve", () => {
  using box = machine({ device: "gpio-keys" });
  box.plug(1, "a keyboard");
  box.plug(3, "gpio-keys");
  box.start();
  box.write(3, keyEvent(28, 1));
  box.deliver();
  assert.deepEqual(box.heard, [{ type: "edge", button: 1, down: true }]);
  box.keys.stop();
});

test("an event that comes in parts is one event", () => {
  using box = machine();
  box.plug(0, "buttons");
  box.start();
  const event = keyEvent(30, 1);
  box.write(0, event.subarray(0, 10));
  box.deliver();
  assert.deepEqual(box.heard, []);
  box.write(0, event.subarray(10));
  box.deliver();
  assert.deepEqual(box.heard, [{ type: "edge", button: 3, down: true }]);
  box.keys.stop();
});

test("keys that are down at the start are told as held, and asked again when the kernel dropped events", () => {
  using box = machine();
  box.plug(0, "buttons");
  box.down.add(28);
  box.start();
  assert.deepEqual(box.heard.splice(0), [{ type: "held", button: 1 }]);
  box.down.clear();
  box.down.add(30);
  const dropped = Buffer.alloc(24);
  dropped.writeUInt16LE(3, 18);
  box.write(0, Buffer.concat([dropped, keyEvent(29, 1)]));
  box.deliver();
  assert.deepEqual(box.heard, [{ type: "gone" }, { type: "held", button: 3 }]);
  box.keys.stop();
});

test("an unplugged device is told once, looked for ever more seldom, and heard again when it is back", () => {
  using box = machine();
  box.plug(4, "buttons");
  box.start();
  box.unplug(4);
  box.deliver();
  assert.deepEqual(box.heard.splice(0), [{ type: "gone" }]);
  assert.ok(!box.listens());
  box.clock.advance(3_600_000);
  assert.deepEqual([box.told, box.clock.waiting], [["The buttons are not there; looking for them again"], 1]);
  const looks = box.heard.length;
  assert.ok(looks > 60 && looks < 70, `${looks} looks in an hour`);

  box.plug(5, "buttons");
  box.clock.advance(60_000);
  assert.equal(box.told.at(-1), "The buttons are back");
  assert.equal(box.clock.waiting, 0);
  box.heard.splice(0);
  box.write(5, keyEvent(28, 1));
  box.deliver();
  assert.deepEqual(box.heard, [{ type: "edge", button: 1, down: true }]);
  box.keys.stop();
});

test("a device that leaves while we look does not hide the next one", () => {
  using box = machine({ device: "buttons" });
  box.plug(0, "leaving");
  box.forget(0);
  box.plug(1, "buttons");
  box.start();
  assert.deepEqual([box.told, box.listens()], [[], true]);
  box.keys.stop();
});

test("a device that is not there yet is no reason to stop", () => {
  using box = machine();
  box.start();
  assert.equal(box.told.length, 1);
  box.plug(0, "buttons");
  box.clock.advance(1_000);
  assert.ok(box.listens());
  box.keys.stop();
  assert.ok(!box.listens());
});

test("stopping while it looks leaves no timer, and no file is left open", () => {
  const before = readdirSync("/proc/self/fd").length;
  using box = machine();
  box.start();
  box.keys.stop();
  assert.equal(box.clock.waiting, 0);
  box.plug(0, "buttons");
  box.start();
  box.keys.stop();
  box.keys.stop();
  assert.equal(readdirSync("/proc/self/fd").length, before);
});

test("a kernel that refuses a question counts as a device that is not there", () => {
  using box = machine({
    kernel: {
      ioctl: () => {
        throw kernelError("ENODEV");
      },
      addressOf: () => 0n,
      whenReadable: () => () => {},
    },
  });
  const before = readdirSync("/proc/self/fd").length;
  box.plug(0, "buttons");
  box.start();
  assert.equal(box.clock.waiting, 1);
  assert.equal(readdirSync("/proc/self/fd").length, before);
  box.keys.stop();
});

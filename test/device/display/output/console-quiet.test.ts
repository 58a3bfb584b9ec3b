// The kernel's console kept off the screen, as far as it lets us, and given back as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { quietConsole } from "../../../../device/display/output/console-quiet.ts";
import type { Kernel } from "../../../../device/gpio/kernel.ts";
import { FakeScreen } from "./fake-screen.ts";

const KDSETMODE = 0x4b3a;
const CURSOR = "sys/class/graphics/fbcon/cursor_blink";

function desk(refuses = false) {
  const screen = new FakeScreen();
  screen.write("dev/tty1", "");
  screen.write(CURSOR, "1\n");
  screen.write("sys/class/vtconsole/vtcon0/name", "(S) dummy device\n");
  screen.write("sys/class/vtconsole/vtcon0/bind", "0\n");
  screen.write("sys/class/vtconsole/vtcon1/name", "(M) frame buffer device\n");
  screen.write("sys/class/vtconsole/vtcon1/bind", "1\n");
  const asked: unknown[] = [];
  const kernel: Kernel = {
    ioctl: (_fd, request, argument) => {
      if (refuses) throw Object.assign(new Error("EPERM: operation not permitted, ioctl"), { code: "EPERM" });
      return asked.push([request, argument]);
    },
    addressOf: () => 0n,
    whenReadable: () => () => {},
  };
  const bind = (number: number) => screen.read(`sys/class/vtconsole/vtcon${number}/bind`).trim();
  return { screen, kernel, asked, bind, cursor: () => screen.read(CURSOR).trim() };
}

test("terminal, cursor and console are quiet, and back as they were afterwards", () => {
  const { screen, kernel, asked, bind, cursor } = desk();
  using _ = screen;
  const { refused, restore } = quietConsole({ kernel, tty: "/dev/tty1", root: screen.root });
  assert.deepEqual(refused, {});
  assert.deepEqual([asked.splice(0), bind(0), bind(1), cursor()], [[[KDSETMODE, 1]], "0", "0", "0"]);
  restore();
  assert.deepEqual([asked.splice(0), bind(0), bind(1), cursor()], [[[KDSETMODE, 0]], "0", "1", "1"]);
  restore();
  assert.deepEqual(asked, []);
});

test("what was quiet already is left alone afterwards", () => {
  const { screen, kernel, bind, cursor } = desk();
  using _ = screen;
  screen.write(CURSOR, "0\n");
  screen.write("sys/class/vtconsole/vtcon1/bind", "0\n");
  quietConsole({ kernel, tty: undefined, root: screen.root }).restore();
  assert.deepEqual([bind(1), cursor()], ["0", "0"]);
});

test("what the kernel refuses is reported by name, and the rest is done", () => {
  const { screen, kernel, bind, cursor } = desk(true);
  using _ = screen;
  const { refused, restore } = quietConsole({ kernel, tty: "/dev/tty1", root: screen.root });
  assert.deepEqual(refused, { terminal: "EPERM: operation not permitted, ioctl" });
  assert.deepEqual([bind(1), cursor()], ["0", "0"]);
  restore();
  assert.equal(bind(1), "1");
});

test("a machine without console, or without koffi, is no trouble", () => {
  using screen = new FakeScreen();
  const { refused, restore } = quietConsole({ kernel: undefined, tty: "/dev/tty1", root: screen.root });
  assert.deepEqual(refused, {});
  restore();
});

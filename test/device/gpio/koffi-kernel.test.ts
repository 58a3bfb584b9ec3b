// The kernel of this very machine through koffi: pipes stand for devices, since poll(2) treats them alike. ioctl(2) is
// only asked for what every Linux refuses.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadKernel } from "../../../device/gpio/koffi-kernel.ts";
import { within } from "../../support/deadline.ts";

const kernel = await loadKernel();
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-kernel-"));
after(() => rmSync(folder, { recursive: true }));

/** One end reads as from a device, the other plays the device. */
function device(name: string): {
  readonly fd: number;
  readonly write: (text: string) => void;
  readonly unplug: () => void;
} {
  const path = join(folder, name);
  execFileSync("mkfifo", [path]);
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const other = openSync(path, "w");
  return { fd, write: (text) => void writeSync(other, text), unplug: () => closeSync(other) };
}

function nextText(fd: number): Promise<string> {
  return within(
    "something to read",
    new Promise((resolve) => {
      const stop = kernel.whenReadable(fd, () => {
        const bytes = Buffer.alloc(64);
        stop();
        resolve(bytes.toString("utf8", 0, readSync(fd, bytes)));
      });
    }),
  );
}

test("what a device says is heard, of several devices at once, and again after a pause", async () => {
  const [one, two] = [device("one"), device("two")];
  const heard = Promise.all([nextText(one.fd), nextText(two.fd)]);
  two.write("second");
  one.write("first");
  assert.deepEqual(await heard, ["first", "second"]);
  const again = nextText(one.fd);
  one.write("more");
  assert.equal(await again, "more");
  for (const { fd, unplug } of [one, two]) {
    closeSync(fd);
    unplug();
  }
});

test("a device that waits can be closed, and its number may serve another one", async () => {
  const quiet = device("quiet");
  const stop = kernel.whenReadable(quiet.fd, () => assert.fail("nothing was said"));
  stop();
  stop();
  closeSync(quiet.fd);
  const next = device("next");
  const text = nextText(next.fd);
  next.write("hello");
  assert.equal(await text, "hello");
  closeSync(next.fd);
  next.unplug();
  quiet.unplug();
});

test("a device that is unplugged is told too", async () => {
  const leaving = device("leaving");
  const text = nextText(leaving.fd);
  leaving.unplug();
  assert.equal(await text, "");
  closeSync(leaving.fd);
});

test("an error has the name of its errno, as those of node:fs", () => {
  const fd = openSync(join(folder, "one"), constants.O_RDONLY | constants.O_NONBLOCK);
  for (const argument of [new Uint8Array(592), 1])
    assert.throws(() => kernel.ioctl(fd, 0xc250b407, argument), { code: "ENOTTY", syscall: "ioctl" });
  closeSync(fd);
  assert.throws(() => kernel.ioctl(fd, 0x4611, 4), { code: "EBADF" });
});

test("memory has an address that stays, and a part of it one further on", () => {
  const bytes = Buffer.allocUnsafeSlow(4096);
  const address = kernel.addressOf(bytes);
  globalThis.gc?.();
  assert.equal(kernel.addressOf(bytes), address);
  assert.equal(kernel.addressOf(bytes.subarray(16)), address + 16n);
});

/** A process that waits for a press that never comes, and leaves as the argument says. */
const WAITING = `
  import { openSync } from "node:fs";
  const { loadKernel } = await import(process.argv[1]);
  const kernel = await loadKernel();
  const stop = kernel.whenReadable(openSync(process.argv[2], "r+"), () => {});
  setTimeout(() => (process.argv[3] === "exit" ? process.exit(7) : stop()), 50);
`;

for (const [how, status] of [
  ["exit", 7],
  ["stop", 0],
] as const) {
  test(`a process that still listens ends when it wants to: by ${how}`, async () => {
    execFileSync("mkfifo", [join(folder, how)]);
    const module = fileURLToPath(new URL("../../../device/gpio/koffi-kernel.ts", import.meta.url));
    const args = ["--input-type=module", "--eval", WAITING, module, join(folder, how), how];
    const child = spawn(process.execPath, args, { stdio: "inherit" });
    try {
      const [code] = await within("the process ends", once(child, "exit"));
      assert.equal(code, status);
    } finally {
      child.kill("SIGKILL");
    }
  });
}

/** Watches the list of mounts, which the kernel shows like a file of sysfs, and mounts something: in a world of its own. */
const NOTICING = `
  import { execFileSync } from "node:child_process";
  import { openSync, readSync } from "node:fs";
  const { loadKernel } = await import(process.argv[1]);
  const kernel = await loadKernel();
  const fd = openSync("/proc/self/mounts", "r");
  const read = () => readSync(fd, Buffer.alloc(65536), 0, 65536, 0);
  read();
  let notices = 0;
  const stop = kernel.whenReadable(fd, () => {
    notices += 1;
    read();
  }, "notice");
  setTimeout(() => execFileSync("mount", ["-t", "tmpfs", "none", "/mnt"]), 100);
  setTimeout(() => { stop(); console.log(notices); }, 600);
`;
const isRoot = process.getuid?.() === 0;

test("a file that always has something to read is told when that changed", { skip: !isRoot && "needs root" }, () => {
  const module = fileURLToPath(new URL("../../../device/gpio/koffi-kernel.ts", import.meta.url));
  const node = [process.execPath, "--input-type=module", "--eval", NOTICING, module];
  const said = execFileSync("unshare", ["--mount", ...node], { encoding: "utf8" });
  assert.ok(["1", "2"].includes(said.trim()), `told ${said.trim()} times`);
});

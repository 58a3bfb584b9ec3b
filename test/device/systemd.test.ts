// What systemd hears from the box: ready, status, stopping, and a beat only while the box is healthy.
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { loadNotify, type Notify, Systemd, watchdogMicros } from "../../device/systemd.ts";
import { within } from "../support/deadline.ts";
import { FakeClock } from "../support/fake-clock.ts";

const INTERVAL_MICROS = 60_000_000;
const HALF_MS = 30_000;

function box(healthy: () => boolean | Promise<boolean>, result = 1) {
  const heard: string[] = [];
  const warnings: string[] = [];
  const clock = new FakeClock();
  const logger = {
    debug: () => {},
    info: () => {},
    warn: (message: string) => warnings.push(message),
    error: () => {},
  };
  const notify: Notify = (state) => {
    heard.push(state);
    return result;
  };
  const systemd = new Systemd({ notify, watchdogMicros: INTERVAL_MICROS, clock, logger, healthy });
  const beats = () => heard.filter((state) => state === "WATCHDOG=1").length;
  return { systemd, clock, logger, heard, warnings, beats };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("a healthy box is ready, beats twice in each interval, and stops", async () => {
  const { systemd, clock, heard, beats } = box(() => true);
  systemd.ready();
  await settle();
  assert.deepEqual(heard, ["READY=1", "WATCHDOG=1"]);
  for (let n = 0; n < 4; n++) {
    clock.advance(HALF_MS);
    await settle();
  }
  assert.equal(beats(), 5);
  systemd.stopping();
  assert.equal(heard.at(-1), "STOPPING=1");
  assert.equal(clock.waiting, 0);
});

test("a box that is not healthy does not beat, and beats again when it is", async () => {
  let healthy = false;
  const { systemd, clock, warnings, beats } = box(() => healthy);
  systemd.ready();
  await settle();
  assert.deepEqual([beats(), warnings], [0, ["No beat for the watchdog: the box is not healthy"]]);
  healthy = true;
  clock.advance(HALF_MS);
  await settle();
  assert.equal(beats(), 1);
});

test("a box whose health cannot be told does not beat", async () => {
  const { systemd, clock, warnings, beats } = box(() => Promise.reject(new Error("store is closed")));
  systemd.ready();
  await settle();
  assert.deepEqual([beats(), warnings], [0, ["No beat for the watchdog: its health cannot be told"]]);
  assert.equal(clock.waiting, 1);
});

test("a box that does not answer for its health does not beat", async () => {
  const { systemd, clock, beats } = box(() => new Promise(() => {}));
  systemd.ready();
  clock.advance(10 * HALF_MS);
  await settle();
  assert.equal(beats(), 0);
});

test("no beat follows a stop, also where the health was just being asked for", async () => {
  let answer = (_healthy: boolean): void => {};
  const { systemd, clock, heard } = box(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  systemd.ready();
  systemd.stopping();
  answer(true);
  await settle();
  assert.deepEqual([heard, clock.waiting], [["READY=1", "STOPPING=1"], 0]);
});

test("a status is one line", () => {
  const { systemd, heard } = box(() => true);
  systemd.status("3 peers\nMAINPID=1");
  assert.deepEqual(heard, ["STATUS=3 peers MAINPID=1"]);
});

test("a systemd that cannot be reached is warned about once", () => {
  const { systemd, warnings } = box(() => true, -111);
  systemd.status("a");
  systemd.status("b");
  systemd.stopping();
  assert.deepEqual(warnings, ["Cannot tell systemd how we are"]);
});

test("where nobody listens nothing is loaded, said or waited for", async () => {
  const { logger, warnings, clock } = box(() => true);
  assert.equal(await loadNotify({}, logger, "no-such-library.so"), undefined);
  const systemd = new Systemd({
    notify: undefined,
    watchdogMicros: INTERVAL_MICROS,
    clock,
    logger,
    healthy: () => assert.fail("nobody waits for a beat"),
  });
  systemd.ready();
  await settle();
  systemd.stopping();
  assert.deepEqual([warnings, clock.waiting], [[], 0]);
});

test("a missing library is one warning, and the box runs on without", async () => {
  const { logger, warnings } = box(() => true);
  assert.equal(await loadNotify({ NOTIFY_SOCKET: "/run/nobody" }, logger, "no-such-library.so"), undefined);
  assert.deepEqual(warnings, ["Cannot tell systemd how we are"]);
});

test("a watchdog waits for a process if it names no other", () => {
  assert.equal(watchdogMicros({ WATCHDOG_USEC: "60000000", WATCHDOG_PID: "7" }, 7), INTERVAL_MICROS);
  assert.equal(watchdogMicros({ WATCHDOG_USEC: "60000000" }, 7), INTERVAL_MICROS);
  assert.equal(watchdogMicros({ WATCHDOG_USEC: "60000000", WATCHDOG_PID: "8" }, 7), undefined);
  for (const WATCHDOG_USEC of ["", "0", "-1", "soon", "1.5"]) {
    assert.equal(watchdogMicros({ WATCHDOG_USEC }, 7), undefined, WATCHDOG_USEC);
  }
  assert.equal(watchdogMicros({}, 7), undefined);
});

/** Binds a datagram socket, which Node cannot, and prints each message as a line. */
const RECEIVER = `
import socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
print("bound", flush=True)
while True:
    print(receiver.recv(4096).decode(), flush=True)
`;

/** Runs in a process of its own: sd_notify(3) reads the environment that libc has, which Node does not change. */
const SENDER = `
const { loadNotify, Systemd, watchdogMicros } = await import(process.argv[1]);
const { SystemClock } = await import(process.argv[2]);
const logger = { debug() {}, info() {}, warn: console.error, error: console.error };
const notify = await loadNotify(process.env, logger);
const micros = watchdogMicros(process.env, process.pid);
const systemd = new Systemd({ notify, watchdogMicros: micros, clock: new SystemClock(), logger, healthy: () => true });
systemd.ready();
systemd.status("around the fire");
setImmediate(() => systemd.stopping());
`;

function missing(): string | undefined {
  if (spawnSync("python3", ["--version"]).status !== 0) return "python3 is not there to receive datagrams";
  const found = spawnSync("python3", ["-c", 'import ctypes; ctypes.CDLL("libsystemd.so.0")']).status === 0;
  return found ? undefined : "libsystemd.so.0 is not there";
}

async function hear(receiver: ChildProcess, last: string): Promise<string[]> {
  let said = "";
  for await (const chunk of receiver.stdout ?? []) {
    said += chunk;
    if (said.includes(`${last}\n`)) break;
  }
  return said.trimEnd().split("\n");
}

const reason = missing();
test("a real socket hears that the box is ready, beats and stops", { skip: reason ?? false }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-notify-"));
  const socket = join(folder, "notify");
  const receiver = spawn("python3", ["-u", "-c", RECEIVER, socket], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => {
    receiver.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  await within("the socket", once(receiver.stdout, "readable"));
  assert.ok(existsSync(socket));
  const modules = ["device/systemd.ts", "sync/system-clock.ts"].map(
    (path) => new URL(`../../${path}`, import.meta.url).href,
  );
  const env = { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: String(INTERVAL_MICROS) };
  const args = ["--input-type=module", "--eval", SENDER, ...modules];
  const sender = spawn(process.execPath, args, { env, stdio: "inherit" });
  assert.deepEqual(await within("the sender's end", once(sender, "close")), [0, null]);
  assert.deepEqual(await within("the last message", hear(receiver, "STOPPING=1")), [
    "bound",
    "READY=1",
    "STATUS=around the fire",
    "WATCHDOG=1",
    "STOPPING=1",
  ]);
});

// How a box starts and how it ends: in order, in reverse, in time, with a status that says which.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Lifecycle, type Service, STOP_DEADLINE_MS } from "../../device/lifecycle.ts";
import { within } from "../support/deadline.ts";
import { FakeClock } from "../support/fake-clock.ts";

const CHILD = fileURLToPath(new URL("../support/lifecycle-child.ts", import.meta.url));
const NAMES = ["replica", "screen", "web"];
const EVENTS = ["SIGTERM", "SIGINT", "uncaughtException", "unhandledRejection"];

/** The process, as far as a lifecycle sees it. */
class TestHost extends EventEmitter {
  readonly statuses: number[] = [];

  exit(status: number): void {
    this.statuses.push(status);
  }
}

function box(changes: Readonly<Record<string, Partial<Service>>> = {}) {
  const happened: string[] = [];
  const said: string[] = [];
  const say = (message: string) => said.push(message);
  const clock = new FakeClock();
  const host = new TestHost();
  const services = NAMES.map((name) => ({
    name,
    start: () => void happened.push(`start ${name}`),
    stop: () => void happened.push(`stop ${name}`),
    ...changes[name],
  }));
  const logger = { debug: () => {}, info: () => {}, warn: say, error: say };
  return { lifecycle: new Lifecycle({ services, logger, clock, host }), happened, said, clock, host };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function never(): Promise<void> {
  return new Promise(() => {});
}

function gate() {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), passed };
}

test("services start in order and stop in reverse", async () => {
  const { lifecycle, happened, said } = box();
  assert.equal(await lifecycle.start(), true);
  assert.equal(await lifecycle.stop(), 0);
  const stops = ["stop web", "stop screen", "stop replica"];
  assert.deepEqual(happened, ["start replica", "start screen", "start web", ...stops]);
  assert.deepEqual(said, []);
});

test("a service starts when the one before it has started, and stops when the one behind it has stopped", async () => {
  const [starting, stopping] = [gate(), gate()];
  const { lifecycle, happened } = box({
    replica: { start: () => starting.passed },
    web: { stop: () => stopping.passed },
  });
  const started = lifecycle.start();
  await settle();
  assert.deepEqual(happened, []);
  starting.open();
  await started;
  const stopped = lifecycle.stop();
  await settle();
  assert.deepEqual(happened, ["start screen", "start web"]);
  stopping.open();
  assert.equal(await stopped, 0);
  assert.deepEqual(happened.slice(2), ["stop screen", "stop replica"]);
});

test("to start or to stop twice is to do it once", async () => {
  const { lifecycle, happened } = box();
  await Promise.all([lifecycle.start(), lifecycle.start()]);
  assert.deepEqual(await Promise.all([lifecycle.stop(), lifecycle.stop()]), [0, 0]);
  assert.equal(happened.length, 2 * NAMES.length);
});

test("what was stopped before it started stays off", async () => {
  const { lifecycle, happened, host } = box();
  assert.equal(await lifecycle.stop(), 0);
  assert.equal(await lifecycle.start(), false);
  assert.deepEqual(happened, []);
  assert.deepEqual(host.eventNames(), []);
});

test("after a stop no listener and no timer is left", async () => {
  const { lifecycle, host, clock } = box();
  await lifecycle.start();
  assert.deepEqual(host.eventNames(), EVENTS);
  await lifecycle.stop();
  assert.deepEqual(host.eventNames(), []);
  assert.equal(clock.waiting, 0);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  test(`${signal} stops the box and exits with 0`, async () => {
    const { lifecycle, happened, host } = box();
    await lifecycle.start();
    host.emit(signal);
    await settle();
    assert.deepEqual(happened.slice(NAMES.length), ["stop web", "stop screen", "stop replica"]);
    assert.deepEqual(host.statuses, [0]);
  });
}

test("a service that does not stop is named, and the box exits with 1 at the deadline", async () => {
  const { lifecycle, happened, said, host, clock } = box({ screen: { stop: never } });
  await lifecycle.start();
  host.emit("SIGTERM");
  await settle();
  clock.advance(STOP_DEADLINE_MS - 1);
  await settle();
  assert.deepEqual([host.statuses, said], [[], []]);
  clock.advance(1);
  await settle();
  assert.deepEqual(host.statuses, [1]);
  assert.deepEqual(said, [`Cannot stop "screen" in ${STOP_DEADLINE_MS} ms`]);
  assert.deepEqual(happened.slice(NAMES.length), ["stop web"]);
  assert.deepEqual(host.eventNames(), []);
});

test("a service that fails to stop is named, the others stop all the same, and the status is 1", async () => {
  const stop = () => Promise.reject(new Error("stuck paper"));
  const { lifecycle, happened, said } = box({ screen: { stop } });
  await lifecycle.start();
  assert.equal(await lifecycle.stop(), 1);
  assert.deepEqual(happened.slice(NAMES.length), ["stop web", "stop replica"]);
  assert.deepEqual(said, ['Cannot stop "screen" cleanly']);
});

for (const [signal, status] of [
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const) {
  test(`a second signal, ${signal}, exits at once with ${status}`, async () => {
    const { lifecycle, host } = box({ web: { stop: never } });
    await lifecycle.start();
    host.emit("SIGTERM");
    await settle();
    assert.deepEqual(host.statuses, []);
    host.emit(signal);
    assert.deepEqual(host.statuses, [status]);
  });
}

test("a service that cannot start: those before it stop, and its error is told", async () => {
  const refusal = new Error("port taken");
  const { lifecycle, happened, host, clock } = box({ web: { start: () => Promise.reject(refusal) } });
  await assert.rejects(lifecycle.start(), refusal);
  assert.deepEqual(happened, ["start replica", "start screen", "stop screen", "stop replica"]);
  assert.deepEqual([host.statuses, host.eventNames(), clock.waiting], [[], [], 0]);
});

test("a signal during the start: what is starting may finish, nothing more starts, all of it stops", async () => {
  const starting = gate();
  const { lifecycle, happened, host } = box({ screen: { start: () => starting.passed } });
  const started = lifecycle.start();
  await settle();
  host.emit("SIGTERM");
  await settle();
  assert.deepEqual(happened, ["start replica"]);
  starting.open();
  assert.equal(await started, false);
  await settle();
  assert.deepEqual(happened, ["start replica", "stop screen", "stop replica"]);
  assert.deepEqual(host.statuses, [0]);
});

test("a service with something that must not be cut off has its own patience, when its turn has come", async () => {
  const refresh = gate();
  const { lifecycle, happened, said, clock, host } = box({
    replica: { stop: () => refresh.passed.then(() => void happened.push("stop replica")), patienceMs: 5_000 },
  });
  await lifecycle.start();
  host.emit("SIGTERM");
  await settle();
  clock.advance(STOP_DEADLINE_MS + 4_999);
  await settle();
  assert.deepEqual(host.statuses, []);
  refresh.open();
  await settle();
  assert.deepEqual([host.statuses, happened.at(-1), said, clock.waiting], [[0], "stop replica", [], 0]);
});

test("its patience is not for others, and ends", async () => {
  for (const [name, ms] of [
    ["web", STOP_DEADLINE_MS],
    ["replica", STOP_DEADLINE_MS + 5_000],
  ] as const) {
    const { lifecycle, said, clock, host } = box({
      replica: { patienceMs: 5_000 },
      [name]: { stop: never, ...(name === "replica" && { patienceMs: 5_000 }) },
    });
    await lifecycle.start();
    host.emit("SIGTERM");
    await settle();
    clock.advance(ms);
    await settle();
    assert.deepEqual([host.statuses, said], [[1], [`Cannot stop "${name}" in ${ms} ms`]]);
  }
});

test("a service that hangs while it starts is named at the deadline too", async () => {
  const { lifecycle, said, host, clock } = box({ screen: { start: never } });
  void lifecycle.start();
  await settle();
  host.emit("SIGINT");
  clock.advance(STOP_DEADLINE_MS);
  await settle();
  assert.deepEqual(host.statuses, [1]);
  assert.deepEqual(said, [`Cannot stop "screen" in ${STOP_DEADLINE_MS} ms`]);
});

for (const event of ["uncaughtException", "unhandledRejection"]) {
  test(`an ${event} stops the box cleanly and exits with 70`, async () => {
    const { lifecycle, happened, said, host } = box();
    await lifecycle.start();
    host.emit(event, new TypeError("x is not a function"));
    host.emit(event, new TypeError("y is not a function"));
    await settle();
    assert.deepEqual(happened.slice(NAMES.length), ["stop web", "stop screen", "stop replica"]);
    assert.deepEqual(host.statuses, [70]);
    assert.equal(said.length, 2);
  });
}

test("a fault keeps its status although a service hangs after it", async () => {
  const { lifecycle, host, clock } = box({ web: { stop: never } });
  await lifecycle.start();
  host.emit("uncaughtException", new Error("x"));
  clock.advance(STOP_DEADLINE_MS);
  await settle();
  assert.deepEqual(host.statuses, [70]);
});

test("a real process stops its service on SIGTERM and exits with 0", async (t) => {
  const child = spawn(process.execPath, [CHILD], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  child.stdout.setEncoding("utf8");
  let said = "";
  child.stdout.on("data", (chunk: string) => {
    said += chunk;
    if (said === "started\n") child.kill("SIGTERM");
  });
  assert.deepEqual(await within("the child's end", once(child, "close")), [0, null]);
  assert.equal(said, "started\nstopped\n");
});

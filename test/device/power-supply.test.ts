// Low voltage: a dip is told, an alarm that stands puts the box to sleep, and a box that cannot measure it does nothing.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Kernel, News } from "../../device/gpio/kernel.ts";
import { openVoltageAlarm } from "../../device/power-alarm.ts";
import { powerService } from "../../device/power-service.ts";
import { PowerSupply } from "../../device/power-supply.ts";
import { FakeClock } from "../support/fake-clock.ts";

function supply({ told = false } = {}) {
  const clock = new FakeClock();
  const state = { low: false as boolean | undefined, slept: 0, looks: 0 };
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  let listener: (() => void) | undefined;
  const watched = new PowerSupply({
    alarm: {
      isLow: () => {
        state.looks += 1;
        return state.low;
      },
      whenChanged: told
        ? (callback) => {
            listener = callback;
            return () => {
              listener = undefined;
            };
          }
        : undefined,
    },
    clock,
    logger: { debug: say, info: say, warn: say, error: say },
    onLow: () => {
      state.slept += 1;
    },
  });
  return { clock, state, said, watched, tell: () => listener?.(), listens: () => listener !== undefined };
}

test("an alarm that stands for half a minute puts the box to sleep, once", () => {
  const { clock, state, said, watched } = supply();
  watched.start();
  state.low = true;
  clock.advance(60_000);
  assert.equal(state.slept, 0);
  clock.advance(30_000);
  assert.equal(state.slept, 1);
  clock.advance(600_000);
  assert.deepEqual([state.slept, clock.waiting], [1, 0]);
  assert.deepEqual(said, ["The voltage is low", "The voltage stays low: going to sleep"]);
});

test("a dip is told and forgotten", () => {
  const { clock, state, said, watched } = supply();
  watched.start();
  state.low = true;
  clock.advance(79_000);
  state.low = false;
  clock.advance(600_000);
  assert.deepEqual([state.slept, watched.isLow], [0, false]);
  assert.deepEqual(said, ["The voltage is low", "The voltage is good again"]);
});

test("where nobody tells, it is looked at once a minute; where the kernel tells, never without reason", () => {
  const alone = supply();
  alone.watched.start();
  alone.clock.advance(3_600_000);
  assert.ok(alone.state.looks <= 61);

  const { clock, state, watched, tell, listens } = supply({ told: true });
  watched.start();
  clock.advance(3_600_000);
  assert.deepEqual([state.looks, clock.waiting], [1, 0]);
  state.low = true;
  tell();
  clock.advance(30_000);
  assert.deepEqual([state.slept, listens()], [1, false]);
});

test("an alarm that cannot be read is no alarm, and no timer", () => {
  const { clock, state, watched } = supply();
  state.low = undefined;
  watched.start();
  assert.deepEqual([state.looks, clock.waiting], [1, 0]);
});

test("the last picture is waited for, but not for ever, and then the box stops", async () => {
  const clock = new FakeClock();
  const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  let stops = 0;
  const alarm = { isLow: () => true };
  const stop = () => void stops++;
  const [service] = powerService({ alarm, clock, logger, sleep: () => new Promise(() => {}), stop });
  void service?.start();
  clock.advance(30_000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(stops, 0);
  clock.advance(8_000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(stops, 1);
  assert.deepEqual(powerService({ alarm: undefined, clock, logger, sleep: async () => {}, stop }), []);
});

/** /sys/class/hwmon of a Pi: the CPU's thermometer, then the firmware's alarm. */
function hwmon(): { readonly folder: string; readonly alarm: (text: string) => void } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-hwmon-"));
  for (const [device, name] of [
    ["hwmon0", "cpu_thermal"],
    ["hwmon1", "rpi_volt"],
  ] as const) {
    mkdirSync(join(folder, device));
    writeFileSync(join(folder, device, "name"), `${name}\n`);
  }
  const alarm = (text: string) => writeFileSync(join(folder, "hwmon1", "in0_lcrit_alarm"), text);
  alarm("0\n");
  return { folder, alarm, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

test("the firmware's alarm is found by its driver, read again and again, and watched without polling", async () => {
  using found = hwmon();
  const watched: (News | undefined)[] = [];
  const kernel: Pick<Kernel, "whenReadable"> = {
    whenReadable: (_fd, _listener, news) => {
      watched.push(news);
      return () => {};
    },
  };
  const alarm = await openVoltageAlarm(async () => kernel as Kernel, found.folder);
  assert.equal(alarm?.isLow(), false);
  found.alarm("1\n");
  assert.equal(alarm?.isLow(), true);
  alarm?.whenChanged?.(() => {});
  assert.deepEqual(watched, ["notice"]);
  const blind = await openVoltageAlarm(async () => Promise.reject(new Error("no koffi")), found.folder);
  assert.deepEqual([blind?.isLow(), blind?.whenChanged], [true, undefined]);
});

test("a board without such an alarm loads nothing", async () => {
  const load = () => assert.fail("no kernel is needed");
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-hwmon-"));
  assert.equal(await openVoltageAlarm(load, folder), undefined);
  assert.equal(await openVoltageAlarm(load, join(folder, "gone")), undefined);
  rmSync(folder, { recursive: true });
});

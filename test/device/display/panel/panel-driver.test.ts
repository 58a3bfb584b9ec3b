// A panel driver among troubles: dead panels, broken wires, wrong settings, pictures that come too fast.
import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyIt8951, it8951Panel, readDeviceInfo } from "../../../../device/display/panel/it8951.ts";
import { PanelDriver, type PanelMemory } from "../../../../device/display/panel/panel-driver.ts";
import { PANEL_NAMES } from "../../../../device/display/panel/panels.ts";
import { FRESH_STATE, refreshesOn } from "../../../../device/display/panel/refresh-policy.ts";
import { seededRandom } from "../../../support/seeded-random.ts";
import { benchPanel, differingPixels, Sight, seenOn } from "./bench-panels.ts";

function deskWith(name: string) {
  const random = seededRandom(7);
  const bench = benchPanel(name, random);
  const memories: PanelMemory[] = [];
  const { panel, simulated } = bench;
  const driver = new PanelDriver({
    panel,
    transport: simulated,
    time: simulated,
    remember: (memory) => memories.push(memory),
  });
  return { bench, driver, memories, random, sight: new Sight(panel).scribble(random, 50) };
}

for (const name of PANEL_NAMES.filter((each) => each !== "it8951")) {
  test(`${name}: a panel that stays busy is reported in twice its refresh time, and drawn in full when it is back`, async () => {
    const { bench, driver, memories, sight, random } = deskWith(name);
    await driver.show({ picture: sight.picture(), cause: "tick" });
    bench.simulated.stuck = true;
    await bench.simulated.sleep(200_000);
    const startMs = bench.simulated.monotonicMs();
    const report = await driver.show({ picture: sight.scribble(random, 2).picture(), cause: "tick" });
    assert.equal(report.display, "failed");
    assert.match(report.reason ?? "", /No answer from the panel/);
    assert.ok(bench.simulated.monotonicMs() - startMs <= 2 * bench.panel.full.refreshMs);
    assert.equal(memories.at(-1)?.shown, undefined, "nobody knows what a panel shows that did not answer");
    assert.equal(driver.journal.failures, 1);

    bench.simulated.stuck = false;
    await bench.simulated.sleep(200_000);
    assert.equal((await driver.show({ picture: sight.picture(), cause: "tick" })).display, "on");
    assert.equal(bench.simulated.refreshes.at(-1), "full");
    assert.equal(differingPixels(seenOn(bench), sight.pixels), 0);
  });
}

test("a refresh that takes longer than twice its time counts as no answer, one within as slow", async () => {
  const { bench, driver, sight } = deskWith("waveshare-7in5-v2");
  const impatient = { ...bench.panel, full: { ...bench.panel.full, refreshMs: 2000 } };
  const late = new PanelDriver({
    panel: impatient,
    transport: bench.simulated,
    time: bench.simulated,
    remember: () => {},
  });
  assert.match((await late.show({ picture: sight.picture(), cause: "tick" })).reason ?? "", /in 4000 ms/);
  assert.equal((await driver.show({ picture: sight.picture(), cause: "tick" })).display, "on");
});

test("broken wires are a report, not an exception", async () => {
  const { bench, driver, sight } = deskWith("waveshare-7in5-v2");
  bench.simulated.broken = new Error("Cannot write to SPI: no such device");
  const report = await driver.show({ picture: sight.picture(), cause: "tick" });
  assert.deepEqual([report.display, report.reason], ["failed", "Cannot write to SPI: no such device"]);
});

test("a driver with the wrong idea of BUSY is caught talking to a busy chip", async () => {
  const { bench, sight } = deskWith("waveshare-7in5-v2");
  const inverted = { ...bench.panel, busyLevel: 1 as const };
  const driver = new PanelDriver({
    panel: inverted,
    transport: bench.simulated,
    time: bench.simulated,
    remember: () => {},
  });
  await driver.show({ picture: sight.picture(), cause: "tick" });
  assert.match(bench.simulated.faults.join(), /while busy/);
});

test("pictures that come during a refresh replace each other, and the last one is shown", async () => {
  const { bench, driver, random, sight } = deskWith("waveshare-7in5-v2");
  const shown = [driver.show({ picture: sight.picture(), cause: "tick" })];
  for (let count = 0; count < 20; count++) {
    shown.push(driver.show({ picture: sight.scribble(random, 1).picture(), cause: "tick" }));
  }
  await Promise.all(shown);
  assert.deepEqual(bench.simulated.refreshes, ["full", "partial"]);
  assert.equal(differingPixels(seenOn(bench), sight.pixels), 0);
});

test("an emergency that waits is not forgotten for a tick that comes after it", async () => {
  const { bench, driver, random, sight } = deskWith("waveshare-7in5-v2");
  const first = driver.show({ picture: sight.picture(), cause: "tick" });
  const emergency = driver.show({ picture: sight.scribble(random, 1).picture(), cause: "emergency" });
  const tick = driver.show({ picture: sight.scribble(random, 1).picture(), cause: "tick" });
  await Promise.all([first, emergency, tick]);
  assert.deepEqual(bench.simulated.refreshes, ["full", "full"]);
});

test("the renderer may draw into its buffer while the panel still shows it", async () => {
  const { bench, driver, sight } = deskWith("waveshare-7in5-v2");
  const picture = sight.picture();
  const shown = driver.show({ picture, cause: "tick" });
  picture.pixels.fill(0);
  await shown;
  assert.equal(differingPixels(seenOn(bench), sight.pixels), 0);
});

test("before a refresh the glass is forgotten, after it known, and the journal tells how long it took", async () => {
  const { driver, memories, sight } = deskWith("waveshare-7in5-v2");
  await driver.show({ picture: sight.picture(), cause: "tick", temperatureC: 31 });
  assert.deepEqual(
    memories.map(({ shown }) => shown?.length),
    [undefined, 48_000],
  );
  const { count, busyMs, coldestC, hottestC } = driver.journal;
  assert.deepEqual([count.full, count.partial, coldestC, hottestC], [1, 0, 31, 31]);
  assert.equal(busyMs.full, 4100, "4.2 s less the 100 ms that it was left alone");
});

test("the last twenty refreshes are told one by one, those without an answer too, and counted by the day", async () => {
  const { bench, driver, memories, random, sight } = deskWith("waveshare-7in5-v2");
  for (let count = 0; count < 25; count++) {
    bench.simulated.stuck = count === 23;
    await bench.simulated.sleep(60_000);
    await driver.show({ picture: sight.scribble(random, 1).picture(), cause: "tick" });
  }
  const { recent } = driver.journal;
  assert.equal(recent.length, 20);
  assert.deepEqual(
    recent.slice(-4).map(({ mode, busyMs }) => [mode, busyMs === undefined]),
    [
      ["partial", false],
      ["partial", false],
      ["partial", true],
      ["full", false],
    ],
  );
  assert.ok(recent.every(({ atS }, index) => index === 0 || atS > (recent[index - 1]?.atS ?? 0)));
  const { refreshes = FRESH_STATE } = memories.at(-1) ?? {};
  const nowS = bench.simulated.nowS();
  assert.deepEqual(refreshesOn(refreshes, nowS), { flashes: 2, partials: 23 });
  assert.deepEqual(refreshesOn(refreshes, nowS + 86_400), { flashes: 0, partials: 0 });
});

test("a memory of another panel is no memory", async () => {
  const { bench, memories, sight, driver } = deskWith("waveshare-2in13-v4");
  await driver.show({ picture: sight.picture(), cause: "tick" });
  const other = deskWith("waveshare-2in9-v2");
  const { panel, simulated } = other.bench;
  const moved = new PanelDriver({
    panel,
    transport: simulated,
    time: simulated,
    memory: memories.at(-1),
    remember: () => {},
  });
  await moved.show({ picture: other.sight.picture(), cause: "tick" });
  assert.deepEqual(simulated.refreshes, ["full"]);
  assert.equal(bench.simulated.refreshes.length, 1);
});

test("closing waits for the refresh that runs, so that no voltage stays on", async () => {
  const { bench, driver, sight } = deskWith("waveshare-4in2-v2");
  void driver.show({ picture: sight.picture(), cause: "tick" });
  await driver.close();
  assert.equal(bench.simulated.closed, true);
  assert.equal(differingPixels(seenOn(bench), sight.pixels), 0);
});

test("a panel that is put off until later says when", async () => {
  const { bench, driver, random, sight } = deskWith("waveshare-7in3-e");
  await driver.show({ picture: sight.picture(), cause: "tick" });
  const startS = bench.simulated.nowS();
  const report = await driver.show({ picture: sight.scribble(random, 2).picture(), cause: "tick" });
  assert.equal(report.waiting, "interval");
  assert.ok(report.untilS !== undefined && report.untilS > startS && report.untilS <= startS + 180);
});

test("an IT8951 is not drawn on without the voltage of its glass", () => {
  const chip = { width: 1872, height: 1404, bufferAddress: 0x0012_36e0 };
  assert.throws(() => it8951Panel(chip, undefined), /VCOM/);
  for (const volts of [1.53, 0, -15, Number.NaN]) assert.throws(() => it8951Panel(chip, volts), /VCOM/);
  assert.equal(it8951Panel(chip, -1.53).width, 1872);
});

test("an IT8951 says its size, and a dead one says nothing", async () => {
  const { bench } = deskWith("it8951");
  assert.deepEqual(await identifyIt8951(bench.simulated), { width: 400, height: 300, bufferAddress: 0x0012_36e0 });
  for (const noise of [0x00, 0xff]) assert.equal(readDeviceInfo(new Uint8Array(40).fill(noise)), undefined);
  assert.equal(readDeviceInfo(new Uint8Array(3)), undefined);
  bench.simulated.stuck = true;
  assert.equal(await identifyIt8951(bench.simulated), undefined);
});

test("an IT8951 whose engine never rests is given up", async () => {
  const { bench, sight } = deskWith("it8951");
  const stubborn = new Proxy(bench.simulated, {
    get: (target, key) => {
      if (key === "read") return async () => Uint8Array.of(0, 1);
      const member = Reflect.get(target, key, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  const driver = new PanelDriver({
    panel: bench.panel,
    transport: stubborn,
    time: bench.simulated,
    remember: () => {},
  });
  assert.equal((await driver.show({ picture: sight.picture(), cause: "tick" })).display, "failed");
});

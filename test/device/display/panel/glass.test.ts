// What stands on the glass after all that a driver sends, for every panel we know.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PanelDriver, type PanelMemory } from "../../../../device/display/panel/panel-driver.ts";
import { panelSteps } from "../../../../device/display/panel/panel-steps.ts";
import { PANEL_NAMES } from "../../../../device/display/panel/panels.ts";
import { planeOf } from "../../../../device/display/panel/plane.ts";
import { playSteps } from "../../../../device/display/panel/play-steps.ts";
import type { Cause } from "../../../../device/display/panel/refresh-policy.ts";
import { seededRandom } from "../../../support/seeded-random.ts";
import { type Bench, benchPanel, differingPixels, Sight, seenOn } from "./bench-panels.ts";

const SEED = Number(process.env["SEED"] ?? 20261121);
const PARTIALS = 30;
/** Longer than the distance a colour panel wants. */
const BETWEEN_MS = 200_000;

function driverOf({ panel, simulated }: Bench, memory?: PanelMemory) {
  let kept = memory;
  const driver = new PanelDriver({
    panel,
    transport: simulated,
    time: simulated,
    memory,
    remember: (now) => {
      // As it comes back from a disk.
      kept = structuredClone(now);
    },
  });
  return { driver, kept: () => kept };
}

async function shows(bench: Bench, driver: PanelDriver, sight: Sight, cause: Cause): Promise<void> {
  await bench.simulated.sleep(BETWEEN_MS);
  const report = await driver.show({ picture: sight.picture(), cause });
  assert.deepEqual([report.display, report.waiting], ["on", undefined], report.reason);
  assert.equal(differingPixels(seenOn(bench), sight.pixels), 0, `wrong pixels on the glass, SEED=${SEED}`);
  assert.deepEqual(bench.simulated.faults, [], `SEED=${SEED}`);
}

for (const name of PANEL_NAMES) {
  test(`${name}: the glass follows a full refresh, ${PARTIALS} small changes and a full refresh`, async () => {
    const random = seededRandom(SEED);
    const bench = benchPanel(name, random);
    const { driver } = driverOf(bench);
    const sight = new Sight(bench.panel).scribble(random, 200);
    await shows(bench, driver, sight, "tick");
    for (let count = 0; count < PARTIALS; count++) await shows(bench, driver, sight.scribble(random, 2), "tick");
    await shows(bench, driver, sight.scribble(random, 200), "session");
    const { refreshes } = bench.simulated;
    assert.equal(refreshes.length, PARTIALS + 2);
    assert.deepEqual([refreshes.at(0), refreshes.at(-1)], ["full", "full"]);
    const partials = bench.panel.limits.partialsPerFull;
    const expected = partials === 0 ? 0 : PARTIALS - Math.floor(PARTIALS / (partials + 1));
    assert.equal(refreshes.filter((kind) => kind === "partial").length, expected);
  });

  test(`${name}: a reboot and a power cut between two pictures leave no trace on the glass`, async () => {
    const random = seededRandom(SEED + 1);
    const bench = benchPanel(name, random);
    const first = driverOf(bench);
    const sight = new Sight(bench.panel).scribble(random, 100);
    await shows(bench, first.driver, sight, "tick");
    await first.driver.close();
    bench.simulated.cutPower(random);

    const second = driverOf(bench, first.kept());
    await shows(bench, second.driver, sight, "tick");
    await shows(bench, second.driver, sight.scribble(random, 3), "tick");
    // The same picture is not drawn again, unless the chip lost what nobody can tell it.
    const again = bench.panel.before === "chip" ? ["full"] : [];
    const change = bench.panel.partial === undefined ? "full" : "partial";
    assert.deepEqual(bench.simulated.refreshes, ["full", ...again, change]);
  });

  for (const mode of ["full", "fast", "partial"] as const) {
    if (benchPanel(name, seededRandom(SEED)).panel[mode] === undefined) continue;
    test(`${name}: a ${mode} refresh over an unknown glass keeps to the data sheet`, async () => {
      const random = seededRandom(SEED + 2);
      const bench = benchPanel(name, random);
      const { panel, simulated } = bench;
      const next = planeOf(panel, new Sight(panel).scribble(random, 100).picture());
      // The IT8951 must have started once.
      if (panel.before === "chip") await playSteps(panelSteps(panel, { mode: "full", next }), played(bench));
      const result = await playSteps(panelSteps(panel, { mode, next }), played(bench));
      assert.equal(result.kind, "shown");
      assert.deepEqual(simulated.faults, []);
      assert.equal(simulated.refreshes.at(-1), mode);
    });
  }
}

function played({ panel, simulated }: Bench) {
  return { panel, transport: simulated, time: simulated };
}

test("a press that turns the page is shown fast where the panel can", async () => {
  const random = seededRandom(SEED);
  for (const name of ["waveshare-7in5-v2", "waveshare-2in13-v4", "waveshare-4in2-v2"]) {
    const bench = benchPanel(name, random);
    const { driver } = driverOf(bench);
    const sight = new Sight(bench.panel).scribble(random, 50);
    await shows(bench, driver, sight, "tick");
    sight.pixels.set(sight.pixels.map((white) => 1 - white));
    await shows(bench, driver, sight, "press");
    assert.equal(bench.simulated.refreshes.at(-1), "fast", name);
  }
});

test("the simulated glass notices an old plane that was not written", async () => {
  const random = seededRandom(SEED);
  const bench = benchPanel("waveshare-2in13-v4", random);
  const { panel } = bench;
  const before = new Sight(panel).scribble(random, 50);
  await playSteps(panelSteps(panel, { mode: "full", next: planeOf(panel, before.picture()) }), played(bench));
  const after = new Sight(panel).scribble(random, 50);
  const steps = panelSteps(panel, {
    mode: "partial",
    next: planeOf(panel, after.picture()),
    shown: planeOf(panel, after.picture()),
  });
  await playSteps(steps, played(bench));
  assert.notEqual(differingPixels(seenOn(bench), after.pixels), 0);
});

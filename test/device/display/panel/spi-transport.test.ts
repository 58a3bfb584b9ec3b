// What a panel with a DC line hears on its wires: the order of levels and bytes, pieces, waiting, the end. And whole
// pictures through the wires onto a simulated glass.
import assert from "node:assert/strict";
import { test } from "node:test";
import { panelSteps } from "../../../../device/display/panel/panel-steps.ts";
import { planeOf } from "../../../../device/display/panel/plane.ts";
import { playSteps } from "../../../../device/display/panel/play-steps.ts";
import { SpiTransport } from "../../../../device/display/panel/spi-transport.ts";
import type { PanelTransport } from "../../../../device/display/panel/transport.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { seededRandom } from "../../../support/seeded-random.ts";
import { benchPanel, differingPixels, Sight, seenOn } from "./bench-panels.ts";
import { RecordedWires } from "./recorded-wires.ts";

function panelOn(wires = new RecordedWires(), speedHz?: number) {
  const clock = new FakeClock();
  const after = (ms: number, callback: () => void) => clock.after(ms, callback);
  return { wires, clock, transport: new SpiTransport({ wires, after, ...(speedHz && { speedHz }) }) };
}

/** Lets what is settled run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("DC is low for a command and high for its data", async () => {
  const { wires, transport } = panelOn();
  await transport.command(0x06);
  await transport.data(Uint8Array.of(0x17, 0x17, 0x28, 0x17));
  assert.deepEqual(wires.record, ["dc 0", "spi 06", "dc 1", "spi 17172817"]);
});

test("a select line of our own frames each transfer, and power comes first", async () => {
  const { wires, transport } = panelOn(new RecordedWires({ select: true, power: true }));
  await transport.command(0x12);
  assert.deepEqual(wires.record, ["pwr 1", "dc 0", "cs 0", "spi 12", "cs 1"]);
});

test("a picture goes in pieces that spidev takes, all of it and in order", async () => {
  const { wires, transport } = panelOn();
  const picture = Uint8Array.from({ length: 48_000 }, (_, at) => at % 251);
  await transport.data(picture);
  const pieces = wires.transfers.map(({ send }) => send ?? new Uint8Array());
  assert.deepEqual(
    pieces.map(({ length }) => length),
    [...new Array(11).fill(4096), 2944],
  );
  assert.deepEqual(Buffer.concat(pieces), Buffer.from(picture));
  assert.equal(wires.record.filter((line) => line.startsWith("dc")).length, 1);
});

test("no piece holds up the box for more than 20 ms, however much spidev takes", async () => {
  const { wires, transport } = panelOn(new RecordedWires({ longestBytes: 65_536 }));
  await transport.data(new Uint8Array(48_000));
  const longest = Math.max(...wires.transfers.map(({ send, speedHz }) => (8 * (send?.length ?? 0)) / speedHz));
  assert.ok(longest > 0.019 && longest <= 0.02, `${longest} s`);
});

test("others run between two pieces", async () => {
  const { wires, transport } = panelOn();
  let seen = 0;
  setImmediate(() => {
    seen = wires.transfers.length;
  });
  await transport.data(new Uint8Array(48_000));
  assert.ok(seen > 0 && seen < 12, `${seen} pieces were sent before anybody else ran`);
});

test("a chip that is idle already is not waited for", async () => {
  const { wires, clock, transport } = panelOn();
  wires.busyLevel = 1;
  assert.equal(await transport.waitIdle({ busyLevel: 0, timeoutMs: 1_000 }), true);
  assert.deepEqual([clock.waiting, wires.listeners], [0, 0]);
});

test("the end of a refresh is heard as an edge, whichever level means busy", async () => {
  for (const busyLevel of [0, 1] as const) {
    const { wires, clock, transport } = panelOn();
    wires.busyLevel = busyLevel;
    const idle = transport.waitIdle({ busyLevel, timeoutMs: 8_000 });
    clock.advance(4_200);
    wires.edge(busyLevel === 0 ? 1 : 0);
    assert.equal(await idle, true);
    assert.deepEqual([clock.waiting, wires.listeners], [0, 0]);
  }
});

test("an old edge that comes late does not end the wait", async () => {
  const { wires, transport } = panelOn();
  wires.busyLevel = 0;
  let isOver = false;
  const idle = transport.waitIdle({ busyLevel: 0, timeoutMs: 8_000 }).finally(() => {
    isOver = true;
  });
  wires.edge();
  await settled();
  assert.equal(isOver, false);
  wires.edge(1);
  assert.equal(await idle, true);
});

test("a panel that stays busy is given up when its time is over, with nothing left behind", async () => {
  const { wires, clock, transport } = panelOn();
  wires.busyLevel = 0;
  const idle = transport.waitIdle({ busyLevel: 0, timeoutMs: 8_000 });
  clock.advance(7_999);
  await settled();
  assert.equal(wires.listeners, 1);
  clock.advance(1);
  assert.equal(await idle, false);
  assert.deepEqual([clock.waiting, wires.listeners], [0, 0]);
});

test("an edge that nobody heard is seen when the time is over", async () => {
  const { wires, clock, transport } = panelOn();
  wires.busyLevel = 0;
  const idle = transport.waitIdle({ busyLevel: 0, timeoutMs: 8_000 });
  wires.busyLevel = 1;
  clock.advance(8_000);
  assert.equal(await idle, true);
});

test("a line that breaks while we wait rejects, with nothing left behind", async () => {
  const { wires, clock, transport } = panelOn();
  wires.busyLevel = 0;
  const idle = transport.waitIdle({ busyLevel: 0, timeoutMs: 8_000 });
  wires.busy.level = () => {
    throw new Error("ENODEV");
  };
  wires.edge();
  await assert.rejects(idle, /ENODEV/);
  assert.deepEqual([clock.waiting, wires.listeners], [0, 0]);
});

test("the reset line pulses low, for the time the panel wants", async () => {
  const { wires, clock, transport } = panelOn();
  let isOver = false;
  const reset = transport.reset({ highMs: 20, lowMs: 2, settleMs: 20 }).then(() => {
    isOver = true;
  });
  assert.deepEqual(wires.record, ["rst 1"]);
  clock.advance(20);
  await settled();
  assert.deepEqual(wires.record, ["rst 1", "rst 0", "rst 1"]);
  assert.equal(isOver, false);
  clock.advance(20);
  await reset;
});

test("closing cuts the power, lets go of each wire once, and a second time does nothing", async () => {
  const { wires, transport } = panelOn(new RecordedWires({ select: true, power: true }));
  await transport.close();
  await transport.close();
  assert.deepEqual(wires.closed.toSorted(), ["busy", "cs", "dc", "pwr", "rst", "spi"]);
  assert.equal(wires.record.at(-1), "pwr 0");
});

test("these panels are never asked", async () => {
  await assert.rejects(panelOn().transport.read(), /no wire for answers/);
});

for (const name of ["waveshare-7in5-v2", "waveshare-2in13-v4", "waveshare-4in2-v2", "waveshare-7in3-e"]) {
  test(`${name}: a picture that goes through the wires stands on the glass`, async () => {
    const random = seededRandom(11);
    const bench = benchPanel(name, random);
    const { panel, simulated } = bench;
    const wires = new RecordedWires();
    // The chip at the other end knows commands from data by DC alone.
    wires.onTransfer = ({ send = new Uint8Array() }) => {
      const isCommand = wires.record.findLast((line) => line.startsWith("dc")) === "dc 0";
      void (isCommand ? simulated.command(send[0] ?? 0) : simulated.data(send));
    };
    const spi = new SpiTransport({ wires, after: () => () => {} });
    // Time and BUSY are the simulation's own.
    const transport: PanelTransport = {
      command: (code) => spi.command(code),
      data: (bytes) => spi.data(bytes),
      read: () => spi.read(),
      waitIdle: (wait) => simulated.waitIdle(wait),
      reset: (pulse) => simulated.reset(pulse),
      close: () => spi.close(),
    };
    const sight = new Sight(panel).scribble(random, 100);
    const steps = panelSteps(panel, { mode: "full", next: planeOf(panel, sight.picture()) });
    assert.equal((await playSteps(steps, { panel, transport, time: simulated })).kind, "shown");
    assert.equal(differingPixels(seenOn(bench), sight.pixels), 0);
    assert.deepEqual(simulated.faults, []);
  });
}

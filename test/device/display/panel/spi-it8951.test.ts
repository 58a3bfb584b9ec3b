// What an IT8951 hears: preambles, words, and never one before its line says ready.
import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyIt8951 } from "../../../../device/display/panel/it8951.ts";
import { BURST_SPEED_HZ, It8951Transport } from "../../../../device/display/panel/it8951-transport.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { RecordedWires } from "./recorded-wires.ts";

function chip(wires = new RecordedWires()) {
  const clock = new FakeClock();
  const transport = new It8951Transport({ wires, after: (ms, callback) => clock.after(ms, callback) });
  return { wires, clock, transport };
}

/** Busy before each word and ready a moment later, as the chip is. Every word sent too early is a fault. */
function hesitant(wires: RecordedWires): { faults: string[]; waits: () => number } {
  const faults: string[] = [];
  let waits = 0;
  wires.busyLevel = 0;
  const { level } = wires.busy;
  let isAsked = false;
  wires.busy.level = () => {
    if (!isAsked && level() === 0) {
      isAsked = true;
      setImmediate(() => {
        isAsked = false;
        waits++;
        wires.edge(1);
      });
    }
    return level();
  };
  wires.onTransfer = ({ send, receive }) => {
    if (send?.length === 0) return;
    if (wires.busyLevel === 0) faults.push(`${send ? Buffer.from(send).toString("hex") : `read ${receive}`} too early`);
    wires.busyLevel = 0;
  };
  return { faults, waits: () => waits };
}

test("a command is a preamble and a word, and the chip stays selected until both are there", async () => {
  const { wires, transport } = chip();
  await transport.command(0x0302);
  assert.deepEqual(wires.record, ["spi 6000 +", "spi 0302 +", "spi "]);
});

test("settings go word by word behind one preamble", async () => {
  const { wires, transport } = chip();
  await transport.data(Uint8Array.of(0, 4, 0, 1));
  assert.deepEqual(wires.record, ["spi 0000 +", "spi 0004 +", "spi 0001 +", "spi "]);
});

test("an answer comes after a word that means nothing", async () => {
  const { wires, transport } = chip();
  wires.answers.push(0xdead, 0x0750, 0x057c);
  assert.deepEqual([...(await transport.read(4))], [0x07, 0x50, 0x05, 0x7c]);
  assert.deepEqual(wires.record, ["spi 1000 +", "spi ? 2 +", "spi ? 2 +", "spi ? 2 +", "spi "]);
});

test("a select line of our own stays low for the whole of it", async () => {
  const { wires, transport } = chip(new RecordedWires({ select: true }));
  await transport.command(1);
  assert.deepEqual(wires.record, ["cs 0", "spi 6000 +", "spi 0001 +", "spi ", "cs 1"]);
});

test("no word is sent or read before the line says ready", async () => {
  const { wires, transport } = chip();
  const { faults, waits } = hesitant(wires);
  wires.answers.push(0, 0);
  await transport.command(0x0010);
  await transport.data(Uint8Array.of(0x12, 0x24));
  await transport.read(2);
  assert.deepEqual(faults, []);
  // Two, two, and three with the word that means nothing.
  assert.equal(waits(), 7);
});

test("pixels go in quick bursts, the line is asked before each, and no byte is lost", async () => {
  const { wires, transport } = chip();
  const { faults } = hesitant(wires);
  const pixels = Uint8Array.from({ length: 10_000 }, (_, at) => at % 253);
  await transport.data(pixels);
  assert.deepEqual(faults, []);
  const bursts = wires.transfers.filter(({ speedHz }) => speedHz === BURST_SPEED_HZ);
  assert.deepEqual(
    bursts.map(({ send }) => send?.length),
    [4096, 4096, 1808],
  );
  assert.ok(bursts.every(({ more }) => more));
  assert.deepEqual(Buffer.concat(bursts.map(({ send }) => send ?? new Uint8Array())), Buffer.from(pixels));
});

test("a chip that never is ready rejects in its time and is let go", async () => {
  const { wires, clock, transport } = chip();
  wires.onTransfer = () => {
    wires.busyLevel = 0;
  };
  const command = transport.command(1);
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(3_000);
  await assert.rejects(command, /No answer from the panel in 3000 ms: is its ribbon loose\?/);
  assert.equal(wires.record.at(-1), "spi ");
  assert.deepEqual([clock.waiting, wires.listeners], [0, 0]);
});

test("the chip says who it is through these wires", async () => {
  const { wires, clock, transport } = chip();
  wires.answers.push(0, 1872, 1404, 0x36e0, 0x0012);
  const identified = identifyIt8951(transport);
  for (const ms of [20, 200]) {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(await identified, { width: 1872, height: 1404, bufferAddress: 0x0012_36e0 });
});

test("closing lets go of each wire once", async () => {
  const { wires, transport } = chip();
  await transport.close();
  await transport.close();
  assert.deepEqual(wires.closed, ["rst", "busy", "spi"]);
});

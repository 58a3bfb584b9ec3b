// A panel on the calls of the kernel itself, spidev and GPIO together, as main.ts will join them: which level DC had at each
// message, which line was pulsed, what BUSY said. The kernel is simulated; no spidev was at hand.
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SpiDevice } from "../../../../device/display/panel/spi-device.ts";
import { SpiTransport } from "../../../../device/display/panel/spi-transport.ts";
import { GpioChips } from "../../../../device/gpio/chardev.ts";
import type { Kernel } from "../../../../device/gpio/kernel.ts";
import { FakeClock } from "../../../support/fake-clock.ts";
import { SimulatedGpio } from "../../gpio/simulated-gpio.ts";

/** SPI_IOC_MAGIC in the second byte. */
const SPI_CALL = 0x6b00;
const SPI_MESSAGE = 0x40206b00;

function board() {
  const gpio = new SimulatedGpio({ gpiochip0: ["GPIO17", "GPIO24", "GPIO25"] });
  const clock = new FakeClock();
  const path = join(gpio.folder, "spidev0.0");
  writeFileSync(path, "");
  const heard: [dc: 0 | 1, bytes: number][] = [];
  const kernel: Kernel = {
    ioctl: (fd, request, argument) => {
      if ((request & 0xff00) !== SPI_CALL) return gpio.ioctl(fd, request, argument);
      if (request === SPI_MESSAGE && typeof argument !== "number")
        heard.push([gpio.line("GPIO25").level, Buffer.from(argument).readUInt32LE(16)]);
      return 0;
    },
    addressOf: () => 1n,
    whenReadable: (fd, listener) => gpio.whenReadable(fd, listener),
  };
  const chips = new GpioChips({ kernel, folder: gpio.folder, nowNs: () => gpio.nowNs });
  const wires = {
    spi: new SpiDevice({ kernel, path, speedHz: 4_000_000, bufferSizePath: join(gpio.folder, "none") }),
    dc: chips.output("GPIO25", 0),
    reset: chips.output("GPIO17", 1),
    busy: chips.input("GPIO24"),
  };
  const transport = new SpiTransport({ wires, after: (ms, callback) => clock.after(ms, callback) });
  return { gpio, clock, heard, transport };
}

test("each message finds DC at the level that it means", async () => {
  const { gpio, heard, transport } = board();
  using _ = gpio;
  await transport.command(0x10);
  await transport.data(new Uint8Array(5000));
  await transport.command(0x12);
  assert.deepEqual(heard, [
    [0, 1],
    [1, 4096],
    [1, 904],
    [0, 1],
  ]);
  await transport.close();
});

test("the end of a refresh is an edge of the BUSY line, and a dead panel is one that has none", async () => {
  const { gpio, clock, transport } = board();
  using _ = gpio;
  gpio.edge("GPIO24", 0);
  const idle = transport.waitIdle({ busyLevel: 0, timeoutMs: 8_000 });
  // The edge from before the wait, then the one that counts.
  gpio.deliver("GPIO24");
  assert.deepEqual(gpio.heard, ["GPIO24"]);
  gpio.edge("GPIO24", 1);
  gpio.deliver("GPIO24");
  assert.equal(await idle, true);
  assert.deepEqual([gpio.heard, clock.waiting], [[], 0]);

  gpio.edge("GPIO24", 0);
  const dead = transport.waitIdle({ busyLevel: 0, timeoutMs: 8_000 });
  clock.advance(8_000);
  assert.equal(await dead, false);
  await transport.close();
});

test("closing gives back each line and the bus", async () => {
  const before = readdirSync("/proc/self/fd").length;
  const { gpio, transport } = board();
  using _ = gpio;
  assert.equal(readdirSync("/proc/self/fd").length, before + 4);
  await transport.close();
  assert.equal(readdirSync("/proc/self/fd").length, before);
  await assert.rejects(transport.command(1), { code: "E_GPIO" });
});

// spidev by ioctl: the structs byte for byte as a C compiler lays them out with linux/spi/spidev.h (6.1), the order of the
// calls, the addresses in them, and what happens when the bus refuses. No spidev is here: the kernel is recorded.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { SpiDevice, SpiError } from "../../../../device/display/panel/spi-device.ts";
import { encodeTransfer } from "../../../../device/display/panel/spi-ioctl.ts";
import type { Kernel } from "../../../../device/gpio/kernel.ts";

const WR_MODE = 0x40016b01;
const WR_BITS_PER_WORD = 0x40016b03;
const WR_MAX_SPEED_HZ = 0x40046b04;
const MESSAGE_1 = 0x40206b00;

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-spi-"));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, "spidev0.0");
writeFileSync(path, "");

class RecordedKernel implements Kernel {
  readonly calls: [request: number, struct: Buffer][] = [];
  /** What the chip answers to every transfer. */
  answer: Uint8Array = new Uint8Array();
  refuses: number | undefined;
  readonly #memory = new Map<bigint, Uint8Array>();

  ioctl(_fd: number, request: number, argument: Uint8Array | number): number {
    if (request === this.refuses) throw Object.assign(new Error("EINVAL: invalid argument, ioctl"), { code: "EINVAL" });
    if (typeof argument === "number") throw new Error("spidev takes structs only");
    const struct = Buffer.from(argument);
    this.calls.push([request, struct]);
    if (request === MESSAGE_1) this.#memory.get(struct.readBigUInt64LE(8))?.set(this.answer);
    return 0;
  }

  /** The bytes to which the newest message points. */
  sent(): Buffer {
    const struct = this.calls.at(-1)?.[1] ?? Buffer.alloc(32);
    const memory = this.#memory.get(struct.readBigUInt64LE(0)) ?? new Uint8Array();
    return Buffer.from(memory.subarray(0, struct.readUInt32LE(16)));
  }

  addressOf(bytes: Uint8Array): bigint {
    for (const [address, known] of this.#memory) if (known === bytes) return address;
    const address = 0x7f00_0000_0000n + BigInt(this.#memory.size) * 0x10_0000n;
    this.#memory.set(address, bytes);
    return address;
  }

  whenReadable(): () => void {
    throw new Error("nothing is read here");
  }
}

function open(kernel: Kernel, options: { ownSelect?: boolean; bufsiz?: string } = {}): SpiDevice {
  const bufferSizePath = join(folder, "bufsiz");
  if (options.bufsiz === undefined) rmSync(bufferSizePath, { force: true });
  else writeFileSync(bufferSizePath, options.bufsiz);
  return new SpiDevice({ kernel, path, speedHz: 4_000_000, bufferSizePath, ownSelect: options.ownSelect ?? false });
}

test("a device is opened in mode 0 with 8 bits, and its speed is always set", () => {
  const kernel = new RecordedKernel();
  open(kernel).close();
  assert.deepEqual(kernel.calls, [
    [WR_MODE, Buffer.from([0])],
    [WR_BITS_PER_WORD, Buffer.from([8])],
    [WR_MAX_SPEED_HZ, Buffer.from("00093d00", "hex")],
  ]);
});

test("a chip that a GPIO line selects is none of the controller's business", () => {
  const kernel = new RecordedKernel();
  open(kernel, { ownSelect: true }).close();
  assert.deepEqual(kernel.calls[0], [WR_MODE, Buffer.from([0x40])]);
});

test("a transfer is laid out as the kernel has it", () => {
  const transfer = encodeTransfer({
    sendAt: 0x1122334455667788n,
    receiveAt: 0x99aabbccddeeff01n,
    length: 4096,
    speedHz: 4_000_000,
    keepSelected: true,
  });
  const expected = `${"8877665544332211"}${"01ffeeddccbbaa99"}${"00100000"}${"00093d00"}0000${"08"}${"01"}00000000`;
  assert.equal(Buffer.from(transfer).toString("hex"), expected);
});

test("what is sent lies where the message points, and nothing is asked for", () => {
  const kernel = new RecordedKernel();
  const device = open(kernel);
  device.transfer({ send: Uint8Array.of(1, 2, 3), speedHz: 1_000_000, more: true });
  assert.deepEqual(kernel.sent(), Buffer.from([1, 2, 3]));
  device.transfer({ send: Uint8Array.of(9), speedHz: 1_000_000, more: false });
  assert.deepEqual(kernel.sent(), Buffer.from([9]));
  const [[, first], [, second]] = kernel.calls.slice(-2) as [[number, Buffer], [number, Buffer]];
  assert.deepEqual([first.readBigUInt64LE(8), first[27], second[27]], [0n, 1, 0]);
  assert.equal(first.readUInt32LE(20), 1_000_000);
  device.close();
});

test("what comes in is a copy that the next transfer leaves alone", () => {
  const kernel = new RecordedKernel();
  const device = open(kernel);
  kernel.answer = Uint8Array.of(7, 8);
  const answer = device.transfer({ receive: 2, speedHz: 1_000_000, more: false });
  kernel.answer = Uint8Array.of(0, 0);
  device.transfer({ receive: 2, speedHz: 1_000_000, more: false });
  assert.deepEqual([...answer], [7, 8]);
  assert.equal(kernel.calls.at(-1)?.[1].readBigUInt64LE(0), 0n);
  device.close();
});

test("a transfer is as long as spidev says, 4096 bytes where it says nothing sensible", () => {
  const sizes: [bufsiz: string | undefined, bytes: number][] = [
    [undefined, 4096],
    ["4096\n", 4096],
    ["65536\n", 65_536],
    ["1000000000\n", 65_536],
    ["512", 512],
    ["", 4096],
    ["-1", 4096],
    ["0", 4096],
    ["NaN", 4096],
    ["4e99", 4096],
    ["1.5", 4096],
    ["🔥", 4096],
  ];
  for (const [bufsiz, bytes] of sizes) {
    const device = open(new RecordedKernel(), bufsiz === undefined ? {} : { bufsiz });
    assert.equal(device.longestBytes, bytes, `bufsiz "${bufsiz}"`);
    device.close();
  }
});

test("a message that is too long is refused before the kernel sees it", () => {
  const kernel = new RecordedKernel();
  const device = open(kernel);
  assert.throws(() => device.transfer({ send: new Uint8Array(4097), speedHz: 1, more: false }), SpiError);
  assert.equal(kernel.calls.length, 3);
  device.close();
});

test("a bus that is missing, refuses or is closed says which, and no file stays open", () => {
  const files = readdirSync("/proc/self/fd").length;
  const missing = { kernel: new RecordedKernel(), path: join(folder, "spidev9.9"), speedHz: 1 };
  assert.throws(() => new SpiDevice(missing), {
    code: "E_SPI",
    message: /Cannot open SPI device ".*spidev9.9": ENOENT/,
  });
  for (const request of [WR_MODE, WR_BITS_PER_WORD, WR_MAX_SPEED_HZ]) {
    const kernel = new RecordedKernel();
    kernel.refuses = request;
    assert.throws(() => open(kernel), { code: "E_SPI", message: /EINVAL/ });
  }
  const kernel = new RecordedKernel();
  const device = open(kernel);
  kernel.refuses = MESSAGE_1;
  assert.throws(() => device.transfer({ send: Uint8Array.of(1), speedHz: 1, more: false }), SpiError);
  device.close();
  device.close();
  assert.throws(() => device.transfer({ receive: 1, speedHz: 1, more: false }), /it is closed/);
  assert.equal(readdirSync("/proc/self/fd").length, files);
});

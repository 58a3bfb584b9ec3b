// IT8951 as a simulated chip: a picture memory, and a display engine that drives from what it believes the glass shows.
// Sleep keeps that belief, a reset or a power cut loses it.
import type { It8951Chip as DeviceInfo } from "../../../../device/display/panel/it8951.ts";
import type { Random } from "../../../../sync/ports.ts";
import { seededRandom } from "../../../support/seeded-random.ts";
import { type Chip, fillWithNoise } from "./simulated-panel.ts";

const WHITE = 15;
const ENGINE_STATUS = 0x1224;
const PACKED_WRITE = 0x0004;
/** Big-endian, 4 bits per pixel, not turned. */
const LOAD_FORMAT = 0x0120;
const START_MS = 100;
const WAVEFORMS: ReadonlyMap<number, { name: string; ms: number }> = new Map([
  [2, { name: "full", ms: 450 }],
  [3, { name: "partial", ms: 450 }],
]);

export class It8951Glass implements Chip {
  readonly busyLevel = 0;
  readonly faults: string[] = [];
  readonly refreshes: string[] = [];
  readonly glass: Uint8Array;
  readonly #info: DeviceInfo;
  readonly #memory: Uint8Array;
  readonly #believed: Uint8Array;
  readonly #registers = new Map<number, number>();
  readonly #ribbonMillivolts: number;
  #vcomMillivolts = 0;
  #isAsleep = true;
  #engineUntilMs = 0;

  constructor(info: DeviceInfo, ribbonMillivolts: number, random: Random) {
    this.#info = info;
    this.#ribbonMillivolts = ribbonMillivolts;
    this.glass = Uint8Array.from({ length: info.width * info.height }, () => (random() < 0.5 ? 0 : WHITE));
    this.#memory = new Uint8Array(this.glass.length);
    this.#believed = new Uint8Array(this.glass.length);
    this.cutPower(random);
  }

  isStatusQuery(): boolean {
    return false;
  }

  reset(): number {
    this.#registers.clear();
    this.#vcomMillivolts = 0;
    this.#isAsleep = true;
    const random = seededRandom(this.refreshes.length);
    for (let at = 0; at < this.#believed.length; at++) this.#believed[at] = Math.floor(16 * random());
    return START_MS;
  }

  cutPower(random: Random): void {
    this.reset();
    fillWithNoise(this.#memory, random);
  }

  read(code: number, data: Uint8Array, length: number, nowMs: number): Uint8Array {
    const answer = Buffer.alloc(length);
    if (code === 0x0010) answer.writeUInt16BE(word(data, 0) === ENGINE_STATUS && nowMs < this.#engineUntilMs ? 1 : 0);
    if (code === 0x0302) {
      const { width, height, bufferAddress } = this.#info;
      for (const [at, value] of [width, height, bufferAddress & 0xffff, bufferAddress >>> 16].entries())
        answer.writeUInt16BE(value, 2 * at);
    }
    return answer;
  }

  execute(code: number, data: Uint8Array, nowMs: number): number {
    if (this.#isAsleep && code !== 0x0001) this.faults.push(`command ${code.toString(16)} in sleep`);
    switch (code) {
      case 0x0001:
      case 0x0003:
        if (nowMs < this.#engineUntilMs) this.faults.push("sleep while the engine drives");
        this.#isAsleep = code === 0x0003;
        break;
      case 0x0011:
        this.#registers.set(word(data, 0), word(data, 1));
        break;
      case 0x0021:
        this.#load(data, nowMs);
        break;
      case 0x0034:
        this.#display(data, nowMs);
        break;
      case 0x0039:
        if (word(data, 0) === 1) this.#vcomMillivolts = word(data, 1);
        break;
      case 0x0010:
      case 0x0022:
      case 0x0302:
        break;
      default:
        this.faults.push(`unknown command ${code.toString(16)}`);
    }
    return 0;
  }

  #load(data: Uint8Array, nowMs: number): void {
    const [x, y, width, height] = [1, 2, 3, 4].map((at) => word(data, at)) as [number, number, number, number];
    const address = (this.#registers.get(0x020a) ?? 0) * 0x1_0000 + (this.#registers.get(0x0208) ?? 0);
    if (nowMs < this.#engineUntilMs) this.faults.push("loading while the engine drives");
    if (word(data, 0) !== LOAD_FORMAT) this.faults.push("another format");
    if (this.#registers.get(PACKED_WRITE) !== 1) this.faults.push("packed writes are off");
    if (address !== this.#info.bufferAddress) this.faults.push("loading somewhere else");
    if (x % 4 !== 0 || width % 4 !== 0) this.faults.push("window off the words");
    if (data.length !== 10 + (width * height) / 2)
      this.faults.push(`${data.length} bytes for a window of another size`);
    for (let at = 0; at < width * height; at++) {
      const byte = data[10 + (at >> 1)] ?? 0;
      const pixel = (y + Math.floor(at / width)) * this.#info.width + x + (at % width);
      this.#memory[pixel] = at % 2 === 0 ? byte >> 4 : byte & 15;
    }
  }

  #display(data: Uint8Array, nowMs: number): void {
    const [x, y, width, height, mode] = [0, 1, 2, 3, 4].map((at) => word(data, at)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const waveform = WAVEFORMS.get(mode);
    if (this.#vcomMillivolts !== this.#ribbonMillivolts) this.faults.push("a voltage that ruins this panel");
    if (waveform === undefined) return void this.faults.push(`waveform ${mode}`);
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) this.#drive(row * this.#info.width + column, mode);
    }
    this.refreshes.push(waveform.name);
    this.#engineUntilMs = nowMs + waveform.ms;
  }

  /** GC16 drives every pixel, the others only what changes by their belief. */
  #drive(pixel: number, mode: number): void {
    const becomes = this.#memory[pixel] as number;
    if (mode === 2 || this.#believed[pixel] !== becomes) this.glass[pixel] = becomes;
    this.#believed[pixel] = becomes;
  }
}

function word(data: Uint8Array, at: number): number {
  return ((data[2 * at] ?? 0) << 8) | (data[2 * at + 1] ?? 0);
}

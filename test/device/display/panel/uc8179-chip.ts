// UC8179 as a simulated chip. At its strictest: a pixel whose old and new bit agree is not driven, whatever the waveform,
// and sleep loses both planes.

import type { Random } from "../../../../sync/ports.ts";
import { seededRandom } from "../../../support/seeded-random.ts";
import { type Chip, fillWithNoise } from "./simulated-panel.ts";

const POWER_ON_MS = 140;
const POWER_OFF_MS = 42;
const STATUS = 0x71;
/** Data bytes of settings that only need to be whole. */
const SETTING_BYTES: ReadonlyMap<number, number> = new Map([
  [0x01, 4],
  [0x06, 4],
  [0x15, 1],
  [0x60, 1],
]);
const WAVEFORMS: ReadonlyMap<number, { name: string; ms: number }> = new Map([
  [0x5a, { name: "fast", ms: 1500 }],
  [0x6e, { name: "partial", ms: 1600 }],
]);
const FULL = { name: "full", ms: 4200 };

interface Window {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export class Uc8179Chip implements Chip {
  readonly busyLevel = 0;
  readonly faults: string[] = [];
  readonly refreshes: string[] = [];
  readonly glass: Uint8Array;
  readonly #width: number;
  readonly #height: number;
  readonly #old: Uint8Array;
  readonly #new: Uint8Array;
  #isAsleep = false;
  #isPowered = false;
  #hasWaveform = false;
  /** Register 50. */
  #interval = 0;
  #isForced = false;
  #forced = 0;
  #isPartial = false;
  #window: Window;

  constructor(width: number, height: number, random: Random) {
    this.#width = width;
    this.#height = height;
    this.#window = this.#whole();
    this.#old = new Uint8Array((width * height) / 8);
    this.#new = new Uint8Array((width * height) / 8);
    this.glass = Uint8Array.from({ length: width * height }, () => (random() < 0.5 ? 0 : 1));
    this.cutPower(random);
  }

  isStatusQuery(code: number): boolean {
    return code === STATUS;
  }

  read(): Uint8Array {
    throw new Error("This chip is never read");
  }

  reset(): number {
    this.#isAsleep = false;
    this.#isPowered = false;
    this.#hasWaveform = false;
    this.#isForced = false;
    this.#isPartial = false;
    this.#interval = 0;
    this.#window = this.#whole();
    return 0;
  }

  cutPower(random: Random): void {
    this.reset();
    fillWithNoise(this.#old, random);
    fillWithNoise(this.#new, random);
  }

  execute(code: number, data: Uint8Array): number {
    if (this.#isAsleep) this.#fault(`command ${code.toString(16)} in deep sleep`);
    else return this.#obey(code, data);
    return 0;
  }

  #obey(code: number, data: Uint8Array): number {
    switch (code) {
      case 0x00:
        // Bit 5 would take the waveform from registers, which nobody filled.
        this.#hasWaveform = data[0] === 0x1f;
        return 0;
      case 0x02:
        this.#isPowered = false;
        return POWER_OFF_MS;
      case 0x04:
        this.#isPowered = true;
        return POWER_ON_MS;
      case 0x07:
        this.#sleep(data);
        return 0;
      case 0x10:
        this.#write(this.#old, data);
        return 0;
      case 0x12:
        return this.#refresh();
      case 0x13:
        this.#write(this.#new, data);
        return 0;
      case 0x50:
        this.#interval = data[0] ?? 0;
        return 0;
      case 0x61:
        if (Buffer.from(data).readUInt16BE(0) !== this.#width || Buffer.from(data).readUInt16BE(2) !== this.#height)
          this.#fault("another resolution");
        return 0;
      case STATUS:
        return 0;
      case 0x90:
        this.#setWindow(data);
        return 0;
      case 0x91:
      case 0x92:
        this.#isPartial = code === 0x91;
        return 0;
      case 0xe0:
        this.#isForced = ((data[0] ?? 0) & 2) !== 0;
        return 0;
      case 0xe5:
        this.#forced = data[0] ?? 0;
        return 0;
      default:
        if (SETTING_BYTES.get(code) !== data.length) this.#fault(`unknown setting ${code.toString(16)}`);
        return 0;
    }
  }

  #sleep(data: Uint8Array): void {
    if (data[0] !== 0xa5) this.#fault("deep sleep without its check code");
    if (this.#isPowered) this.#fault("deep sleep with voltages on");
    this.#isAsleep = true;
    const random = seededRandom(this.refreshes.length);
    fillWithNoise(this.#old, random);
    fillWithNoise(this.#new, random);
  }

  #setWindow(data: Uint8Array): void {
    const words = Buffer.from(data);
    const [left, right, top, bottom] = [0, 2, 4, 6].map((at) => words.readUInt16BE(at)) as [
      number,
      number,
      number,
      number,
    ];
    if (left % 8 !== 0 || right % 8 !== 7) this.#fault("window off the bytes");
    if (left > right || right >= this.#width || top > bottom || bottom >= this.#height)
      this.#fault("window off the glass");
    this.#window = { left, right, top, bottom };
  }

  #write(plane: Uint8Array, data: Uint8Array): void {
    const { left, right, top, bottom } = this.#area();
    const length = (right + 1 - left) / 8;
    if (data.length !== length * (bottom + 1 - top)) this.#fault(`${data.length} bytes for a window of another size`);
    for (let row = top; row <= bottom; row++) {
      const from = (row - top) * length;
      plane.set(data.subarray(from, from + length), (row * this.#width + left) / 8);
    }
  }

  #refresh(): number {
    if (!this.#isPowered) this.#fault("refresh without power");
    if (!this.#hasWaveform) this.#fault("refresh without a waveform");
    const waveform = this.#isForced ? WAVEFORMS.get(this.#forced) : FULL;
    if (waveform === undefined) {
      this.#fault("refresh at a temperature nobody knows");
      return 0;
    }
    const { left, right, top, bottom } = this.#area();
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) this.#drive(y * this.#width + x);
    }
    // Bit 3: the new plane is the old one from now on.
    if (this.#interval & 0b1000) this.#old.set(this.#new);
    this.refreshes.push(waveform.name);
    return waveform.ms;
  }

  /** Bits 0 and 1 of register 50 say whether 1 is black or white. */
  #drive(pixel: number): void {
    const white = (this.#interval & 0b11) === 0 ? 0 : 1;
    const was = bitOf(this.#old, pixel);
    const becomes = bitOf(this.#new, pixel);
    if (was !== becomes) this.glass[pixel] = becomes === white ? 1 : 0;
  }

  #area(): Window {
    return this.#isPartial ? this.#window : this.#whole();
  }

  #whole(): Window {
    return { left: 0, right: this.#width - 1, top: 0, bottom: this.#height - 1 };
  }

  #fault(what: string): void {
    this.faults.push(what);
  }
}

function bitOf(plane: Uint8Array, pixel: number): 0 | 1 {
  return ((plane[pixel >> 3] as number) >> (7 - (pixel & 7))) & 1 ? 1 : 0;
}

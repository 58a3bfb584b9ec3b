// SSD1680, SSD1683 and SSD1677 as a simulated chip. At its strictest: nothing copies plane 24 to 26, sleep loses both, and
// a differential waveform leaves alone what did not change by the two planes.

import type { Random } from "../../../../sync/ports.ts";
import { seededRandom } from "../../../support/seeded-random.ts";
import { type Chip, fillWithNoise } from "./simulated-panel.ts";
import { drivenTo, WAVEFORM_BYTES, type Waveform } from "./ssd16xx-waveform.ts";

export interface Ssd16xxModel {
  readonly width: number;
  readonly height: number;
  /** x counts pixels in 16 bits, not bytes of eight pixels. */
  readonly xInPixels: boolean;
  readonly gatesAfterReset: number;
  readonly hasDifferentialWaveform: boolean;
  /** Data of register 10. */
  readonly sleepsWith: number;
}

const RESET_MS = 10;
const LOAD_MS = 5;
const REFRESH_MS = { full: 2000, fast: 1200, partial: 450 };
const IGNORED = new Set([0x0c, 0x18, 0x3c]);
/** Bits of register 22. */
const VOLTAGES_ON = 0b1100_0000;
const LOAD_TEMPERATURE = 0b0010_0000;
const LOAD_WAVEFORM = 0b0001_0000;
const KIND_2 = 0b1000;
const DISPLAY = 0b100;
const VOLTAGES_OFF = 0b11;

export class Ssd16xxChip implements Chip {
  readonly busyLevel = 1;
  readonly faults: string[] = [];
  readonly refreshes: string[] = [];
  readonly glass: Uint8Array;
  readonly #model: Ssd16xxModel;
  readonly #rowBytes: number;
  readonly #new: Uint8Array;
  readonly #old: Uint8Array;
  #isAsleep = false;
  #isLive = false;
  #gates = 0;
  #left = 0;
  #right = 0;
  #top = 0;
  #bottom = 0;
  #x = 0;
  #y = 0;
  #oldCountsAsZero = false;
  #temperatureIsForced = false;
  #control = 0;
  #waveform: Waveform = "none";

  constructor(model: Ssd16xxModel, random: Random) {
    this.#model = model;
    this.#rowBytes = Math.ceil(model.width / 8);
    this.#new = new Uint8Array(this.#rowBytes * model.height);
    this.#old = new Uint8Array(this.#rowBytes * model.height);
    this.glass = Uint8Array.from({ length: model.width * model.height }, () => (random() < 0.5 ? 0 : 1));
    this.cutPower(random);
  }

  isStatusQuery(): boolean {
    return false;
  }

  read(): Uint8Array {
    throw new Error("This chip is never read");
  }

  reset(): number {
    this.#isAsleep = false;
    this.#setDefaults();
    return RESET_MS;
  }

  cutPower(random: Random): void {
    this.reset();
    fillWithNoise(this.#new, random);
    fillWithNoise(this.#old, random);
  }

  execute(code: number, data: Uint8Array): number {
    if (!this.#isAsleep) return this.#obey(code, data);
    this.#fault(`command ${code.toString(16)} in deep sleep`);
    return 0;
  }

  #setDefaults(): void {
    this.#isLive = false;
    this.#gates = this.#model.gatesAfterReset;
    [this.#left, this.#right, this.#top, this.#bottom] = [0, this.#rowBytes - 1, 0, this.#model.gatesAfterReset - 1];
    [this.#x, this.#y] = [0, 0];
    this.#oldCountsAsZero = false;
    this.#temperatureIsForced = false;
    this.#control = 0;
    this.#waveform = "none";
  }

  #obey(code: number, data: Uint8Array): number {
    switch (code) {
      case 0x01:
        this.#gates = word(data, 0) + 1;
        return 0;
      case 0x10:
        this.#sleep(data);
        return 0;
      case 0x11:
        if (data[0] !== 3) this.#fault("a direction of writing that nobody uses");
        return 0;
      case 0x12:
        this.#setDefaults();
        return RESET_MS;
      case 0x1a:
        this.#temperatureIsForced = true;
        return 0;
      case 0x20:
        return this.#activate();
      case 0x21:
        this.#oldCountsAsZero = (data[0] ?? 0) >> 4 === 4;
        return 0;
      case 0x22:
        this.#control = data[0] ?? 0;
        return 0;
      case 0x24:
        this.#write(this.#new, data);
        return 0;
      case 0x26:
        this.#write(this.#old, data);
        return 0;
      case 0x32:
        if (data.length !== WAVEFORM_BYTES) this.#fault("a waveform of another length");
        this.#waveform = data;
        return 0;
      default:
        return this.#setAddress(code, data);
    }
  }

  #setAddress(code: number, data: Uint8Array): number {
    switch (code) {
      case 0x44:
        [this.#left, this.#right] = this.#model.xInPixels
          ? [word(data, 0) >> 3, word(data, 2) >> 3]
          : [data[0] ?? 0, data[1] ?? 0];
        break;
      case 0x45:
        [this.#top, this.#bottom] = [word(data, 0), word(data, 2)];
        break;
      case 0x4e:
        this.#x = this.#model.xInPixels ? word(data, 0) >> 3 : (data[0] ?? 0);
        break;
      case 0x4f:
        this.#y = word(data, 0);
        break;
      default:
        if (!IGNORED.has(code)) this.#fault(`unknown command ${code.toString(16)}`);
    }
    return 0;
  }

  #sleep(data: Uint8Array): void {
    if (this.#isLive) this.#fault("deep sleep with voltages on");
    if (data[0] !== this.#model.sleepsWith) this.#fault("another kind of deep sleep");
    this.#isAsleep = true;
    const random = seededRandom(this.refreshes.length);
    fillWithNoise(this.#new, random);
    fillWithNoise(this.#old, random);
  }

  #write(plane: Uint8Array, data: Uint8Array): void {
    const size = (this.#right + 1 - this.#left) * (this.#bottom + 1 - this.#top);
    if (data.length !== size) this.#fault(`${data.length} bytes for a window of ${size}`);
    for (const byte of data) {
      const isOnGlass = this.#y < this.#model.height && this.#x < this.#rowBytes;
      if (isOnGlass) plane[this.#y * this.#rowBytes + this.#x] = byte;
      this.#advance();
    }
  }

  #advance(): void {
    this.#x += 1;
    if (this.#x <= this.#right) return;
    this.#x = this.#left;
    this.#y = this.#y === this.#bottom ? this.#top : this.#y + 1;
  }

  #activate(): number {
    const control = this.#control;
    if (control & VOLTAGES_ON) this.#isLive = true;
    if (control & LOAD_TEMPERATURE) this.#temperatureIsForced = false;
    if (control & LOAD_WAVEFORM) this.#load((control & KIND_2) !== 0);
    const ms = control & DISPLAY ? this.#display() : LOAD_MS;
    if (control & VOLTAGES_OFF) this.#isLive = false;
    return ms;
  }

  #load(differential: boolean): void {
    if (differential && !this.#model.hasDifferentialWaveform) this.#fault("a waveform this panel does not have");
    this.#waveform = differential ? "differential" : this.#temperatureIsForced ? "fast" : "full";
  }

  #display(): number {
    if (!this.#isLive) this.#fault("refresh without voltages");
    if (this.#waveform === "none") this.#fault("refresh without a waveform");
    if (this.#gates !== this.#model.height) this.#fault(`refresh of ${this.#gates} rows`);
    const { width, height } = this.#model;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) this.#drive(x, y);
    }
    const kind = this.#waveform === "full" || this.#waveform === "fast" ? this.#waveform : "partial";
    this.refreshes.push(kind);
    return REFRESH_MS[kind];
  }

  #drive(x: number, y: number): void {
    const at = y * this.#rowBytes + (x >> 3);
    const shift = 7 - (x & 7);
    const becomes = ((this.#new[at] as number) >> shift) & 1;
    const was = this.#oldCountsAsZero ? 0 : ((this.#old[at] as number) >> shift) & 1;
    const driven = drivenTo(this.#waveform, was, becomes);
    if (driven !== undefined) this.glass[y * this.#model.width + x] = driven;
  }

  #fault(what: string): void {
    this.faults.push(what);
  }
}

function word(data: Uint8Array, at: number): number {
  return (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8);
}

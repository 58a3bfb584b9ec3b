// The controller of the 7.3 inch Spectra 6 panel as a simulated chip.

import type { Random } from "../../../../sync/ports.ts";
import { type Chip, fillWithNoise } from "./simulated-panel.ts";

const UNLOCK = "495520080918";
const INKS = new Set([0, 1, 2, 3, 5, 6]);
const SETTINGS = new Set([0x00, 0x01, 0x03, 0x05, 0x06, 0x08, 0x30, 0x50, 0x60, 0x61, 0x84, 0xe3]);
const POWER_MS = 100;
const REFRESH_MS = 24_000;

export class Spectra6Chip implements Chip {
  readonly busyLevel = 0;
  readonly faults: string[] = [];
  readonly refreshes: string[] = [];
  readonly glass: Uint8Array;
  readonly #memory: Uint8Array;
  readonly #set = new Set<number>();
  #isAsleep = false;
  #isUnlocked = false;
  #isPowered = false;

  constructor(width: number, height: number, random: Random) {
    this.glass = Uint8Array.from({ length: width * height }, () => (random() < 0.5 ? 0 : 1));
    this.#memory = new Uint8Array((width * height) / 2);
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
    this.#isUnlocked = false;
    this.#isPowered = false;
    this.#set.clear();
    return 10;
  }

  cutPower(random: Random): void {
    this.reset();
    fillWithNoise(this.#memory, random);
  }

  execute(code: number, data: Uint8Array): number {
    if (this.#isAsleep) this.faults.push(`command ${code.toString(16)} in deep sleep`);
    switch (code) {
      case 0xaa:
        this.#isUnlocked = Buffer.from(data).toString("hex") === UNLOCK;
        return 0;
      case 0x04:
        this.#isPowered = true;
        return POWER_MS;
      case 0x02:
        this.#isPowered = false;
        return POWER_MS;
      case 0x07:
        if (this.#isPowered) this.faults.push("deep sleep with voltages on");
        this.#isAsleep = true;
        return 0;
      case 0x10:
        if (data.length !== this.#memory.length) this.faults.push(`${data.length} bytes of picture`);
        this.#memory.set(data.subarray(0, this.#memory.length));
        return 0;
      case 0x12:
        return this.#refresh();
      default:
        if (!this.#isUnlocked || !SETTINGS.has(code)) this.faults.push(`setting ${code.toString(16)} refused`);
        this.#set.add(code);
        return 0;
    }
  }

  #refresh(): number {
    if (!this.#isPowered) this.faults.push("refresh without power");
    if (this.#set.size !== SETTINGS.size) this.faults.push("refresh before all is set");
    for (let pixel = 0; pixel < this.glass.length; pixel++) {
      const byte = this.#memory[pixel >> 1] as number;
      const ink = pixel % 2 === 0 ? byte >> 4 : byte & 15;
      if (INKS.has(ink)) this.glass[pixel] = ink;
      else this.faults.push(`ink ${ink}`);
    }
    this.refreshes.push("full");
    return REFRESH_MS;
  }
}

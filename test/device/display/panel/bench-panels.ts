// Each panel we know with its simulated chip on the other end of the wires, and pictures to show on it.
import type { It8951Chip } from "../../../../device/display/panel/it8951.ts";
import type { Panel } from "../../../../device/display/panel/panel.ts";
import { panelNamed } from "../../../../device/display/panel/panels.ts";
import type { Picture } from "../../../../device/display/panel/plane.ts";
import type { Random } from "../../../../sync/ports.ts";
import { It8951Glass } from "./it8951-chip.ts";
import { type Chip, SimulatedPanel } from "./simulated-panel.ts";
import { Spectra6Chip } from "./spectra6-chip.ts";
import { Ssd16xxChip, type Ssd16xxModel } from "./ssd16xx-chip.ts";
import { Uc8179Chip } from "./uc8179-chip.ts";

/** A small one: its simulation counts every pixel. */
const CHIP: It8951Chip = { width: 400, height: 300, bufferAddress: 0x0012_36e0 };
const VCOM_V = -1.53;
const SSD1680 = { xInPixels: false, gatesAfterReset: 296, hasDifferentialWaveform: true, sleepsWith: 1 };
const SSD16XX: ReadonlyMap<string, Ssd16xxModel> = new Map([
  ["waveshare-2in13-v4", { ...SSD1680, width: 122, height: 250 }],
  ["waveshare-2in9-v2", { ...SSD1680, width: 128, height: 296, hasDifferentialWaveform: false }],
  ["waveshare-4in2-v2", { ...SSD1680, width: 400, height: 300, gatesAfterReset: 300 }],
  ["waveshare-13in3-k", { ...SSD1680, width: 960, height: 680, gatesAfterReset: 680, xInPixels: true, sleepsWith: 3 }],
]);

export interface Bench {
  readonly panel: Panel;
  readonly simulated: SimulatedPanel;
}

export function benchPanel(name: string, random: Random): Bench {
  return { panel: benchTable(name), simulated: new SimulatedPanel(chipOf(name, random)) };
}

export function benchTable(name: string): Panel {
  return panelNamed(name, { chip: CHIP, vcomVolts: VCOM_V });
}

export function chipOf(name: string, random: Random): Chip {
  const ssd16xx = SSD16XX.get(name);
  if (ssd16xx !== undefined) return new Ssd16xxChip(ssd16xx, random);
  if (name === "waveshare-7in5-v2") return new Uc8179Chip(800, 480, random);
  if (name === "waveshare-7in3-e") return new Spectra6Chip(800, 480, random);
  return new It8951Glass(CHIP, -1000 * VCOM_V, random);
}

/** A picture as a person sees it, landscape, one byte per pixel: 1 is white. */
export class Sight {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  constructor({ width, height }: Panel) {
    this.width = Math.max(width, height);
    this.height = Math.min(width, height);
    this.pixels = new Uint8Array(this.width * this.height).fill(1);
  }

  /** Turns rectangles where a lot falls from black to white or back. */
  scribble(random: Random, rectangles: number): this {
    for (let count = 0; count < rectangles; count++) {
      const left = Math.floor(random() * this.width);
      const top = Math.floor(random() * this.height);
      const right = Math.min(this.width, left + 1 + Math.floor(random() * 40));
      const bottom = Math.min(this.height, top + 1 + Math.floor(random() * 20));
      for (let y = top; y < bottom; y++) this.#turn(y * this.width + left, y * this.width + right);
    }
    return this;
  }

  #turn(from: number, to: number): void {
    for (let at = from; at < to; at++) this.pixels[at] = 1 - (this.pixels[at] as number);
  }

  picture(): Picture {
    const rowBytes = Math.ceil(this.width / 8);
    const packed = new Uint8Array(rowBytes * this.height).fill(0xff);
    for (const [at, white] of this.pixels.entries()) {
      const x = at % this.width;
      const to = ((at - x) / this.width) * rowBytes + (x >> 3);
      if (white === 0) packed[to] = (packed[to] as number) & ~(0x80 >> (x & 7));
    }
    return { width: this.width, height: this.height, depth: 1, pixels: packed };
  }
}

/** The glass as a person before it sees it: a panel whose rows run upright hangs turned to the right. */
export function seenOn({ panel, simulated }: Bench): Uint8Array {
  return seen(panel, simulated.glass);
}

export function seen({ width, height }: Panel, codes: Uint8Array): Uint8Array {
  const glass = codes.map((code) => (code === 0 ? 0 : 1));
  if (width > height) return glass;
  return Uint8Array.from({ length: glass.length }, (_, at) => {
    const x = at % height;
    const y = (at - x) / height;
    return glass[(height - 1 - x) * width + y] as number;
  });
}

export function differingPixels(a: Uint8Array, b: Uint8Array): number {
  let differing = Math.abs(a.length - b.length);
  for (let at = 0; at < Math.min(a.length, b.length); at++) if (a[at] !== b[at]) differing += 1;
  return differing;
}

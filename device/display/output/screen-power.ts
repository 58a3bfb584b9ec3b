// Turns a screen off for the night and on again, by the first way that the kernel takes. None of them is sure on every
// monitor, so what is reported is what was possible, never what was wished (display.md §4.5). Run against
// plain files only; no screen was at hand.
import { closeSync, openSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Kernel } from "../../gpio/kernel.ts";

export type PowerState = "on" | "off-scheduled" | "off-failed";

/** FB_BLANK_POWERDOWN and FB_BLANK_UNBLANK, which are also FB_BLANK values of a backlight. */
const POWER_DOWN = 4;
const UNBLANK = 0;
const FBIOBLANK = 0x4611;
/** A file of sysfs is there or it is not; none is made. */
const IN_PLACE = { flag: "r+" };
const BACKLIGHTS = "sys/class/backlight";

/** One way, tried for one level. Throws where there is no such thing, or it does not obey. */
type Rung = readonly [name: string, set: (level: number) => void];

export interface ScreenPowerOptions {
  /** Absent where koffi has no build: that rung is left out. */
  readonly kernel?: Kernel | undefined;
  /** "fb0". */
  readonly device: string;
  readonly root?: string;
}

export class ScreenPower {
  readonly #rungs: readonly Rung[];
  #state: PowerState = "on";
  #used: Rung | undefined;

  constructor(options: ScreenPowerOptions) {
    this.#rungs = rungsOf(options);
  }

  get state(): PowerState {
    return this.#state;
  }

  /** The way that worked, for `status`: "FBIOBLANK". Kept when the screen is on again. */
  get way(): string | undefined {
    return this.#used?.[0];
  }

  /** "off-failed": nothing worked, the screen shines, and a dark picture is the best that can be had. */
  off(): PowerState {
    const ordered = [...(this.#used ? [this.#used] : []), ...this.#rungs.filter((rung) => rung !== this.#used)];
    this.#used = ordered.find((rung) => obeys(rung, POWER_DOWN));
    this.#state = this.#used === undefined ? "off-failed" : "off-scheduled";
    return this.#state;
  }

  /** By the way it went off; by every way if that is not known, as after a restart in the night. */
  on(): PowerState {
    if (this.#used === undefined || !obeys(this.#used, UNBLANK)) {
      for (const rung of this.#rungs) obeys(rung, UNBLANK);
    }
    this.#state = "on";
    return this.#state;
  }
}

function rungsOf({ kernel, device, root = "/" }: ScreenPowerOptions): Rung[] {
  const backlight = (level: number) => setBacklights(join(root, BACKLIGHTS), level);
  const blank = (level: number) =>
    writeFileSync(join(root, "sys/class/graphics", device, "blank"), `${level}\n`, IN_PLACE);
  return [
    ...(kernel ? [["FBIOBLANK", (level: number) => setBlank(kernel, join(root, "dev", device), level)] as const] : []),
    ["backlight", backlight],
    ["blank", blank],
  ];
}

function obeys([, set]: Rung, level: number): boolean {
  try {
    set(level);
    return true;
  } catch {
    return false;
  }
}

function setBlank(kernel: Kernel, path: string, level: number): void {
  const fd = openSync(path, "r+");
  try {
    kernel.ioctl(fd, FBIOBLANK, level);
  } finally {
    closeSync(fd);
  }
}

/** Throws if there is none, or if one does not obey. */
function setBacklights(folder: string, level: number): void {
  const names = readdirSync(folder);
  if (names.length === 0) throw new Error("there is no backlight");
  for (const name of names) writeFileSync(join(folder, name, "bl_power"), `${level}\n`, IN_PLACE);
}

// Folders as the kernel shows them in /sys/class/gpio.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SomeChip {
  readonly base: number;
  readonly label: string;
  readonly lines: number;
}

export class SomeSysfs {
  readonly folder = mkdtempSync(join(tmpdir(), "lagerfeuer-sysfs-"));

  constructor(...chips: readonly SomeChip[]) {
    for (const { base, label, lines } of chips) {
      const chip = join(this.folder, `gpiochip${base}`);
      mkdirSync(chip);
      writeFileSync(join(chip, "base"), `${base}\n`);
      writeFileSync(join(chip, "label"), `${label}\n`);
      writeFileSync(join(chip, "ngpio"), `${lines}\n`);
    }
    for (const file of ["export", "unexport"]) writeFileSync(join(this.folder, file), "");
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A Pi 4 with a kernel before 6.6, the same with a newer one, and a Pi 5. */
export const OLD_PI: readonly SomeChip[] = [
  { base: 0, label: "pinctrl-bcm2711", lines: 58 },
  { base: 504, label: "raspberrypi-exp-gpio", lines: 8 },
];
export const NEW_PI: readonly SomeChip[] = [
  { base: 512, label: "pinctrl-bcm2711", lines: 58 },
  { base: 570, label: "raspberrypi-exp-gpio", lines: 8 },
];
export const PI_5: readonly SomeChip[] = [
  { base: 512, label: "gpio-brcmstb@107d508500", lines: 32 },
  { base: 571, label: "pinctrl-rp1", lines: 54 },
];

// Which number a line of the header has in /sys/class/gpio. Kernels from 6.6 on count from another base at each board
// (raspberrypi/linux#6084), so it is looked up: the base of the header's chip, known by its driver, plus the number in the
// line's name. Packages that go by sysfs need it; the character device does not.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GpioError } from "./gpio-error.ts";

export const SYSFS_GPIO = "/sys/class/gpio";

const CHIP = /^gpiochip\d+$/;
const LINE = /^GPIO(\d+)$/;
/** Drivers of the header: Pi 0 to 3, Pi 4, Pi 5. */
const HEADER = /^pinctrl-(bcm2835|bcm2711|rp1)$/;

interface Chip {
  readonly base: number;
  readonly lines: number;
  readonly label: string;
}

export interface SysfsLine {
  /** Of the chip in this kernel: 0 before 6.6, mostly 512 or 571 since. */
  readonly base: number;
  /** On the chip, as printed on the header. */
  readonly offset: number;
}

/** `name` as "GPIO5". Throws GpioError; `user` is the package in whose name it fails. */
export function sysfsLine(name: string, user: string, folder = SYSFS_GPIO): SysfsLine {
  const digits = LINE.exec(name)?.[1];
  if (digits === undefined) {
    throw new GpioError("E_GPIO_LINE", `Cannot use ${user} for line "${name}": it knows only names such as "GPIO5"`);
  }
  const { base, lines } = headerOf(chipsIn(folder, user), user);
  const offset = Number(digits);
  if (offset < lines) return { base, offset };
  throw new GpioError("E_GPIO_LINE", `Cannot use ${user} for line "${name}": the chip has ${lines} lines`);
}

function chipsIn(folder: string, user: string): Chip[] {
  try {
    return readdirSync(folder)
      .filter((entry) => CHIP.test(entry))
      .map((entry) => ({
        base: Number(textIn(folder, entry, "base")),
        lines: Number(textIn(folder, entry, "ngpio")),
        label: textIn(folder, entry, "label"),
      }));
  } catch (cause) {
    const message = `Cannot use ${user}: this kernel has no ${SYSFS_GPIO} (CONFIG_GPIO_SYSFS); use the source "gpio"`;
    throw new GpioError("E_GPIO_SYSFS", message, { cause });
  }
}

function headerOf(chips: readonly Chip[], user: string): Chip {
  const header = chips.find(({ label }) => HEADER.test(label)) ?? (chips.length === 1 ? chips[0] : undefined);
  if (header !== undefined) return header;
  if (chips.length === 0) throw new GpioError("E_GPIO_MISSING", `Cannot use ${user}: this machine has no GPIO chip`);
  const labels = chips.map(({ label }) => label).join(", ");
  throw new GpioError("E_GPIO_MISSING", `Cannot use ${user}: none of the GPIO chips is a known header: ${labels}`);
}

function textIn(...path: readonly string[]): string {
  return readFileSync(join(...path), "utf8").trim();
}

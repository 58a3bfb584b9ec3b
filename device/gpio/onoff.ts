// Keys by the package onoff, for kernels whose character device is older than 5.10. It goes by sysfs, which sets no
// pull-up: config.txt has to ("gpio=5,6,13=pu"). Run against a package of the same shape only, in memory.
import { GpioError } from "./gpio-error.ts";
import { errnoOf } from "./kernel.ts";
import { buttonEntries, type ForButtons, type KeySource, type OnKey } from "./key-source.ts";
import { type LoadPackage, optionalExport } from "./optional-package.ts";
import type { Button } from "./port.ts";
import { SYSFS_GPIO, sysfsLine } from "./sysfs-line.ts";

const PACKAGE = "onoff";

/** As much of onoff's Gpio as we use; with `activeLow` a value is 1 while the key is down. */
interface OnoffGpio {
  readSync(): 0 | 1;
  watch(callback: (error: Error | null | undefined, value: 0 | 1) => void): void;
  unexport(): void;
}

type OnoffClass = new (
  line: number,
  direction: "in",
  edge: "both",
  options: { readonly activeLow: boolean },
) => OnoffGpio;

export interface OnoffKeysOptions {
  /** By name: "GPIO5". */
  readonly lines: ForButtons<string>;
  readonly load?: LoadPackage | undefined;
  /** /sys/class/gpio unless given. */
  readonly folder?: string;
}

/** Rejects with GpioError. */
export async function openOnoffKeys({ lines, load, folder = SYSFS_GPIO }: OnoffKeysOptions): Promise<KeySource> {
  const numbers = buttonEntries(lines).map(([button, name]): OnoffLine => {
    const { base, offset } = sysfsLine(name, PACKAGE, folder);
    return { button, name, number: base + offset };
  });
  const Gpio = await optionalExport(PACKAGE, "Gpio", load);
  if (typeof Gpio !== "function") throw new GpioError("E_GPIO_PACKAGE", 'Cannot use onoff: its "Gpio" is no class');
  return new OnoffKeys(Gpio as OnoffClass, numbers);
}

interface OnoffLine {
  readonly button: Button;
  readonly name: string;
  /** In /sys/class/gpio. */
  readonly number: number;
}

class OnoffKeys implements KeySource {
  readonly #Gpio: OnoffClass;
  readonly #lines: readonly OnoffLine[];
  #open: OnoffGpio[] = [];

  constructor(Gpio: OnoffClass, lines: readonly OnoffLine[]) {
    this.#Gpio = Gpio;
    this.#lines = lines;
  }

  /** Throws GpioError if a line cannot be had, and then holds none. */
  start(onKey: OnKey): void {
    for (const line of this.#lines) {
      try {
        this.#listen(line, onKey);
      } catch (cause) {
        this.stop();
        throw lineError(line, cause);
      }
    }
  }

  stop(): void {
    for (const gpio of this.#open) gpio.unexport();
    this.#open = [];
  }

  /** An edge that cannot be read is followed by one that can: the key comes up again. */
  #listen({ button, number }: OnoffLine, onKey: OnKey): void {
    const gpio = new this.#Gpio(number, "in", "both", { activeLow: true });
    this.#open.push(gpio);
    if (gpio.readSync() === 1) onKey({ type: "held", button }, 0);
    gpio.watch((error, value) => {
      if (!error) onKey({ type: "edge", button, down: value === 1 }, 0);
    });
  }
}

function lineError({ name, number }: OnoffLine, cause: unknown): GpioError {
  if (errnoOf(cause) === "EBUSY") {
    return new GpioError("E_GPIO_TAKEN", `Cannot use GPIO line "${name}": another program holds it`, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new GpioError("E_GPIO", `Cannot use GPIO line "${name}" (${number} in sysfs): ${why}`, { cause });
}

// Keys by the package rpi-gpio, for Raspberry Pi kernels before 6.6: it takes only the numbers of the header and writes them
// to sysfs as they are, so a kernel that counts from elsewhere is told apart here and not by a write that fails. It knows
// its board from /proc/cpuinfo. sysfs sets no pull-up: config.txt has to. Run against a package of the same shape only.
import { GpioError } from "./gpio-error.ts";
import { buttonEntries, type ForButtons, type KeySource, type OnKey } from "./key-source.ts";
import { type LoadPackage, optionalExport } from "./optional-package.ts";
import type { Button } from "./port.ts";
import { SYSFS_GPIO, sysfsLine } from "./sysfs-line.ts";

const PACKAGE = "rpi-gpio";

type Done = (error?: Error | null) => void;
type OnChange = (channel: number, value: boolean) => void;

/** As much of rpi-gpio as we use, in its mode "BCM": channels are numbers of the header's chip. */
interface RpiGpio {
  setMode(mode: "mode_bcm"): void;
  setup(channel: number, direction: "in", edge: "both", done: Done): void;
  read(channel: number, done: (error: Error | null | undefined, value?: boolean) => void): void;
  on(event: "change", listener: OnChange): unknown;
  removeListener(event: "change", listener: OnChange): unknown;
  destroy(done: Done): void;
}

export interface RpiGpioKeysOptions {
  /** By name: "GPIO5". */
  readonly lines: ForButtons<string>;
  readonly load?: LoadPackage | undefined;
  /** /sys/class/gpio unless given. */
  readonly folder?: string;
}

/** Has the lines when it resolves; rejects with GpioError, and then holds none. */
export async function openRpiGpioKeys({ lines, load, folder = SYSFS_GPIO }: RpiGpioKeysOptions): Promise<KeySource> {
  const channels = new Map(buttonEntries(lines).map(([button, name]) => [channelOf(name, folder), button]));
  const gpio = checked(await optionalExport(PACKAGE, "default", load));
  gpio.setMode("mode_bcm");
  const held: Button[] = [];
  try {
    for (const [channel, button] of channels) {
      await told((done) => gpio.setup(channel, "in", "both", done));
      if (await isDown(gpio, channel)) held.push(button);
    }
  } catch (cause) {
    await told((done) => gpio.destroy(done)).catch(() => {});
    throw new GpioError("E_GPIO", `Cannot use rpi-gpio: ${(cause as Error).message}`, { cause });
  }
  return new RpiGpioKeys(gpio, channels, held);
}

function channelOf(name: string, folder: string): number {
  const { base, offset } = sysfsLine(name, PACKAGE, folder);
  if (base === 0) return offset;
  const message = `Cannot use rpi-gpio: this kernel counts lines from ${base} and the package cannot; use the source "gpio"`;
  throw new GpioError("E_GPIO_NUMBER", message);
}

class RpiGpioKeys implements KeySource {
  readonly #gpio: RpiGpio;
  readonly #channels: ReadonlyMap<number, Button>;
  readonly #held: readonly Button[];
  #onKey: OnKey | undefined;
  /** From a pull-up to ground, so a key is down while its line is low. */
  readonly #onChange: OnChange = (channel, value) => {
    const button = this.#channels.get(channel);
    if (button !== undefined) this.#onKey?.({ type: "edge", button, down: !value }, 0);
  };

  constructor(gpio: RpiGpio, channels: ReadonlyMap<number, Button>, held: readonly Button[]) {
    this.#gpio = gpio;
    this.#channels = channels;
    this.#held = held;
  }

  start(onKey: OnKey): void {
    this.#onKey = onKey;
    for (const button of this.#held) onKey({ type: "held", button }, 0);
    this.#gpio.on("change", this.#onChange);
  }

  /** Lines that cannot be given back are the next start's trouble, which says so. */
  stop(): void {
    this.#onKey = undefined;
    this.#gpio.removeListener("change", this.#onChange);
    this.#gpio.destroy(() => {});
  }
}

async function isDown(gpio: RpiGpio, channel: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    gpio.read(channel, (error, value) => (error ? reject(error) : resolve(value === false)));
  });
}

function told(call: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}

function checked(gpio: unknown): RpiGpio {
  const methods = ["setMode", "setup", "read", "on", "removeListener", "destroy"] as const;
  const found = gpio as Readonly<Record<string, unknown>>;
  if (methods.every((name) => typeof found[name] === "function")) return gpio as RpiGpio;
  throw new GpioError("E_GPIO_PACKAGE", "Cannot use rpi-gpio: it is not the package we know");
}

// Which adapters stand behind the buttons of a box, as its configuration says. Packages and the kernel are loaded only where
// they are named, and only when they are first needed.
import type { Clock, Logger } from "../sync/ports.ts";
import type { BoxClock } from "./box-clock.ts";
import { ButtonBoard } from "./button-board.ts";
import type { Config } from "./config-schema.ts";
import { offStateAt } from "./display/output/off-hours.ts";
import { CommandError } from "./exit.ts";
import { GpioChips } from "./gpio/chardev.ts";
import { InputKeys } from "./gpio/input-keys.ts";
import type { Kernel } from "./gpio/kernel.ts";
import { KeyButtons } from "./gpio/key-buttons.ts";
import type { ForButtons, KeySource } from "./gpio/key-source.ts";
import { Keyboard } from "./gpio/keyboard.ts";
import { Led } from "./gpio/led.ts";
import { LineKeys } from "./gpio/line-keys.ts";
import { openOnoffKeys } from "./gpio/onoff.ts";
import type { LoadPackage } from "./gpio/optional-package.ts";
import { openRpiGpioKeys } from "./gpio/rpi-gpio.ts";
import { powerProfile } from "./power-profile.ts";

/** Where the pins of the three buttons lie side by side (display.md §8.7). */
const USUAL_LINES: readonly string[] = ["GPIO5", "GPIO6", "GPIO13"];
/** KEY_1, KEY_2 and KEY_3 of linux/input-event-codes.h. */
const KEY_CODES: ForButtons<number> = { 1: 2, 2: 3, 3: 4 };
/** From ten in the evening to six. */
const NIGHT = { from: 22 * 60, to: 6 * 60 };

export interface ButtonSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  /** IANA name, in which it is night. */
  readonly timezone: string;
  readonly boxClock: Pick<BoxClock, "now" | "trust">;
  readonly lines: ForButtons<string>;
  readonly stdin: NodeJS.ReadStream;
  readonly onInterrupt: () => void;
  readonly loadKernel: () => Promise<Kernel>;
  /** Other places than those of this machine, for tests. */
  readonly gpioFolder?: string;
  readonly nowNs?: () => bigint;
  readonly sysfsFolder?: string;
  readonly loadPackage?: LoadPackage;
}

/** By name, from left to right. Throws CommandError for more of them than there are buttons. */
export function buttonLines({ lines }: Config["buttons"]): ForButtons<string> {
  const [one, two, three, ...others] = lines.length === 0 ? USUAL_LINES : lines;
  if (others.length > 0) {
    throw new CommandError("E_CONFIG_VALUE", 'Cannot use "buttons.lines": a door has three buttons, so three lines');
  }
  return {
    ...(one !== undefined && { 1: one }),
    ...(two !== undefined && { 2: two }),
    ...(three !== undefined && { 3: three }),
  };
}

export function buttonBoard(around: ButtonSurroundings): ButtonBoard {
  const { config, clock, logger, stdin, onInterrupt, boxClock, timezone } = around;
  const { source, led } = config.buttons;
  const hasKeyboard = source === "keyboard" || (source !== "none" && stdin.isTTY);
  const isOnWall = source !== "keyboard" && source !== "none";
  const hasLight = led !== undefined && powerProfile(config.power.profile).light;
  return new ButtonBoard({
    clock,
    logger,
    keyboard: hasKeyboard ? new Keyboard({ input: stdin, onInterrupt }) : undefined,
    openButtons: isOnWall ? async () => new KeyButtons({ keys: await openKeys(around), clock, logger }) : undefined,
    openLight: hasLight ? async () => new Led({ line: (await chips(around)).output(led, 0), clock }) : undefined,
    isDark: () => boxClock.trust !== "unsure" && offStateAt(NIGHT, boxClock.now, timezone).isOff,
  });
}

async function openKeys(around: ButtonSurroundings): Promise<KeySource> {
  const { config, lines, clock, logger, loadKernel, loadPackage: load, sysfsFolder } = around;
  const { source, device } = config.buttons;
  const inSysfs = { lines, load, ...(sysfsFolder !== undefined && { folder: sysfsFolder }) };
  switch (source) {
    case "input":
      return new InputKeys({ kernel: await loadKernel(), clock, logger, codes: KEY_CODES, device });
    case "onoff":
      return openOnoffKeys(inSysfs);
    case "rpi-gpio":
      return openRpiGpioKeys(inSysfs);
    default:
      return new LineKeys({ chips: await chips(around), lines });
  }
}

async function chips({ loadKernel, gpioFolder: folder, nowNs }: ButtonSurroundings): Promise<GpioChips> {
  return new GpioChips({
    kernel: await loadKernel(),
    ...(folder !== undefined && { folder }),
    ...(nowNs && { nowNs }),
  });
}

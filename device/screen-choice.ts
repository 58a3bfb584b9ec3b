// What hangs at the door by the configuration: which output, which glass, how it hangs. Pure. What contradicts itself is
// told at the start: afterwards nobody stands before the box any more.

import { ConfigError } from "./config-error.ts";
import type { Config } from "./config-schema.ts";
import { type OffHours, readOffHours } from "./display/output/off-hours.ts";
import { PANEL_NAMES, panelNamed } from "./display/panel/panels.ts";
import type { Rotation } from "./display/rotation.ts";
import { glassNamed } from "./display/screens.ts";

export const OUTPUT_NAMES = ["none", "framebuffer", ...PANEL_NAMES] as const;
const IT8951 = "it8951";
const DEFAULT_NAME = "door-800x480";
const MONITOR_NAME = "door-1920x1080";
const DEFAULT_DEVICE = { framebuffer: "/dev/fb0", panel: "/dev/spidev0.0" } as const;
/** The kernel's files for a device in /dev are in /sys beside it, also where a container has both elsewhere. */
const DEVICE = /^(?<root>\/(?:.*\/)?)dev\/(?<name>[^/]+)$/;
const FRAMEBUFFER = /^fb\d+$/;
/** As printed on the ribbon, volts. */
const VCOM = /^-\d(?:\.\d{1,2})?$/;
const WEAKEST_VCOM_V = -0.1;
const STRONGEST_VCOM_V = -5;

export interface ScreenChoice {
  readonly output: string;
  /** The glass before it was turned. */
  readonly name: string;
  /** Whether somebody said so: else a monitor is taken as large as it is. */
  readonly isNameSet: boolean;
  readonly rotation: Rotation;
  readonly device: DevicePlace;
  readonly vcomVolts: number | undefined;
  readonly off: OffHours | undefined;
}

/** "/dev/fb0" is "fb0" under "/". */
export interface DevicePlace {
  readonly root: string;
  readonly name: string;
  readonly isSet: boolean;
}

/** Throws ConfigError. */
export function chooseScreen({ output, name, rotation, device, vcom, off }: Config["screen"]): ScreenChoice {
  const vcomVolts = vcom === undefined ? undefined : Number(vcom);
  const own = nameOf(output, vcomVolts);
  if (name !== undefined && isPanel(output)) checkSize(output, name, own);
  if (off !== undefined && output !== "framebuffer")
    throw contradiction(`"screen.off" is "${off}", but only a monitor (screen.output = "framebuffer") is turned off`);
  return {
    output,
    name: name ?? own,
    isNameSet: name !== undefined,
    rotation,
    device: placeOf(output, device),
    vcomVolts,
    off: off === undefined ? undefined : readOffHours(off),
  };
}

export function isPanel(output: string): boolean {
  return PANEL_NAMES.includes(output);
}

export function isDevice(path: string): boolean {
  return DEVICE.test(path);
}

export function isVcom(text: string): boolean {
  return VCOM.test(text) && Number(text) <= WEAKEST_VCOM_V && Number(text) >= STRONGEST_VCOM_V;
}

export function isOffHours(text: string): boolean {
  return readOffHours(text) !== undefined;
}

/** The size of the glass that comes with an output. */
function nameOf(output: string, vcomVolts: number | undefined): string {
  if (output === "framebuffer") return MONITOR_NAME;
  if (!isPanel(output)) return DEFAULT_NAME;
  if (output === IT8951 && vcomVolts === undefined)
    throw contradiction(
      'Cannot draw on "it8951" without its voltage: set "screen.vcom" to what is printed on its ribbon, as "-1.53"',
    );
  const { width, height } = panelNamed(output, { vcomVolts });
  // Panels whose rows run upright are looked at lying, as their makers print them.
  return `door-${Math.max(width, height)}x${Math.min(width, height)}`;
}

/** Of an IT8951 only the chip knows; what does not fit it is told by `status`. */
function checkSize(output: string, name: string, own: string): void {
  const [wanted, has] = [glassNamed(name), glassNamed(own)];
  if (output === IT8951 || wanted === undefined || has === undefined) return;
  if (wanted.width === has.width && wanted.height === has.height) return;
  throw contradiction(
    `"screen.name" is "${name}", but ${output} has ${has.width} × ${has.height} px: ` +
      'leave it out, and say how the panel hangs with "screen.rotation"',
  );
}

function placeOf(output: string, path: string | undefined): DevicePlace {
  const isMonitor = output === "framebuffer";
  const { root = "/", name = "" } =
    DEVICE.exec(path ?? DEFAULT_DEVICE[isMonitor ? "framebuffer" : "panel"])?.groups ?? {};
  if (isMonitor && !FRAMEBUFFER.test(name))
    throw contradiction(`"screen.device" is "${path}", which is no framebuffer such as /dev/fb0`);
  return { root, name, isSet: path !== undefined };
}

function contradiction(message: string): ConfigError {
  return new ConfigError({ code: "E_CONFIG_VALUE", message });
}

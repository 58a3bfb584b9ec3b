// The alarm of the Raspberry Pi's firmware as its driver shows it: the file in0_lcrit_alarm of the hwmon device "rpi_volt".
// The driver notifies readers of that file (sysfs_notify), so poll(2) sleeps until there is news. Run against files in a
// folder only; no board was at hand.
import { openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Kernel } from "./gpio/kernel.ts";
import type { VoltageAlarm } from "./power-supply.ts";

const HWMON = "/sys/class/hwmon";
const DRIVER = "rpi_volt";
const ALARM_FILE = "in0_lcrit_alarm";
const LOW = 0x31;

/** Undefined on a board that cannot measure its voltage. Where there is no way to the kernel, nobody tells of changes. */
export async function openVoltageAlarm(
  loadKernel: () => Promise<Kernel>,
  folder = HWMON,
): Promise<VoltageAlarm | undefined> {
  const path = alarmPath(folder);
  if (path === undefined) return undefined;
  // For as long as the process: reading it again is what makes the kernel tell the next change.
  const fd = openSync(path, "r");
  const kernel = await loadKernel().catch(() => undefined);
  return {
    isLow: () => {
      const [byte] = readStart(fd);
      return byte === undefined ? undefined : byte === LOW;
    },
    whenChanged: kernel && ((listener) => kernel.whenReadable(fd, listener, "notice")),
  };
}

function alarmPath(folder: string): string | undefined {
  try {
    const device = readdirSync(folder).find((entry) => textOf(join(folder, entry, "name")) === DRIVER);
    return device === undefined ? undefined : join(folder, device, ALARM_FILE);
  } catch {
    return undefined;
  }
}

/** Nothing where the driver went away. */
function readStart(fd: number): Uint8Array {
  const bytes = new Uint8Array(1);
  try {
    return bytes.subarray(0, readSync(fd, bytes, 0, 1, 0));
  } catch {
    return new Uint8Array();
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}

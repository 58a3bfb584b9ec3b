// How warm it is at the panel, where a sensor on the board says so through the kernel (a BME280, an SHT3x on I²C). The
// processor's own temperature is none: it says how busy the box is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SENSORS = "sys/bus/iio/devices";
const MILLIDEGREES = 1000;
/** What lies outside is a broken sensor (display.md §3.5 needs 0 to 50 °C). */
const COLDEST_C = -40;
const HOTTEST_C = 85;

/** Degrees Celsius; undefined where nothing measures it. `root` is "/" but in tests and containers. */
export function readRoomTemperature(root = "/"): number | undefined {
  return sensorsIn(join(root, SENSORS))
    .map(readSensor)
    .find((degrees) => degrees >= COLDEST_C && degrees <= HOTTEST_C);
}

function sensorsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .toSorted()
      .map((name) => join(folder, name, "in_temp_input"));
  } catch {
    return [];
  }
}

/** NaN if it cannot be read. */
function readSensor(path: string): number {
  try {
    const text = readFileSync(path, "utf8").trim();
    return text === "" ? Number.NaN : Number(text) / MILLIDEGREES;
  } catch {
    return Number.NaN;
  }
}

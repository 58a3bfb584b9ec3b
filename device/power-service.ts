// What a box does when its power goes: everything is committed already, so it says goodbye on the glass, which an e-ink panel
// keeps without any power, and ends with status 0. Who starts it again, and when, is the unit's business: docs/buttons.md.
import type { Clock, Logger } from "../sync/ports.ts";
import type { Service } from "./lifecycle.ts";
import { PowerSupply, type VoltageAlarm } from "./power-supply.ts";

/** A panel needs four seconds for a whole picture, and is given twice as long. */
const LAST_PICTURE_MS = 8_000;

export interface PowerServiceOptions {
  /** Undefined on a board that cannot measure its voltage. */
  readonly alarm: VoltageAlarm | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Draws the last picture; resolves when it is on the glass. */
  readonly sleep: () => Promise<void>;
  /** Stops the box as a signal would. */
  readonly stop: () => void;
}

export function powerService({ alarm, clock, logger, sleep, stop }: PowerServiceOptions): Service[] {
  if (alarm === undefined) return [];
  const end = async (): Promise<void> => {
    const isLate = new Promise<void>((resolve) => clock.after(LAST_PICTURE_MS, resolve));
    await Promise.race([sleep().catch((error: unknown) => logger.warn("No last picture", { error })), isLate]);
    stop();
  };
  const supply = new PowerSupply({ alarm, clock, logger, onLow: () => void end() });
  return [{ name: "power", start: () => supply.start(), stop: () => supply.stop() }];
}

// What the service tells systemd about itself (sd_notify(3)): ready, status, stopping, and the watchdog's beat while the
// box is healthy. Silent anywhere else. libsystemd is called through koffi, which loads only where systemd listens; why
// not a package of that name: docs/decisions/003-sd-notify-through-koffi.md.
import type { Clock, Logger } from "../sync/ports.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Sends one assignment, such as "READY=1"; negative for a failure, as sd_notify(3). */
export type Notify = (state: string) => number;

const LIBRARY = "libsystemd.so.0";

/** Undefined where nobody listens, or, after one warning, where the library cannot be had. */
export async function loadNotify(env: Environment, logger: Logger, library = LIBRARY): Promise<Notify | undefined> {
  if (!env["NOTIFY_SOCKET"]) return undefined;
  try {
    const koffi = await import("koffi");
    const notify = koffi.load(library).func("int sd_notify(int unset_environment, const char *state)");
    return (state) => notify(0, state) as number;
  } catch (error) {
    logger.warn("Cannot tell systemd how we are", { library, error });
    return undefined;
  }
}

/** Microseconds between two beats at most; undefined if no watchdog waits for this process. */
export function watchdogMicros(env: Environment, pid: number): number | undefined {
  const micros = Number(env["WATCHDOG_USEC"]);
  const watched = env["WATCHDOG_PID"];
  if (!Number.isSafeInteger(micros) || micros <= 0) return undefined;
  return watched === undefined || watched === String(pid) ? micros : undefined;
}

export interface SystemdOptions {
  readonly notify: Notify | undefined;
  readonly watchdogMicros: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Asked before each beat. No beat follows while it answers false, rejects, or does not answer. */
  readonly healthy: () => boolean | Promise<boolean>;
}

export class Systemd {
  readonly #options: SystemdOptions;
  #cancelBeat: (() => void) | undefined;
  #isStopping = false;
  #hasFailed = false;

  constructor(options: SystemdOptions) {
    this.#options = options;
  }

  /** Everything runs. The watchdog counts from here. */
  ready(): void {
    this.#send("READY=1");
    void this.#beat();
  }

  /** One line for `systemctl status`. */
  status(text: string): void {
    this.#send(`STATUS=${text.replace(/\s+/g, " ")}`);
  }

  /** The beats end; a stop has its own deadline. */
  stopping(): void {
    this.#isStopping = true;
    this.#cancelBeat?.();
    this.#send("STOPPING=1");
  }

  /** Half of the interval, as sd_watchdog_enabled(3) recommends: one beat may come late. */
  async #beat(): Promise<void> {
    const { watchdogMicros, clock } = this.#options;
    if (watchdogMicros === undefined || this.#options.notify === undefined) return;
    const healthy = await this.#isHealthy();
    if (this.#isStopping) return;
    if (healthy) this.#send("WATCHDOG=1");
    this.#cancelBeat = clock.after(watchdogMicros / 2_000, () => void this.#beat());
  }

  async #isHealthy(): Promise<boolean> {
    const { healthy, logger } = this.#options;
    try {
      if (await healthy()) return true;
      logger.warn("No beat for the watchdog: the box is not healthy");
    } catch (error) {
      logger.warn("No beat for the watchdog: its health cannot be told", { error });
    }
    return false;
  }

  #send(state: string): void {
    const result = this.#options.notify?.(state) ?? 0;
    if (result >= 0 || this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.logger.warn("Cannot tell systemd how we are", { state, errno: -result });
  }
}

// Keeps the demo festival in the present: publishes its programme at start and again as the day turns. The programme is
// idempotent, so looking again adds nothing.
import type { Clock, Logger } from "../../sync/ports.ts";

/** The demo programme covers today and tomorrow: looking hourly leaves no gap at midnight. */
const LOOK_AGAIN_MS = 3_600_000;

export interface DemoKeeperOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Publishes what is missing of the demo programme around now. */
  readonly publish: () => Promise<unknown>;
}

export class DemoKeeper {
  readonly #options: DemoKeeperOptions;
  #cancel: (() => void) | undefined;

  constructor(options: DemoKeeperOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#options.publish();
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
  }

  #wait(): void {
    const { clock, logger, publish } = this.#options;
    this.#cancel = clock.after(LOOK_AGAIN_MS, () => {
      publish().catch((error: unknown) => logger.error("demo programme not published", { error: String(error) }));
      this.#wait();
    });
  }
}

// Opens something that may not be there yet: a chip that is unplugged, a line that another program holds, a package that
// is missing. Tells once why not, and looks again, ever more seldom, for as long as the box runs.
import type { Clock, Logger } from "../../sync/ports.ts";
import type { Fault } from "./port.ts";

/** What is mended is there soon; what never is costs a look a minute. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

export interface PatientOptions<Thing> {
  /** For people: "the buttons". */
  readonly what: string;
  /** Rejects with why it cannot be had; has let go of everything then. */
  readonly open: () => Promise<Thing>;
  readonly close: (thing: Thing) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class Patient<Thing> {
  readonly #options: PatientOptions<Thing>;
  #isRunning = false;
  #thing: { readonly open: Thing } | undefined;
  #fault: Fault | undefined;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: (() => void) | undefined;

  constructor(options: PatientOptions<Thing>) {
    this.#options = options;
  }

  /** Undefined while it cannot be had. */
  get thing(): Thing | undefined {
    return this.#thing?.open;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Resolves after the first attempt, however that ended. */
  async start(): Promise<void> {
    this.#isRunning = true;
    await this.#open();
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancelRetry?.();
    if (this.#thing !== undefined) this.#options.close(this.#thing.open);
    this.#thing = undefined;
  }

  async #open(): Promise<void> {
    const { what, open, close, logger } = this.#options;
    try {
      const thing = await open();
      if (!this.#isRunning) return close(thing);
      this.#thing = { open: thing };
      if (this.#fault !== undefined) logger.info("Found again", { what });
      this.#fault = undefined;
    } catch (error) {
      if (this.#isRunning) this.#wait(faultOf(error));
    }
  }

  #wait(fault: Fault): void {
    const { what, clock, logger } = this.#options;
    const isNews = fault.message !== this.#fault?.message;
    this.#fault = fault;
    if (isNews) logger.warn("Not there; looking for it again", { what, ...fault });
    this.#cancelRetry = clock.after(this.#retryMs, () => void this.#open());
    this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS);
  }
}

function faultOf(error: unknown): Fault {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return { code: typeof code === "string" ? code : "E_GPIO", message: String(message ?? error) };
}

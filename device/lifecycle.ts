// Starts the services of the box in order and stops them in reverse: on a signal, on a fault nobody caught, or when
// asked. A service that cannot stop in time is named and left behind; a power cut would not have waited either.
import type { Clock, Logger } from "../sync/ports.ts";

export interface Service {
  readonly name: string;
  /** Called once, after the services before it have started. */
  start(): void | Promise<void>;
  /** Called once if `start` resolved, after the services behind it have stopped. */
  stop(): void | Promise<void>;
  /** How much longer than STOP_DEADLINE_MS that may take, for what must not be cut off. */
  readonly patienceMs?: number;
}

/** The process, as far as this needs it. */
export interface Host {
  on(event: string, listener: (reason: unknown) => void): unknown;
  off(event: string, listener: (reason: unknown) => void): unknown;
  exit(status: number): void;
}

export interface LifecycleOptions {
  readonly services: readonly Service[];
  readonly logger: Logger;
  readonly clock: Clock;
  readonly host: Host;
}

/**
 * For all services together. People hold the switch, and systemd would wait for 90 s; but a small board beside other work
 * takes seconds over what a desk does in milliseconds.
 */
export const STOP_DEADLINE_MS = 5_000;

const EXIT_UNCLEAN = 1;
/** EX_SOFTWARE of sysexits(3): a bug, which restarts may or may not cure. */
const EXIT_FAULT = 70;
/** A shell's convention: 128 plus the number of the signal. */
const EXIT_BY_SIGNAL = { SIGINT: 130, SIGTERM: 143 } as const;

export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #listeners: ReadonlyMap<string, (reason: unknown) => void>;
  /** Those to stop, in order of their start. */
  readonly #started: Service[] = [];
  /** The one that is starting or stopping just now. */
  #current = "";
  #patienceMs = 0;
  #start: Promise<boolean> | undefined;
  #startEach: Promise<void> | undefined;
  #stop: Promise<number> | undefined;
  #isExiting = false;
  /** 0 until something goes wrong; the first reason stays. */
  #status = 0;

  constructor(options: LifecycleOptions) {
    this.#options = options;
    this.#listeners = new Map<string, (reason: unknown) => void>([
      ["SIGTERM", () => this.#onSignal("SIGTERM")],
      ["SIGINT", () => this.#onSignal("SIGINT")],
      ["uncaughtException", (error) => this.#onFault(error)],
      ["unhandledRejection", (error) => this.#onFault(error)],
    ]);
  }

  /**
   * True when everything runs, false when it was told to stop meanwhile. Rejects with the error of the service that
   * could not start, after those before it were stopped. A repeat answers as the first call.
   */
  start(): Promise<boolean> {
    this.#start ??= this.#begin();
    return this.#start;
  }

  /** Resolves with the exit status, 0 if everything stopped cleanly. Never rejects; a repeat answers as the first call. */
  stop(): Promise<number> {
    this.#stop ??= this.#end();
    return this.#stop;
  }

  async #begin(): Promise<boolean> {
    if (this.#stop !== undefined) return false;
    for (const [event, listener] of this.#listeners) this.#options.host.on(event, listener);
    try {
      this.#startEach = this.#startInOrder();
      await this.#startEach;
    } catch (error) {
      await this.stop();
      throw error;
    }
    return this.#stop === undefined;
  }

  async #startInOrder(): Promise<void> {
    for (const service of this.#options.services) {
      if (this.#stop !== undefined) return;
      this.#current = service.name;
      await service.start();
      this.#started.push(service);
      this.#options.logger.debug("Started", { service: service.name });
    }
  }

  async #end(): Promise<number> {
    const { clock, host, logger } = this.#options;
    let forgetDeadline = (): void => {};
    const deadline = new Promise<"late">((resolve) => {
      forgetDeadline = clock.after(STOP_DEADLINE_MS, () => {
        if (this.#patienceMs === 0) resolve("late");
        else forgetDeadline = clock.after(this.#patienceMs, () => resolve("late"));
      });
    });
    const outcome = await Promise.race([this.#stopInReverse(), deadline]);
    forgetDeadline();
    if (outcome === "late") {
      this.#status ||= EXIT_UNCLEAN;
      const ms = STOP_DEADLINE_MS + this.#patienceMs;
      logger.error(`Cannot stop "${this.#current}" in ${ms} ms`, { service: this.#current });
    }
    for (const [event, listener] of this.#listeners) host.off(event, listener);
    return this.#status;
  }

  /** A service that is still starting is waited for first: half started, it could not be stopped. */
  async #stopInReverse(): Promise<"stopped"> {
    await this.#startEach?.catch(() => {});
    for (const service of this.#started.reverse()) {
      this.#current = service.name;
      this.#patienceMs = service.patienceMs ?? 0;
      try {
        await service.stop();
      } catch (error) {
        this.#status ||= EXIT_UNCLEAN;
        this.#options.logger.error(`Cannot stop "${service.name}" cleanly`, { service: service.name, error });
      }
    }
    return "stopped";
  }

  #onSignal(signal: keyof typeof EXIT_BY_SIGNAL): void {
    const { host, logger } = this.#options;
    if (this.#isExiting) {
      host.exit(EXIT_BY_SIGNAL[signal]);
      return;
    }
    logger.info("Stopping", { signal });
    this.#exit();
  }

  #onFault(error: unknown): void {
    this.#options.logger.error("Cannot go on: an error was caught nowhere", { error });
    this.#status ||= EXIT_FAULT;
    this.#exit();
  }

  #exit(): void {
    if (this.#isExiting) return;
    this.#isExiting = true;
    void this.stop().then((status) => this.#options.host.exit(status));
  }
}

// Drops bodies whose time is over (SPEC.md §8.6): hourly what has aged (M-60) and what was withdrawn, at once what its
// author asked to forget (M-61), and with them the pictures that nothing names any more. Headers stay, so every log can
// still be verified.
import { readBody } from "../../protocol/festival/body.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { type Hash, toHex } from "../../protocol/operation/bytes.ts";
import type { Blobs } from "../../sync/blobs.ts";
import type { IngestListener } from "../../sync/ingest.ts";
import type { Clock, Logger, Store, StoredOperation } from "../../sync/ports.ts";
import type { Programme } from "../programme/programme.ts";

/** Nothing expires to the minute: there is a day of grace anyway. */
const LOOK_AGAIN_MS = 3_600_000;
/** By this clock nothing has aged yet; what was withdrawn or forgotten goes all the same. */
const BEFORE_ALL_TIME: Seconds = 0;

export interface RetentionKeeperOptions {
  readonly store: Pick<Store, "get" | "dropBodies">;
  readonly programme: Pick<Programme, "expired" | "dropped">;
  readonly blobs: Pick<Blobs, "tidy">;
  readonly subscribe: (listener: IngestListener) => () => void;
  readonly clock: Clock;
  readonly logger: Logger;
  /** By a clock that is sure or borrowed; undefined while it is unsure (M-39). */
  readonly now: () => Seconds | undefined;
  /** Whether somebody keeps this document, or what was set under this key, for themselves (M-60). */
  readonly pinned: (doc: string) => boolean;
}

export class RetentionKeeper {
  readonly #options: RetentionKeeperOptions;
  #sweeping: Promise<void> = Promise.resolve();
  #isDue = false;
  #cancel: (() => void) | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: RetentionKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    const hear = (operations: readonly StoredOperation[]): void => {
      if (operations.some(asksToForget)) this.#sweepSoon();
    };
    this.#unsubscribe ??= this.#options.subscribe({ accepted: hear, completed: (operation) => hear([operation]) });
    this.#sweepSoon();
    this.#wait();
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    await this.#sweeping;
  }

  #wait(): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(LOOK_AGAIN_MS, () => {
      this.#sweepSoon();
      this.#wait();
    });
  }

  /** One after the other; what is asked for meanwhile is done in one go. */
  #sweepSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#sweeping = this.#sweeping.then(async () => {
      this.#isDue = false;
      await this.#sweep();
    });
  }

  async #sweep(): Promise<void> {
    const { now, logger, pinned, blobs } = this.#options;
    try {
      const gone = await this.#drop(BEFORE_ALL_TIME, () => false);
      const time = now();
      const aged = time === undefined ? 0 : await this.#drop(time, pinned);
      if (gone + aged > 0) logger.info("bodies dropped", { gone, aged });
      const pictures = await blobs.tidy();
      if (pictures > 0) logger.info("pictures dropped", { pictures });
    } catch (error) {
      logger.error("bodies not dropped", { error: String(error) });
    }
  }

  async #drop(now: Seconds, pinned: (doc: string) => boolean): Promise<number> {
    const { store, programme } = this.#options;
    let dropped = 0;
    for (const ids of programme.expired(now)) {
      const operations = await this.#operations(ids);
      const ageless = operations.filter((operation) => !isAbout(operation, pinned));
      dropped += await store.dropBodies(ageless.map(({ id }) => id));
      programme.dropped(ageless);
    }
    return dropped;
  }

  async #operations(ids: readonly Hash[]): Promise<readonly StoredOperation[]> {
    const operations = await Promise.all(ids.map((id) => this.#options.store.get(id)));
    return operations.filter((operation) => operation !== undefined);
  }
}

function asksToForget({ body }: StoredOperation): boolean {
  const reading = body && readBody(body);
  return reading?.status === "understood" && reading.body.s === "forget/1";
}

function isAbout({ id, body: bytes }: StoredOperation, pinned: (doc: string) => boolean): boolean {
  const reading = bytes && readBody(bytes);
  if (reading?.status !== "understood") return false;
  const { body } = reading;
  if (body.a === "create") return pinned(toHex(id));
  return pinned(body.a === "set" ? body.k : body.d);
}

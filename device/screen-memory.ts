// What an e-ink panel shows and went through, in a file: a box that starts again finds its picture on the glass and does
// not flash. Cards wear out by writing, so a picture is written once in ten minutes at most, and taken back before the
// refresh that makes it untrue: at most 2 × 144 writes a day, and one at each orderly end.
import { readFileSync } from "node:fs";
import { deflateSync, inflateSync } from "node:zlib";
import type { Logger } from "../sync/ports.ts";
import type { PanelKeeper } from "./display/output/panel-output.ts";
import type { PanelJournal, PanelMemory } from "./display/panel/panel-driver.ts";
import { FRESH_STATE, type RefreshState } from "./display/panel/refresh-policy.ts";
import { writeDurably } from "./durable-file.ts";

const BETWEEN_PICTURES_MS = 600_000;
/** An IT8951 of 2560 × 1600 holds 2 MB. */
const LONGEST_PICTURE_BYTES = 4 * 1024 * 1024;

export interface ScreenMemoryOptions {
  readonly path: string;
  /** A picture of another panel is none. */
  readonly panel: string;
  readonly monotonicMs: () => number;
  readonly logger: Logger;
}

/** As it lies in the file; `shown` is deflated, base64. */
interface StoredMemory {
  readonly panel: string;
  readonly shown?: string;
  readonly refreshes: RefreshState;
  readonly journal: PanelJournal;
}

export class ScreenMemory implements PanelKeeper {
  readonly #options: ScreenMemoryOptions;
  #memory: PanelMemory | undefined;
  /** What the file has. */
  #stored: PanelMemory | undefined;
  #pictureMs = Number.NEGATIVE_INFINITY;
  #isBroken = false;

  constructor(options: ScreenMemoryOptions) {
    this.#options = options;
    this.#memory = readMemory(options);
    this.#stored = this.#memory;
  }

  recall(): PanelMemory | undefined {
    return this.#memory;
  }

  remember(memory: PanelMemory): void {
    this.#memory = memory;
    const nowMs = this.#options.monotonicMs();
    const isTime = nowMs - this.#pictureMs >= BETWEEN_PICTURES_MS;
    if (memory.shown === undefined ? this.#stored?.shown === undefined : !isTime) return;
    if (memory.shown !== undefined) this.#pictureMs = nowMs;
    this.#write(memory);
  }

  close(): void {
    if (this.#memory !== undefined && this.#memory !== this.#stored) this.#write(this.#memory);
  }

  #write(memory: PanelMemory): void {
    const { path, panel, logger } = this.#options;
    const { shown, ...rest } = memory;
    const stored: StoredMemory = {
      panel,
      ...rest,
      ...(shown && { shown: deflateSync(shown).toString("base64") }),
    };
    try {
      writeDurably(path, `${JSON.stringify(stored)}\n`);
      this.#stored = memory;
      this.#isBroken = false;
    } catch (error) {
      // The panel is drawn all the same; the worst is a flash, or a shadow until the next full refresh.
      if (!this.#isBroken) logger.warn("panel memory not written", { error });
      this.#isBroken = true;
    }
  }
}

/** For a box without a data folder: the next one draws in full. */
export function forgetful(): PanelKeeper {
  let latest: PanelMemory | undefined;
  return {
    recall: () => latest,
    remember: (memory) => {
      latest = memory;
    },
    close: () => {},
  };
}

/** Undefined where there is none, or none that can be read: then the glass is drawn in full. */
function readMemory({ path, panel }: ScreenMemoryOptions): PanelMemory | undefined {
  try {
    const stored = JSON.parse(readFileSync(path, "utf8")) as StoredMemory;
    if (stored.panel !== panel || !hasCounts(stored)) return undefined;
    const { shown, refreshes, journal } = stored;
    if (shown === undefined) return { refreshes, journal };
    const bytes = inflateSync(Buffer.from(shown, "base64"), { maxOutputLength: LONGEST_PICTURE_BYTES });
    return { refreshes, journal, shown: new Uint8Array(bytes) };
  } catch {
    return undefined;
  }
}

function hasCounts({ refreshes, journal }: StoredMemory): boolean {
  const numbers = Object.keys(FRESH_STATE).map((key) => refreshes[key as keyof RefreshState]);
  const { count, busyMs, failures, recent } = journal;
  return (
    [...numbers, count.full, count.fast, count.partial, failures].every(Number.isFinite) &&
    typeof busyMs === "object" &&
    Array.isArray(recent)
  );
}

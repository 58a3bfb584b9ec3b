// How long requests are collected before lots are drawn (M-27). Measured by a clock that only goes forward; when a window
// began is written down, so that a restart neither ends it nor begins it again.
import type { Seconds } from "../../protocol/festival/when.ts";
import type { Clock } from "../../sync/ports.ts";
import type { Question } from "./bookings.ts";

/** After the first request. */
export const COLLECT_SECONDS = 600;
const DAY_SECONDS = 86_400;
const MICROS_PER_SECOND = 1_000_000;
const MS_PER_SECOND = 1_000;
/** Of an own log in which nothing is written yet. */
export const NOTHING_WRITTEN = -1;

/** `minutes`: ten minutes after the first request. `day before`: until a day before the first begins, if that is later. */
export type Collecting = "minutes" | "day before";

/** A few numbers that outlive the process; 0 is none. */
export interface WindowMemory {
  get(name: `draw-${"since" | "after"}:${string}`): number | undefined;
  set(name: `draw-${"since" | "after"}:${string}`, value: number): void;
}

export interface Due {
  readonly due: readonly Question[];
  readonly leftMs: number;
}

interface DrawWindow {
  readonly dueMs: number;
  /** Sequence number of the own log's last operation before the window. */
  readonly after: number;
}

export interface DrawWindowsOptions {
  readonly clock: Clock;
  readonly memory: WindowMemory;
  readonly collecting: Collecting;
}

export class DrawWindows {
  readonly #options: DrawWindowsOptions;
  readonly #windows = new Map<string, DrawWindow>();

  constructor(options: DrawWindowsOptions) {
    this.#options = options;
  }

  /**
   * Opens the window of a resource if none is open, or goes on with the one from before a restart; `height` is that of
   * the own log.
   */
  open(resource: string, height: number): void {
    if (this.#windows.has(resource)) return;
    const { clock, memory } = this.#options;
    const now = Math.floor(clock.nowMicros() / MICROS_PER_SECOND);
    const since = memory.get(`draw-since:${resource}`) || undefined;
    const after = since === undefined ? height : (memory.get(`draw-after:${resource}`) ?? NOTHING_WRITTEN);
    if (since === undefined) {
      memory.set(`draw-after:${resource}`, after);
      memory.set(`draw-since:${resource}`, now);
    }
    const left = Math.min(COLLECT_SECONDS, Math.max(0, (since ?? now) + COLLECT_SECONDS - now));
    this.#windows.set(resource, { dueMs: clock.monotonicMs() + left * MS_PER_SECOND, after });
  }

  /** Those among which lots are drawn next, and in how many milliseconds. `now` as in Situation. */
  due(resource: string, open: readonly Question[], now: Seconds | undefined): Due {
    const { clock, collecting } = this.#options;
    const leftMs = Math.max(0, (this.#windows.get(resource)?.dueMs ?? 0) - clock.monotonicMs());
    if (collecting === "minutes") return { due: open, leftMs };
    const first = Math.min(...open.map(startOf));
    const due = open.filter((question) => startOf(question) < first + DAY_SECONDS);
    const dayBeforeMs = now === undefined ? Infinity : (first - DAY_SECONDS - now) * MS_PER_SECOND;
    return { due, leftMs: Math.max(leftMs, dayBeforeMs) };
  }

  /** Sequence number of the own log's last operation before the window. */
  after(resource: string): number {
    return this.#windows.get(resource)?.after ?? NOTHING_WRITTEN;
  }

  /** Lots were drawn, or nobody asks any more. */
  close(resource: string): void {
    if (this.#windows.delete(resource) || this.#options.memory.get(`draw-since:${resource}`)) {
      this.#options.memory.set(`draw-since:${resource}`, 0);
    }
  }
}

/** Only what is shown takes part in a draw. */
function startOf({ view }: Question): Seconds {
  return view?.span.start ?? Infinity;
}

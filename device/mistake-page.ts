// When the mistakes of lagerfeuer.toml have the screen: right after the start, while whoever wrote them still stands in
// front of it, and as long as there is nothing else to show. Never in the place of a programme for longer.
import type { DoorProgramme } from "./programme/slot.ts";

/** Enough to read three mistakes aloud and write their lines down; whoever comes for the programme waits that long. */
export const MISTAKE_PAGE_MS = 120_000;

export class MistakePage {
  readonly #isNeeded: boolean;
  #untilMs: number;

  /** @param startMs monotonic, as all moments here */
  constructor(isNeeded: boolean, startMs: number) {
    this.#isNeeded = isNeeded;
    this.#untilMs = isNeeded ? startMs + MISTAKE_PAGE_MS : startMs;
  }

  stands(programme: DoorProgramme, nowMs: number): boolean {
    return this.#isNeeded && (nowMs < this.#untilMs || !saysSomething(programme));
  }

  /** Whoever presses a button looks for the programme. */
  leave(nowMs: number): void {
    this.#untilMs = Math.min(this.#untilMs, nowMs);
  }

  /** When it goes by itself, in ms from now. */
  nextChangeMs(nowMs: number): number {
    return nowMs < this.#untilMs ? this.#untilMs - nowMs : Number.POSITIVE_INFINITY;
  }
}

function saysSomething({ empty, now, next, tomorrow, unplaced = [], announcements = [] }: DoorProgramme): boolean {
  return !empty && (tomorrow !== undefined || [now, next, unplaced, announcements].some(({ length }) => length > 0));
}

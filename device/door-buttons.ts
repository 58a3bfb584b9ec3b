// What the three buttons of a door do (display.md §8.2), as a pure machine: presses and time in, effects out. Counts
// nobody twice within a moment, undoes, never lets a short press create anything public.

import type { Toast } from "./display/device-state.ts";
import type { Button, Press } from "./gpio/port.ts";

/** After an accepted press the same button rests: one finger is one press (§8.3). */
const LOCKOUT_MS = 1_000;
/** Presses that count, for each door: a group of friends, not one joker with forty (§8.3). */
const PRESSES_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** How long a press can be taken back (§8.2). */
const UNDO_MS = 10_000;
/** Long enough to read (§8.6: nothing that matters runs out in less than that). */
const TOAST_MS = 5_000;
const MORE_PAGE_MS = 30_000;
/** Meetups that one door may call (§8.2). */
const MEETUPS_PER_HOUR = 2;
const HOUR_MS = 3_600_000;

/** What the door shows at the moment of the press. */
export interface Door {
  /** Document id of the event that "I'm in" stands for; absent if there is none. */
  readonly joinable: string | undefined;
  /** Presses counted for it at this door so far. */
  readonly counted: number;
}

export type ButtonEffect =
  /** Write one person more, or less, for this event; durable before the answer is shown. */
  | { readonly type: "count"; readonly event: string; readonly change: 1 | -1 }
  | { readonly type: "meet" }
  | { readonly type: "redraw" };

export class DoorButtons {
  readonly #lastMs = new Map<Button, number>();
  #counts: number[] = [];
  #meetups: number[] = [];
  #undoable: { readonly event: string; readonly atMs: number } | undefined;
  #toast: { readonly toast: Toast; readonly untilMs: number } | undefined;
  #moreUntilMs = 0;

  page(nowMs: number): "door" | "more" {
    return nowMs < this.#moreUntilMs ? "more" : "door";
  }

  toast(nowMs: number): Toast | undefined {
    return this.#toast && nowMs < this.#toast.untilMs ? this.#toast.toast : undefined;
  }

  /** When page or toast go back by themselves, in ms from now; undefined if nothing waits. */
  nextChange(nowMs: number): number | undefined {
    const moments = [this.#moreUntilMs, this.#toast?.untilMs ?? 0].filter((moment) => moment > nowMs);
    return moments.length > 0 ? Math.min(...moments) - nowMs : undefined;
  }

  /** `nowMs` is monotonic. */
  press({ button, held }: Press, door: Door, nowMs: number): ButtonEffect[] {
    if (!held && nowMs - (this.#lastMs.get(button) ?? Number.NEGATIVE_INFINITY) < LOCKOUT_MS) return [];
    this.#lastMs.set(button, nowMs);
    switch (button) {
      case 1:
        return held ? this.#undo(door, nowMs) : this.#join(door, nowMs);
      case 2:
        return held ? this.#meet(nowMs) : this.#say({ kind: "hold-to-meet" }, nowMs);
      case 3:
        this.#moreUntilMs = this.page(nowMs) === "more" ? 0 : nowMs + MORE_PAGE_MS;
        return [{ type: "redraw" }];
    }
  }

  /** The answer to `meet`, which only the programme can give. */
  answerMeet(toast: Toast, nowMs: number): ButtonEffect[] {
    return this.#say(toast, nowMs);
  }

  #join(door: Door, nowMs: number): ButtonEffect[] {
    if (door.joinable === undefined) return this.#say({ kind: "nothing-to-join" }, nowMs);
    this.#counts = this.#counts.filter((atMs) => nowMs - atMs < MINUTE_MS);
    if (this.#counts.length >= PRESSES_PER_MINUTE) return this.#say({ kind: "one-moment" }, nowMs);
    this.#counts.push(nowMs);
    this.#undoable = { event: door.joinable, atMs: nowMs };
    const count: ButtonEffect = { type: "count", event: door.joinable, change: 1 };
    return [count, ...this.#say({ kind: "counted", door: door.counted + 1 }, nowMs)];
  }

  #undo(door: Door, nowMs: number): ButtonEffect[] {
    const undoable = this.#undoable;
    this.#undoable = undefined;
    if (undoable === undefined || nowMs - undoable.atMs > UNDO_MS || door.counted === 0) {
      return this.#say({ kind: "nothing-to-undo" }, nowMs);
    }
    return [{ type: "count", event: undoable.event, change: -1 }, ...this.#say({ kind: "undone" }, nowMs)];
  }

  #meet(nowMs: number): ButtonEffect[] {
    this.#meetups = this.#meetups.filter((atMs) => nowMs - atMs < HOUR_MS);
    if (this.#meetups.length >= MEETUPS_PER_HOUR) return this.#say({ kind: "one-moment" }, nowMs);
    this.#meetups.push(nowMs);
    return [{ type: "meet" }];
  }

  #say(toast: Toast, nowMs: number): ButtonEffect[] {
    this.#toast = { toast, untilMs: nowMs + TOAST_MS };
    return [{ type: "redraw" }];
  }
}

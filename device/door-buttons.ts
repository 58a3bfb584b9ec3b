// What the three buttons of a door do (display.md §8.2), as a pure machine: presses and time in, effects out. Counts
// nobody twice within a moment, undoes, never lets a short press create anything public.
import type { Page, Toast } from "./display/device-state.ts";
import type { Button, Press, PressAnswer } from "./gpio/port.ts";

/** After an accepted press the same button rests: one finger is one press (§8.3). */
const LOCKOUT_MS = 1_000;
/** Presses that count, for each door: a group of friends, not one joker with forty (§8.3). */
const PRESSES_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** How long a press can be taken back (§8.2). */
const UNDO_MS = 10_000;
/** Long enough to read (§8.6: nothing that matters runs out in less than that). */
const TOAST_MS = 5_000;
const PAGE_MS = 30_000;
/** Whoever sets a box up has a screwdriver in the other hand. */
const SET_UP_PAGE_MS = 180_000;
/** Meetups that one door may call (§8.2). */
const MEETUPS_PER_HOUR = 2;
/** People come and go, but each mark is an operation that everybody carries. */
const MARKS_PER_HOUR = 20;
const HOUR_MS = 3_600_000;

/** What the door shows at the moment of the press. */
export interface Door {
  /** Document id of the event that "I'm in" stands for; absent if there is none. */
  readonly joinable: string | undefined;
  /** Presses counted for it at this door so far. */
  readonly counted: number;
  /** The event of which a steward can say that it is full, and whether somebody did; absent if there is none. */
  readonly markable?: { readonly event: string; readonly full: boolean } | undefined;
  /** There are other rooms to tell of. */
  readonly otherRooms?: boolean;
}

/** In the order in which they are carried out: what must be durable, then the light, then the glass. */
export type ButtonEffect =
  /** Write one person more, or less, for this event. */
  | { readonly type: "count"; readonly event: string; readonly change: 1 | -1 }
  | { readonly type: "meet" }
  /** Write that nobody fits in any more, or that somebody does again. */
  | { readonly type: "mark"; readonly event: string; readonly full: boolean }
  | { readonly type: "answer"; readonly answer: PressAnswer }
  | { readonly type: "redraw" };

export class DoorButtons {
  readonly #lastMs = new Map<Button, number>();
  #counts: number[] = [];
  #meetups: number[] = [];
  #marks: number[] = [];
  #undoable: { readonly event: string; readonly atMs: number } | undefined;
  #toast: { readonly toast: Toast; readonly untilMs: number } | undefined;
  #page: { readonly page: Page; readonly untilMs: number } = { page: "door", untilMs: 0 };

  page(nowMs: number): Page {
    return nowMs < this.#page.untilMs ? this.#page.page : "door";
  }

  toast(nowMs: number): Toast | undefined {
    return this.#toast && nowMs < this.#toast.untilMs ? this.#toast.toast : undefined;
  }

  /** When page or toast go back by themselves, in ms from now; undefined if nothing waits. */
  nextChange(nowMs: number): number | undefined {
    const moments = [this.#page.untilMs, this.#toast?.untilMs ?? 0].filter((moment) => moment > nowMs);
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
        return held ? this.#meet(nowMs) : this.say({ kind: "hold-to-meet" }, "done", nowMs);
      case 3:
        if (!held) return this.#turnPage(door, nowMs);
        return this.page(nowMs) === "door" ? this.#mark(door, nowMs) : this.#turnTo("set-up", nowMs + SET_UP_PAGE_MS);
    }
  }

  /** First where else something is on, then the rest of the day here. */
  #turnPage({ otherRooms }: Door, nowMs: number): ButtonEffect[] {
    const pages: readonly Page[] = otherRooms ? ["door", "rooms", "more"] : ["door", "more"];
    const page = pages[(pages.indexOf(this.page(nowMs)) + 1) % pages.length] ?? "door";
    return this.#turnTo(page, page === "door" ? 0 : nowMs + PAGE_MS);
  }

  #turnTo(page: Page, untilMs: number): ButtonEffect[] {
    this.#page = { page, untilMs };
    return [{ type: "answer", answer: "done" }, { type: "redraw" }];
  }

  #join(door: Door, nowMs: number): ButtonEffect[] {
    if (door.joinable === undefined) return this.#refuse({ kind: "nothing-to-join" }, nowMs);
    this.#counts = lately(this.#counts, nowMs, MINUTE_MS);
    if (this.#counts.length >= PRESSES_PER_MINUTE) return this.#refuse({ kind: "one-moment" }, nowMs);
    this.#counts.push(nowMs);
    this.#undoable = { event: door.joinable, atMs: nowMs };
    const count: ButtonEffect = { type: "count", event: door.joinable, change: 1 };
    return [count, ...this.say({ kind: "counted", door: door.counted + 1 }, "done", nowMs)];
  }

  #undo(door: Door, nowMs: number): ButtonEffect[] {
    const undoable = this.#undoable;
    this.#undoable = undefined;
    if (undoable === undefined || nowMs - undoable.atMs > UNDO_MS || door.counted === 0) {
      return this.#refuse({ kind: "nothing-to-undo" }, nowMs);
    }
    return [{ type: "count", event: undoable.event, change: -1 }, ...this.say({ kind: "undone" }, "done", nowMs)];
  }

  #meet(nowMs: number): ButtonEffect[] {
    this.#meetups = lately(this.#meetups, nowMs, HOUR_MS);
    if (this.#meetups.length >= MEETUPS_PER_HOUR) return this.#refuse({ kind: "one-moment" }, nowMs);
    this.#meetups.push(nowMs);
    return [{ type: "answer", answer: "working" }, { type: "meet" }];
  }

  /** The same again takes it back. */
  #mark({ markable }: Door, nowMs: number): ButtonEffect[] {
    if (markable === undefined) return this.#refuse({ kind: "nothing-to-mark" }, nowMs);
    this.#marks = lately(this.#marks, nowMs, HOUR_MS);
    if (this.#marks.length >= MARKS_PER_HOUR) return this.#refuse({ kind: "one-moment" }, nowMs);
    this.#marks.push(nowMs);
    const { event, full } = markable;
    return [
      { type: "answer", answer: "working" },
      { type: "mark", event, full: !full },
    ];
  }

  #refuse(toast: Toast, nowMs: number): ButtonEffect[] {
    return this.say(toast, "refused", nowMs);
  }

  /** Also what became of `meet` and `mark`, which only the programme can tell. */
  say(toast: Toast, answer: PressAnswer, nowMs: number): ButtonEffect[] {
    this.#toast = { toast, untilMs: nowMs + TOAST_MS };
    return [{ type: "answer", answer }, { type: "redraw" }];
  }
}

function lately(moments: readonly number[], nowMs: number, spanMs: number): number[] {
  return moments.filter((atMs) => nowMs - atMs < spanMs);
}

// When people who pressed a button can meet at this door: the earliest time at which nothing is on and nothing is booked
// (B1, B9). Pure.
import type { Load } from "../../protocol/festival/load.ts";
import { fits } from "../../protocol/festival/occupancy.ts";
import { overlap, type Span } from "../../protocol/festival/span.ts";
import type { Seconds } from "../../protocol/festival/when.ts";

/** People come when they have time to, at a time that is easy to say (display.md §8.2). */
export interface MeetupRule {
  readonly leadSeconds: number;
  readonly stepSeconds: number;
  readonly lengthSeconds: number;
  /** Whoever pressed does not wait longer for it to begin. */
  readonly withinSeconds: number;
}

/** What is known of a place. */
export interface Taken {
  /** What stands at the door. */
  readonly slots: readonly Span[];
  /** What is granted there, as far as its answerer was heard, and how many fit at once; 0 is without limit. */
  readonly booked: readonly { readonly load: Load; readonly limit: number }[];
}

/** Undefined if the place is taken for as long as anybody would wait. */
export function meetupSpan(now: Seconds, taken: Taken, rule: MeetupRule): Span | undefined {
  const { leadSeconds, stepSeconds, lengthSeconds, withinSeconds } = rule;
  const first = Math.ceil((now + leadSeconds) / stepSeconds) * stepSeconds;
  for (let start = first; start <= now + withinSeconds; start += stepSeconds) {
    const span = { start, end: start + lengthSeconds };
    if (isFree(span, taken)) return span;
  }
  return undefined;
}

function isFree(span: Span, { slots, booked }: Taken): boolean {
  if (slots.some((slot) => overlap(slot, span))) return false;
  return booked.every(({ load, limit }) => fits(load, span, { quantity: 1, of: limit }));
}

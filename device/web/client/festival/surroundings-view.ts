// What a person sees of this phone among others: which boxes it speaks with, how old its news is, what time it takes it
// to be. Plain data that never changes.
import type { Seconds } from "../../../../protocol/festival/when.ts";

export interface ClockView {
  /** Of this phone, at the last full minute: pages need no timer of their own. */
  readonly now: Seconds;
  /** IANA zone in which times are shown: the festival's, or else this phone's. */
  readonly timezone: string;
  /** This phone's own zone: where it differs, both times are shown. */
  readonly ownTimezone: string;
}

export interface FreshnessView {
  /** When something new last came from another device; absent before the first. */
  readonly lastNews?: Seconds;
  /** When this phone last knew all that another device knew; absent before the first. */
  readonly lastSync?: Seconds;
  /** Operations kept on this phone. */
  readonly kept: number;
}

export interface LinkView {
  /** "together": at least one box knows what we know, and we hear its news at once. "catching up": news is coming in. */
  readonly state: "together" | "catching up" | "looking" | "alone";
  readonly boxes: readonly BoxView[];
  /** While much is coming in: how many operations came of how many. */
  readonly progress?: { readonly received: number; readonly expected: number };
  /** Another tab of this phone writes; this one shows and waits (two must never write one log). */
  readonly otherTab: boolean;
  /** What cannot be kept because this phone's storage is full or forbidden; sentence for people, absent if all is well. */
  readonly trouble?: string;
}

export interface BoxView {
  /** "192.168.1.20:3473" */
  readonly address: string;
  /** The box from which this page came. */
  readonly home: boolean;
  /** Its key, once proven. */
  readonly key?: string;
  readonly state: "together" | "catching up" | "away";
}

// What a door screen asks the programme: the slots of one venue around a moment. Shared by the queries (device/programme)
// and the scene (device/display).
import type { Seconds } from "../../protocol/festival/when.ts";

export interface Slot {
  /** Document id of the event, hex. */
  readonly doc: string;
  readonly title: string;
  /** Names to print, in the order of the event; may be empty. */
  readonly hosts: readonly string[];
  /** BCP 47, lower case: "en", "de". */
  readonly lang?: string;
  readonly start: Seconds;
  readonly end: Seconds;
  /** True where the event names no end: `end` is a guess for sorting and must not be printed. */
  readonly endOpen: boolean;
  readonly status: "idea" | "planned" | "cancelled" | "postponed";
  /** Latest news from its author: "starts 20 min later". */
  readonly note?: string;
  /** Start before its author moved it, while that is news (M-16). */
  readonly wasStart?: Seconds;
  /** Where it moved to, if this venue is the one it left. Such a slot keeps the old start and end. */
  readonly movedTo?: string;
  /** When it begins instead, if this is the time that it left. Such a slot keeps the old start and end. */
  readonly newStart?: Seconds;
  /** Where it moved here from, while that is news: the other side of `movedTo`. */
  readonly movedFrom?: string;
  /** Nobody fits in, or somebody does, as a steward said at the door or the host counts; absent where nobody knows. */
  readonly full?: boolean;
  /** Who said "I'm in": presses at doors and signed answers of people, never summed silently (display.md §8.1). */
  readonly going: { readonly door: number; readonly people: number };
}

/** True if people who come to this door at that time find it. */
export function takesPlace({ status, movedTo, newStart }: Pick<Slot, "status" | "movedTo" | "newStart">): boolean {
  return (status === "planned" || status === "idea") && movedTo === undefined && newStart === undefined;
}

/** One venue around one moment, in order of start. */
export interface DoorProgramme {
  readonly venue: string;
  /** IANA zone in which this door prints times. */
  readonly timezone: string;
  /** What runs at that moment, what takes place first; more than one if the venue holds several things at once. */
  readonly now: readonly Slot[];
  /** What begins later on the same festival day. */
  readonly next: readonly Slot[];
  /** First slot of a later festival day, for "that's it for today". */
  readonly tomorrow?: Slot;
  /** Venues where people are known to fit in, now or soon: where to go instead of a full one. */
  readonly space?: readonly string[];
  /** Signed words of organisers, the newest first. */
  readonly announcements?: readonly Announcement[];
  /** What has no time or no place yet, and so belongs to no door and may stand at each. */
  readonly unplaced?: readonly Unplaced[];
  /** No operation of a festival is known at all. */
  readonly empty: boolean;
}

/** Whoever interrupts is named, and is not forever in the way (display.md §1.4). */
export interface Announcement {
  readonly text: string;
  /** BCP 47. */
  readonly lang?: string;
  readonly author: string;
  readonly at: Seconds;
  readonly expires: Seconds;
  /** An emergency takes the whole screen. */
  readonly urgency: "news" | "emergency";
}

export interface Unplaced {
  readonly doc: string;
  readonly title: string;
  readonly lang?: string;
  /** When, if only the place is open. */
  readonly start?: Seconds;
  /** Where, if only the time is open. */
  readonly place?: string;
}

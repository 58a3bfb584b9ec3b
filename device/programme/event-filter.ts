// By what events are found, and what a list says about each. Types only; event-query.ts asks.
import type { EventFields } from "../../protocol/festival/schema/event.ts";
import type { Span } from "../../protocol/festival/span.ts";
import type { CalendarDate, Seconds, When } from "../../protocol/festival/when.ts";
import type { LocalChoice } from "./local-choice.ts";

/** All that are given have to fit. Keys and ids are hex. */
export interface EventFilter extends LocalChoice {
  /** Half-open; events that overlap it. */
  readonly window?: { readonly from: Seconds; readonly to: Seconds };
  /** A festival day (M-38), of the frame if one is given: what begins on it, and what lasts for days. */
  readonly day?: CalendarDate;
  /** What runs then, by the exact time. */
  readonly now?: Seconds;
  readonly kind?: string;
  readonly tag?: string;
  /** Name or id. Where an event says it is, or was granted a place. */
  readonly venue?: string;
  readonly frame?: string;
  readonly author?: string;
  /** Key or name. */
  readonly host?: string;
  /** Each has to stand in the title. */
  readonly words?: string;
  /** Id of a pick: only what it picks. */
  readonly pick?: string;
  readonly status?: EventFields["status"];
  readonly limit?: number;
}

export interface EventSummary {
  readonly doc: string;
  readonly title: string;
  readonly status: EventFields["status"];
  /** As its author wrote it. */
  readonly when?: When;
  /** Resolved by this box, for sorting and grids; absent for "sometime". */
  readonly span?: Span;
  readonly places: readonly EventPlace[];
  readonly hosts: readonly string[];
  readonly author: string;
  readonly lang?: string;
  readonly note?: string;
  /** Copied from elsewhere: its author is not its host (M-18). */
  readonly imported: boolean;
  readonly confirmed: ConfirmedPart;
  readonly going: Going;
}

export interface EventPlace {
  /** Absent where the place is given in words. */
  readonly doc?: string;
  /** Absent while nobody here knows it. */
  readonly name?: string;
  /**
   * `claimed`: its author says so. `confirmed`: it was granted. `awaited`: its venue has not reached us yet. `lost`: its
   * venue was withdrawn (M-14).
   */
  readonly state: "claimed" | "confirmed" | "awaited" | "lost";
}

/** Of the things that its author asks for (D-30). */
export interface ConfirmedPart {
  readonly asked: number;
  readonly accepted: number;
  /** Absent where nothing was asked for. */
  readonly percent?: number;
}

/** At least, and as seen from here (M-35, R-52). */
export interface Going {
  /** Identities who said yes, and with their friends. */
  readonly identities: number;
  readonly people: number;
  /** Presses at doors: never to be added to people. */
  readonly door: number;
}

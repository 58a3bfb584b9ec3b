// What a person sees of an event and of what is asked for it. Plain data that never changes; see view.ts.
import type { RequestState } from "../../../../protocol/festival/request-state.ts";
import type { EventFields } from "../../../../protocol/festival/schema/event.ts";
import type { ResourceFields } from "../../../../protocol/festival/schema/resource.ts";
import type { Span } from "../../../../protocol/festival/span.ts";
import type { CalendarDate, Seconds, When } from "../../../../protocol/festival/when.ts";
import type { ConfirmedPart, EventPlace } from "../../../programme/event-filter.ts";
import type { NeedView, NoteView, PictureView } from "./thing-view-types.ts";

export interface EventView {
  readonly id: string;
  /** Operation of its latest change. */
  readonly version: string;
  /** Key that made it. See `imported` before calling it a host. */
  readonly author: string;
  /** Made by one of my keys. */
  readonly mine: boolean;
  /** Mine, or made by a key that is linked with the one I act with (M-12). */
  readonly mayChange: boolean;
  readonly title: string;
  readonly summary?: string;
  readonly text?: string;
  readonly status: EventFields["status"];
  /** As its author wrote it: this is what is shown. */
  readonly when?: When;
  /** Resolved, half-open, for sorting, grids and "now"; absent for "sometime". An open end is counted as an hour. */
  readonly span?: Span;
  /** What it is sorted by; absent for "sometime". */
  readonly sort?: Seconds;
  /** Festival day on which it begins (M-38); of vague times the day they name. Absent for "sometime". */
  readonly day?: CalendarDate;
  /** Where the start was before its author moved it, as long as that is news (M-16). */
  readonly wasStart?: Seconds;
  /** Names of the places it left. */
  readonly wasAt: readonly string[];
  readonly places: readonly EventPlace[];
  readonly kind?: string;
  readonly tags: readonly string[];
  /** BCP 47: language and direction of its words. */
  readonly lang?: string;
  readonly hosts: readonly HostView[];
  readonly links: readonly LinkTarget[];
  readonly access?: string;
  /** Seats; absent or 0 is without limit. */
  readonly capacity?: number;
  readonly join: EventFields["join"];
  readonly record?: EventFields["record"];
  /** Latest news of its author: "starts 20 min later". */
  readonly news?: string;
  readonly frames: readonly string[];
  readonly series?: string;
  readonly part?: string;
  /** Copied from a file or feed: its author is not its host (M-18). */
  readonly imported: boolean;
  readonly reuse?: EventFields["reuse"];
  /** From the nearest original to the oldest known one; empty where it is nobody's fork. */
  readonly lineage: readonly AncestorView[];
  /** Dots: one for each thing that its author asks for, in the order in which they were asked for. */
  readonly requests: readonly RequestView[];
  /** Asked for by others on its behalf (M-33). */
  readonly suggestions: readonly RequestView[];
  readonly confirmed: ConfirmedPart;
  readonly going: GoingView;
  /** What my key said, and what its host made of that; absent where I said nothing. */
  readonly myRsvp?: MyRsvpView;
  readonly pictures: readonly PictureView[];
  /** Oldest first. */
  readonly notes: readonly NoteView[];
  readonly needs: readonly NeedView[];
  /** Devices that are known to have it, this one included; at least 1. */
  readonly devices: number;
}

export interface HostView {
  /** Absent where its author only wrote a name. */
  readonly key?: string;
  /** The name the author wrote, or else that of the key. */
  readonly name: string;
  readonly role?: string;
}

export interface LinkTarget {
  /** Of a scheme without harm: http, https, mailto, tel, geo, onion, x-…. */
  readonly url: string;
  readonly title?: string;
  readonly rel?: "stream" | "video" | "slides" | "recording" | "tickets" | "feedback" | "origin" | "web";
}

/** A step of where something came from. */
export interface AncestorView {
  readonly id: string;
  /** Key; absent once its owner asked to be forgotten (M-17). */
  readonly by?: string;
  /** Absent where the original is not here; `state` says why. */
  readonly title?: string;
  readonly state: "here" | "withdrawn" | "awaited";
}

/** Never sum these: people who said so and presses at doors are different things (M-35). At least, and as seen from here. */
export interface GoingView {
  /** Distinct people who said yes, and with their friends. */
  readonly yes: number;
  readonly people: number;
  readonly maybe: number;
  /** Keys that said yes, for drawing their animals; linked keys count once. */
  readonly keys: readonly string[];
  /** Presses at doors. */
  readonly door: number;
}

export interface MyRsvpView {
  readonly going: "yes" | "maybe" | "no";
  /** Me and friends. */
  readonly n: number;
  /** Only where the host gives out seats: `position` counts from 1. */
  readonly seat?: { readonly state: "held" } | { readonly state: "waiting"; readonly position: number };
}

/** One request for one thing. `state.state` is its dot: "confirmed" is green, "open" is pink, others are said in words. */
export interface RequestView {
  readonly id: string;
  readonly version: string;
  /** Who asks. */
  readonly author: string;
  readonly mine: boolean;
  readonly event: string;
  /** Absent while the event is not here. */
  readonly eventTitle?: string;
  readonly resource: string;
  readonly resourceTitle?: string;
  readonly resourceKind?: ResourceFields["kind"];
  /** Who decides; absent while the resource is not here. */
  readonly answerer?: string;
  readonly span: Span;
  readonly quantity: number;
  readonly note?: string;
  readonly state: RequestState;
  readonly answerNote?: string;
  /** Asked by somebody else than the event's author (M-33). */
  readonly suggestion: boolean;
}

// What a person sees of things that are lent, of notes, pages and the other lists. Plain data that never changes; see view.ts.
import type { FrameFields } from "../../../../protocol/festival/schema/frame.ts";
import type { NoteFields } from "../../../../protocol/festival/schema/note.ts";
import type { ResourceFields } from "../../../../protocol/festival/schema/resource.ts";
import type { Span } from "../../../../protocol/festival/span.ts";
import type { Seconds } from "../../../../protocol/festival/when.ts";
import type { AncestorView, LinkTarget } from "./event-view-types.ts";

export interface ResourceView {
  readonly id: string;
  readonly version: string;
  readonly author: string;
  readonly mine: boolean;
  /** Mine, or made by a key that is linked with the one I act with (M-12). */
  readonly mayChange: boolean;
  /** "venue", "material", "skill", "funds", "link", "token" or "other". */
  readonly kind: ResourceFields["kind"];
  readonly title: string;
  readonly text?: string;
  readonly pictures: readonly PictureView[];
  readonly place?: NonNullable<ResourceFields["place"]>;
  /** IANA zone of its hours; the festival's where absent. */
  readonly tz?: string;
  /** How many at once; 0 is without limit. */
  readonly quantity: number;
  readonly unit?: string;
  readonly consumable: boolean;
  /** People whom a venue holds. */
  readonly capacity?: number;
  readonly access?: string;
  /** 0 is without a grid. */
  readonly slotMinutes: number;
  /** Minutes of set-up before and of cleaning after. */
  readonly lead: number;
  readonly tail: number;
  readonly open: readonly Span[];
  readonly weekly: readonly { readonly dow: number; readonly from: number; readonly to: number }[];
  readonly closed: readonly Span[];
  /** Who decides about requests: "manual" a person, "auto", "random" lots, "ask" a program, "none" cannot be asked for. */
  readonly policy: ResourceFields["policy"];
  /** Key whose answers count; `mineToAnswer` if it is one of mine. */
  readonly answerer: string;
  readonly mineToAnswer: boolean;
  readonly tags: readonly string[];
  readonly lang?: string;
  readonly imported: boolean;
  readonly reuse?: ResourceFields["reuse"];
  readonly lineage: readonly AncestorView[];
  /** What is held, by start; spans with set-up and cleaning. */
  readonly taken: readonly TakenView[];
  /** Requests for it that wait for an answer. */
  readonly asked: number;
  /** Its answerer contradicts itself, or has not been heard fully (M-30, M-32): what is taken may be more. */
  readonly doubt?: "half heard" | "contradicts itself";
  /** Events that take or took place there, or use it; by time. */
  readonly events: readonly string[];
}

export interface TakenView {
  readonly span: Span;
  readonly quantity: number;
  /** Request, and its event where that is known here. */
  readonly request: string;
  readonly event?: string;
  /** Held beyond the limit: all concerned share. */
  readonly shares: boolean;
}

/** Bytes that travel beside the documents; `Phone.picture` gives them once they are here. */
export interface PictureView {
  /** BLAKE3, hex. */
  readonly hash: string;
  readonly type: string;
  readonly bytes: number;
}

export interface NoteView {
  readonly id: string;
  readonly author: string;
  readonly mine: boolean;
  readonly kind: NoteFields["kind"];
  /** Document that it is about, and note that it answers. */
  readonly about?: string;
  readonly reply?: string;
  readonly text?: string;
  readonly pictures: readonly PictureView[];
  readonly lang?: string;
  /** When its author says to have written it: a claim (M-04). */
  readonly writtenAt: Seconds;
}

export interface PageView {
  readonly id: string;
  readonly author: string;
  readonly mine: boolean;
  readonly slug: string;
  readonly title: string;
  readonly text: string;
  readonly frame?: string;
}

export interface FrameView {
  readonly id: string;
  readonly author: string;
  readonly mine: boolean;
  readonly title: string;
  readonly text?: string;
  readonly start?: Seconds;
  readonly end?: Seconds;
  readonly tz?: string;
  /** Minutes after local midnight at which a festival day begins. */
  readonly dayStart: number;
  readonly parent?: string;
  readonly place?: NonNullable<FrameFields["place"]>;
  /** Suggested to whoever adds an event. */
  readonly tags: readonly string[];
  /** How people want to be with each other. */
  readonly conduct?: string;
  readonly links: readonly LinkTarget[];
  readonly lang?: string;
}

export interface SeriesView {
  readonly id: string;
  readonly author: string;
  readonly title: string;
  readonly text?: string;
  readonly rule?: string;
  /** Ids, by time. */
  readonly events: readonly string[];
}

export interface NeedView {
  readonly id: string;
  readonly author: string;
  readonly mine: boolean;
  readonly event: string;
  readonly title: string;
  readonly text?: string;
  readonly kind?: ResourceFields["kind"];
}

export interface PickView {
  readonly id: string;
  readonly author: string;
  readonly mine: boolean;
  readonly title: string;
  readonly text?: string;
  readonly items: readonly string[];
}

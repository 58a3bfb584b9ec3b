// What stands on the door screen, in logical terms: no pixels, sizes or colours. door-scene.ts makes it,
// door-layout.ts places it on a screen.
import type { Page } from "./device-state.ts";
import type { Direction } from "./display-text.ts";

export interface Scene {
  /** Language of the screen's own words, BCP 47. */
  readonly lang: string;
  /** In which these words are read: where a line begins. */
  readonly direction: Direction;
  /** What somebody turned to with a button; absent where the screen shows its own page. */
  readonly page?: Exclude<Page, "door">;
  readonly header: { readonly room: string; readonly clock?: string };
  /** One sentence under the header that qualifies everything below it. */
  readonly strip?: string;
  readonly announcement?: Announced;
  readonly body: SlotBody | ListBody | NoticeBody | AlarmBody | OverviewBody | FactsBody | MistakesBody;
  readonly badge: Badge;
  /** One line below everything else, for whoever looks after the box. */
  readonly note?: string;
  readonly address?: string;
  readonly wifi?: WifiStep;
  readonly footer: Footer;
}

/** A phone joins the box's own Wi-Fi first, and then opens the address: two codes, each with its word. */
export interface WifiStep {
  readonly code: string;
  readonly captions: { readonly wifi: string; readonly page: string };
}

/** What organisers want everybody to know. */
export interface Announced {
  readonly text: ProgrammeText;
  /** Who says so, and until when it holds. */
  readonly by: string;
  /** Announcements there was no place for. */
  readonly more: number;
}

/** One slot large, the others as rows. */
export interface SlotBody {
  readonly kind: "slot";
  readonly lead: Lead;
  readonly rows: readonly Row[];
}

/** Rows only; as many as fit. */
export interface ListBody {
  readonly kind: "list";
  readonly heading: string;
  readonly rows: readonly Row[];
  /** Below them, if there is room. */
  readonly appendix?: Appendix;
}

export interface Appendix {
  readonly heading: string;
  readonly rows: readonly Row[];
}

/** A sentence instead of a slot. */
export interface NoticeBody {
  readonly kind: "notice";
  readonly text: string;
  readonly detail?: string;
  /** Beside a fire that has burnt down. */
  readonly fire?: true;
  /** What comes after the silence. */
  readonly lead?: Lead;
  readonly facts?: FactsBody["facts"];
  readonly appendix?: Appendix;
}

/** Nothing else matters now: it has the whole screen, without header and footer. */
export interface AlarmBody {
  readonly kind: "alarm";
  readonly text: ProgrammeText;
  readonly by: string;
}

/** What is on at every door. */
export interface OverviewBody {
  readonly kind: "overview";
  /** Stands where nothing is on. */
  readonly nothing: string;
  readonly places: readonly Place[];
}

export interface Place {
  readonly room: string;
  /** What is on; absent: nothing. Its time is that of its end. */
  readonly now?: Row;
  readonly next?: Row;
}

/** What somebody who sets the box up wants to know. */
export interface FactsBody {
  readonly kind: "facts";
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** What is wrong in lagerfeuer.toml, and how to mend it. */
export interface MistakesBody {
  readonly kind: "mistakes";
  /** `line` as people say it: "Line 7". */
  readonly mistakes: readonly { readonly line?: string; readonly text: ProgrammeText }[];
  readonly detail: string;
}

export interface Lead {
  readonly label: string;
  /** Runs at this moment, behind this door. */
  readonly live: boolean;
  /** Began so long ago that people rather ask what is next. */
  readonly late?: true;
  /** "until 15:00", "15:30". */
  readonly when: string;
  /** "(was 15:00)". */
  readonly aside?: string;
  readonly chips: readonly Chip[];
  /** Takes the place the title has otherwise: the one thing to know before going in. */
  readonly takeover?: { readonly word: string; readonly room?: string };
  readonly title: ProgrammeText;
  readonly struck: boolean;
  /** Where there is room, if there is none here: "Space in", and the rooms. */
  readonly elsewhere?: { readonly word: string; readonly rooms: readonly string[] };
  readonly hosts: readonly string[];
  readonly note?: string;
  /** 0…1 of the slot that has passed. */
  readonly progress?: number;
}

export interface Row {
  /** Word before the time: "NEXT". */
  readonly label?: string;
  /** What most people look for now. */
  readonly large?: true;
  /** Empty where nobody has set one. */
  readonly time: string;
  readonly aside?: string;
  readonly chips: readonly Chip[];
  readonly title: ProgrammeText;
  readonly struck: boolean;
}

/** Text by an author, in the author's language if that is known. */
export interface ProgrammeText {
  readonly text: string;
  readonly lang?: string;
}

export interface Chip {
  readonly text: string;
  /** Solid says "read me first"; only states are solid. */
  readonly tone: "solid" | "outline";
  readonly arrow?: true;
}

/** Rungs of the staleness ladder (display.md §7.2). */
export type Freshness = "fresh" | "aging" | "stale" | "old";

export interface Badge {
  readonly text: string;
  readonly level: Freshness;
}

export type ButtonShape = "circle" | "square" | "triangle";

export interface Footer {
  readonly labels: readonly { readonly shape: ButtonShape; readonly text: string; readonly detail?: string }[];
  /** Stands in place of the labels. */
  readonly toast?: string;
}

// The phone as its pages know it: one port to read the festival and to do something in it. Types only; replica/start.ts
// makes one. Every act resolves when it is durable on this phone, whether or not any box is near; it rejects with ActError
// (device/act) where it cannot be done as asked, with PhoneError where this phone cannot keep it, and then nothing was said.

import type { EventFieldsWritten } from "../../../protocol/festival/schema/event.ts";
import type { FlagFields } from "../../../protocol/festival/schema/flag.ts";
import type { FrameFieldsWritten } from "../../../protocol/festival/schema/frame.ts";
import type { NoteFields } from "../../../protocol/festival/schema/note.ts";
import type { PageFieldsWritten } from "../../../protocol/festival/schema/page.ts";
import type { ProfileFieldsWritten } from "../../../protocol/festival/schema/profile.ts";
import type { ResourceFieldsWritten } from "../../../protocol/festival/schema/resource.ts";
import type { Span } from "../../../protocol/festival/span.ts";
import type { CalendarDate, When } from "../../../protocol/festival/when.ts";
import type { Clash } from "../../act/ask.ts";
import type { Repeat } from "../../act/occurrences.ts";
import type { TimeWords } from "../../act/when-input.ts";
import type { FestivalView, HiddenView } from "./festival/view.ts";

export type { Clash } from "../../act/ask.ts";
export type { Repeat } from "../../act/occurrences.ts";
export type { TimeWords } from "../../act/when-input.ts";

export interface Phone {
  /** The festival as it is known here now; the same object until something changed. */
  view(): FestivalView;
  /** Calls back after a change, at most five times a second; returns how to stop. */
  subscribe(changed: () => void): () => void;
  readonly acts: Acts;
  readonly questions: Questions;
  readonly keys: KeyRing;
  readonly festivals: Festivals;
  readonly local: LocalChoices;
  /** Dials another box by its address ("192.168.1.21:3473", or the address of its page), now and whenever it is lost. */
  meetBox(address: string): void;
  /** Bytes of a picture; undefined while they are not on this phone. */
  picture(hash: string): Promise<Blob | undefined>;
}

/** Something that went wrong with this phone itself: `code` is stable, the message is for people. */
export interface PhoneFault {
  readonly name: "PhoneError";
  readonly code: /** Its storage is full, or the browser forbids it here. */
    | "E_STORAGE"
    /** Another tab of this phone writes. */
    | "E_OTHER_TAB"
    /** A backup, a copy or a code that cannot be read. */
    | "E_BACKUP"
    | "E_COPY"
    | "E_FESTIVAL"
    /** A restored key must first hear its own log again before it writes (M-51). */
    | "E_KEY_WAITS";
  readonly message: string;
}

/** With which key: one of `FestivalView.ownKeys`, or "new" for somebody whom nobody has seen before (M-40). */
export interface As {
  readonly as?: string | "new";
}

type Fields<Written, Timed extends string = never> = Omit<Written, Timed | "forkOf" | "origin">;
/** null clears a field, undefined leaves it. */
type FieldChanges<Written> = { readonly [Name in keyof Written]?: Written[Name] | null | undefined };

/** A title is enough. `time` is what the person wrote; `when` what a grid or a picker gives; not both. */
export interface EventInput extends Fields<EventFieldsWritten, "when" | "images"> {
  readonly time?: TimeWords;
  readonly when?: When;
  /** Written out one by one, as a series of the same title. */
  readonly repeat?: Repeat;
  /** Things that are asked for in the same go: each becomes a dot. */
  readonly ask?: readonly Wanted[];
  readonly pictures?: readonly PictureInput[];
}

export interface Wanted {
  /** Document of a resource. */
  readonly resource: string;
  /** The event's own time where absent. */
  readonly span?: Span;
  readonly quantity?: number;
  readonly note?: string;
}

export interface PictureInput {
  readonly bytes: Uint8Array;
  readonly type: "image/jpeg" | "image/webp" | "image/png";
}

export interface NoteInput {
  /** Document that it is about; absent for one that stands alone. */
  readonly about?: string;
  readonly reply?: string;
  readonly kind?: NoteFields["kind"];
  readonly text?: string;
  readonly pictures?: readonly PictureInput[];
  /** The people in the pictures agreed. */
  readonly consent?: boolean;
  /** Kept for ever instead of half a year. */
  readonly keep?: boolean;
  readonly lang?: string;
}

/** Ids that come back are those of the documents that were made. */
export interface Acts {
  createEvent(input: EventInput, as?: As): Promise<string>;
  editEvent(event: string, changes: FieldChanges<Fields<EventFieldsWritten, "images">>): Promise<void>;
  /** A cancelled event stays, struck through; a postponed one waits for a new time; a withdrawn one is taken away for good. */
  cancelEvent(
    event: string,
    how?: { readonly as?: "cancelled" | "postponed" | "withdrawn"; readonly note?: string },
  ): Promise<void>;
  /** Also moves what its author asked for; each dot that the old grant does not cover turns open (M-16). */
  moveEvent(event: string, to: TimeWords | Extract<When, { readonly m: "exact" }>): Promise<void>;
  /** A copy of an event, resource, series, frame or note under my own key, with a credit line. */
  fork(document: string, changes?: Readonly<Record<string, unknown>>, as?: As): Promise<string>;
  createResource(input: Fields<ResourceFieldsWritten, "images">, as?: As): Promise<string>;
  editResource(resource: string, changes: FieldChanges<Fields<ResourceFieldsWritten, "images">>): Promise<void>;
  /** Takes away for good what I made: a resource, a request, a note, a page, a need, a pick. */
  withdraw(document: string): Promise<void>;
  ask(event: string, wanted: Wanted, as?: As): Promise<string>;
  /** Answers a request that is asked of me. E_TAKEN unless `share`, where others hold the thing then. */
  answer(
    request: string,
    verdict: "accept" | "reject" | "wait",
    how?: { readonly note?: string; readonly share?: boolean },
  ): Promise<void>;
  /** Gives back: what I granted, or what I asked for. */
  release(request: string, note?: string): Promise<void>;
  /** `n` is me and friends, 1 to 10. Setting it again replaces it. */
  rsvp(event: string, going: "yes" | "maybe" | "no", n?: number, as?: As): Promise<void>;
  /** Gives a guest of my event a seat, or takes it back (M-34). */
  seat(event: string, guest: string, verdict: "accept" | "wait" | "release"): Promise<void>;
  note(input: NoteInput, as?: As): Promise<string>;
  createFrame(input: Fields<FrameFieldsWritten, "plan">, as?: As): Promise<string>;
  createPage(input: PageFieldsWritten, as?: As): Promise<string>;
  /** Publishes a choice of documents for others to look through. */
  publishPick(
    input: { readonly title: string; readonly text?: string; readonly items: readonly string[] },
    as?: As,
  ): Promise<string>;
  createNeed(event: string, input: { readonly title: string; readonly text?: string }): Promise<string>;
  /** What my key says about itself; null clears. */
  setProfile(profile: FieldChanges<Omit<ProfileFieldsWritten, "avatar">>, as?: As): Promise<void>;
  /** Asks whoever keeps a node to look at a document or a key. Not sealed: everybody who carries it can read it. */
  flag(about: string, why: FlagFields["why"], to: string, text?: string, as?: As): Promise<void>;
  /** Asks all devices to drop what a key of mine said up to now. A wish: devices that we never meet again may keep it (M-62). */
  askToForget(key: string): Promise<void>;
}

/** Answers at once, without changing anything; E_… as the act itself would, where the question makes no sense. */
export interface Questions {
  /** What the words of a time mean, with remarks about clocks that change (M-37). Undefined if they say nothing. */
  readTime(words: TimeWords): { readonly when: When; readonly remarks: readonly string[] } | undefined;
  /** What speaks against asking, as far as this phone knows; nothing where all seems well. */
  clash(resource: string, span: Span, quantity?: number): Clash | undefined;
  /** The slot grid of a resource on a local day; without a grid of its own in whole hours. */
  slots(resource: string, day: CalendarDate): readonly Slot[];
  /** Resources of a kind that nothing speaks against at that time. */
  free(kind: ResourceFieldsWritten["kind"], span: Span): readonly string[];
}

export interface Slot extends Span {
  readonly state: "free" | "taken" | "closed";
}

/** Keys are made here and never leave this phone, but for a backup that the person makes. */
export interface KeyRing {
  /** Makes a key and acts with it from now on unless told otherwise. Resolves with the key. */
  add(): Promise<string>;
  /** Acts with this one unless told otherwise. */
  choose(key: string): Promise<void>;
  /** All keys of all festivals, as a file to keep: JSON, readable by `restore`. Secret. */
  backupFile(): Promise<Blob>;
  /** One key as animals and adjectives, the last two of them a checksum. Secret. */
  backupWords(key: string): Promise<readonly string[]>;
  /**
   * Takes keys out of a backup: the bytes of a file, or words. They speak for the first time after this phone has met a
   * device, so that a log is never written twice (M-51). Resolves with the keys.
   */
  restore(backup: Uint8Array | string): Promise<readonly string[]>;
  /** Links two own or foreign keys as one person, one side of it (M-50); `close` takes it back from here on. */
  link(own: string, other: string, close?: boolean): Promise<void>;
}

export interface JoinedFestival {
  readonly topic: string;
  /** As the person named it, or its outermost frame. */
  readonly name?: string;
  readonly current: boolean;
}

/** One replica, and keys of their own, for each festival (M-41). */
export interface Festivals {
  list(): readonly JoinedFestival[];
  /**
   * By its key (64 hex digits), by its words, or by the address of a code (`http://…/#join=…`); the open festival where the
   * text is empty. Resolves with its topic once it is shown.
   */
  join(code: string, name?: string): Promise<string>;
  show(topic: string): Promise<void>;
  /** Forgets a festival on this phone, with its keys. */
  leave(topic: string): Promise<void>;
  /** Address to be drawn as a code, for another phone. */
  invitation(): string;
  /** All operations of the festival that is shown, as a file: see replica/copy-file.ts. */
  copy(): Promise<Blob>;
  /** Takes in a copy; says how many operations were new. */
  refill(copy: Uint8Array): Promise<{ readonly added: number; readonly refused: number }>;
}

/** Kept on this phone, sent to nobody (M-70). */
export interface LocalChoices {
  plan(event: string, keep: boolean): Promise<void>;
  hide(kind: keyof HiddenView, value: string, hide: boolean): Promise<void>;
}

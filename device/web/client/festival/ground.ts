// What every view stands on at one moment: the documents, what follows from them, and this phone's own side: its keys, its
// clock, what its owner does not want to see. Indexes are made once for each moment, when first asked for.

import { type AnimalName, animalName } from "../../../../protocol/festival/animal-name.ts";
import { retentionOf } from "../../../../protocol/festival/retention.ts";
import type { Document } from "../../../../protocol/festival/view.ts";
import type { Seconds } from "../../../../protocol/festival/when.ts";
import { hiddenBy } from "../../../act/hidden.ts";
import { whenSpan } from "../../../programme/when-span.ts";
import type { Documents, Shown } from "./documents.ts";
import { noteView } from "./event-views.ts";
import type { LocalDays } from "./local-day.ts";
import type { Settled } from "./settled.ts";
import type { HiddenView, NoteView } from "./view.ts";

/** Of this phone, sent to nobody. */
export interface LocalSide {
  readonly me: string;
  readonly ownKeys: ReadonlySet<string>;
  readonly hidden: HiddenView;
  readonly now: Seconds;
  /** Devices known to have an operation, this one included. */
  readonly devicesWith: (author: string, seqNum: number) => number;
  /** BLAKE3 of a key, both hex. */
  readonly hashOf: (key: string) => Uint8Array;
}

export interface Derived {
  readonly settled: Settled;
  readonly days: LocalDays;
  readonly seen: WeakMap<object, boolean>;
}

const ID_DIGITS = 64;

export class Ground {
  readonly documents: Documents;
  readonly settled: Settled;
  readonly days: LocalDays;
  readonly me: string;
  readonly ownKeys: ReadonlySet<string>;
  readonly #local: LocalSide;
  readonly #seen: WeakMap<object, boolean>;
  readonly #lists;
  #rsvps: ReadonlyMap<string, readonly Shown<"rsvp/1">[]> | undefined;
  #notes: ReadonlyMap<string, readonly NoteView[]> | undefined;
  #needs: ReadonlyMap<string, readonly Shown<"need/1">[]> | undefined;

  /** `seen` remembers what was asked before, for as long as `local` stays what it is. */
  constructor(documents: Documents, { settled, days, seen }: Derived, local: LocalSide) {
    this.#seen = seen;
    this.documents = documents;
    this.settled = settled;
    this.days = days;
    this.me = local.me;
    this.ownKeys = local.ownKeys;
    this.#local = local;
    this.#lists = local.hidden.lists.flatMap((doc) => {
      const list = documents.made("mutelist/1", doc)?.document;
      return list ? [{ doc, author: list.author, items: list.fields.items }] : [];
    });
  }

  /** Neither hidden here nor expired (M-60, M-70). */
  isSeen(shown: Pick<Shown, "document" | "touchedAt">): boolean {
    const known = this.#seen.get(shown.document);
    if (known !== undefined) return known;
    const isSeen = this.#mayBeSeen(shown);
    if (eventOf(shown.document) === undefined) this.#seen.set(shown.document, isSeen);
    return isSeen;
  }

  #mayBeSeen({ document, touchedAt }: Pick<Shown, "document" | "touchedAt">): boolean {
    const expiresAt = this.#expiresAt(document, touchedAt);
    if (expiresAt !== undefined && expiresAt <= this.#local.now) return false;
    const { title, name, text } = document.fields as Readonly<Record<string, unknown>>;
    const said = [title, name, text].filter((part) => typeof part === "string").join("\n");
    const doc = "doc" in document ? { doc: document.doc } : {};
    return hiddenBy({ ...doc, author: document.author, text: said }, this.#local.hidden, this.#lists) === undefined;
  }

  mayChange({ author, schema }: Pick<Document, "author" | "schema">): boolean {
    return this.ownKeys.has(author) || this.settled.mayWrite(this.me, author, schema);
  }

  rsvpsFor(event: string): readonly Shown<"rsvp/1">[] {
    this.#rsvps ??= Map.groupBy(
      this.documents.all("rsvp/1").filter((rsvp) => this.isSeen(rsvp)),
      ({ document }) => document.key.slice(0, ID_DIGITS),
    );
    return this.#rsvps.get(event) ?? [];
  }

  /** Oldest first. */
  notesAbout(doc: string): readonly NoteView[] {
    this.#notes ??= Map.groupBy(this.notes(), ({ about }) => about ?? "");
    return this.#notes.get(doc) ?? [];
  }

  notes(): readonly NoteView[] {
    const notes = this.documents.all("note/1").filter((note) => this.isSeen(note));
    return notes.map((note) => noteView(note, this.ownKeys)).sort((a, b) => a.writtenAt - b.writtenAt);
  }

  needsOf(event: string): readonly Shown<"need/1">[] {
    this.#needs ??= Map.groupBy(this.needs(), ({ document }) => document.fields.event);
    return this.#needs.get(event) ?? [];
  }

  /** Open ones. */
  needs(): readonly Shown<"need/1">[] {
    return this.documents.all("need/1").filter((need) => need.document.fields.open && this.isSeen(need));
  }

  /** As the key calls itself, or its animal. */
  nameOf(key: string): string {
    return this.documents.keyed("profile/1", key)?.document.fields.name || this.animalOf(key).name;
  }

  animalOf(key: string): AnimalName {
    return animalName(this.#local.hashOf(key));
  }

  hashOf(key: string): Uint8Array {
    return this.#local.hashOf(key);
  }

  devicesWith(author: string, seqNum: number): number {
    return this.#local.devicesWith(author, seqNum);
  }

  #expiresAt(document: Document, touchedAt: Seconds): Seconds | undefined {
    const about = eventOf(document);
    const event = about === undefined ? undefined : this.documents.made("event/1", about)?.document;
    const eventEnd = whenSpan(event?.fields.when)?.end;
    const context = { touchedAt, ...(eventEnd !== undefined && { eventEnd }) };
    return retentionOf<typeof document.schema>(document.schema, document.fields, context).expiresAt;
  }
}

/** The event on whose end it depends how long something is kept. */
function eventOf(document: Document): string | undefined {
  if (document.schema === "rsvp/1") return document.key.slice(0, ID_DIGITS);
  return document.schema === "flag/1" ? document.fields.about : undefined;
}

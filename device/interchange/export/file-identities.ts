// Under which names documents stand in a file. Strangers choose what their documents claim to come from, so every name
// is given only once: who comes second gets one of its own.
import { ownUid } from "../side-file.ts";
import { singleLine } from "../text/fit.ts";
import { cutUid } from "../uid-register.ts";
import type { EventDocument, FrameDocument, ResourceDocument, SeriesDocument } from "./programme-ground.ts";
import { isUuid, uuidV5 } from "./uuid-v5.ts";

export interface CalendarIdentity {
  readonly uid: string;
  /** Which occurrence of a repeating event: its original start in UTC, or the day. */
  readonly rid?: string;
}

/** What a RECURRENCE-ID can say. */
const RID = /^\d{8}(?:T\d{6}Z)?$/;
const OWN_UID = /^([0-9a-f]{64})@p2p$/;
const ID_MAX = 2 ** 31 - 1;

type Named = EventDocument | ResourceDocument | FrameDocument | SeriesDocument;

/** By document: what it is called where no entry names it. Who imported it keeps the name it had where it was made. */
export function ownUids(documents: readonly Named[]): ReadonlyMap<string, string> {
  const taken = new Set(documents.map(({ doc }) => ownUid(doc)));
  return new Map(
    documents.map(({ doc, fields: { origin } }) => {
      const uid = origin?.rid === undefined ? (origin?.uid ?? "") : "";
      if (!OWN_UID.test(uid) || taken.has(uid)) return [doc, ownUid(doc)];
      taken.add(uid);
      return [doc, uid];
    }),
  );
}

/** UIDs by document: that of its origin, so that a calendar that knows it from there recognises it; else its own. */
export function calendarIdentities(events: readonly EventDocument[]): ReadonlyMap<string, CalendarIdentity> {
  const own = new Set(events.map(({ doc }) => ownUid(doc)));
  const repeating = new Set(
    events.flatMap(({ fields: { origin } }) => (origin?.rid === undefined ? [] : [origin.uid])),
  );
  const taken = new Set<string>();
  return new Map(
    events.map((event) => {
      const found = originIdentity(event, repeating);
      const key = `${found?.uid}\n${found?.rid ?? ""}`;
      if (found === undefined || own.has(found.uid) || taken.has(key)) return [event.doc, { uid: ownUid(event.doc) }];
      taken.add(key);
      return [event.doc, found];
    }),
  );
}

/** Undefined where a calendar could not say it back: a whole event beside occurrences of it would be one of them. */
function originIdentity({ fields }: EventDocument, repeating: ReadonlySet<string>): CalendarIdentity | undefined {
  const { uid, rid } = fields.origin ?? {};
  if (uid === undefined || uid !== cutUid(singleLine(uid))) return undefined;
  if (rid === undefined) return repeating.has(uid) ? undefined : { uid };
  return RID.test(rid) ? { uid, rid } : undefined;
}

/** Guids and numbers of schedule files. */
export class ScheduleIdentities {
  readonly #sha1: (bytes: Uint8Array) => Uint8Array;
  readonly #guids = new Set<string>();
  readonly #ids = new Set<number>();

  constructor(sha1: (bytes: Uint8Array) => Uint8Array) {
    this.#sha1 = sha1;
  }

  /** By document: the guid of its origin, else one made of its id. */
  ofDocuments(documents: readonly Named[]): ReadonlyMap<string, string> {
    return new Map(ownFirst(documents).map((document) => [document.doc, this.#ofDocument(document)]));
  }

  /** One more entry for a document: in another room, on another day. */
  ofPart(doc: string, ...places: readonly string[]): string {
    return this.#claim(uuidV5([doc, ...places].join(" "), this.#sha1));
  }

  /** First 31 bits of a guid, and the next number where another has it. */
  idOf(guid: string): number {
    let id = Number.parseInt(guid.slice(0, 8), 16) >>> 1;
    while (id === 0 || this.#ids.has(id)) id = id === ID_MAX ? 1 : id + 1;
    this.#ids.add(id);
    return id;
  }

  #ofDocument({ doc, fields: { origin } }: Named): string {
    const uid = origin?.rid === undefined ? (origin?.uid ?? "") : "";
    if (isUuid(uid) && !this.#guids.has(uid)) return this.#claim(uid);
    return this.#claim(uuidV5(OWN_UID.exec(uid)?.[1] ?? doc, this.#sha1));
  }

  #claim(guid: string): string {
    let free = guid;
    while (this.#guids.has(free)) free = uuidV5(free, this.#sha1);
    this.#guids.add(free);
    return free;
  }
}

/** What was made here keeps its name whatever an import says. */
function ownFirst<Some extends Named>(documents: readonly Some[]): Some[] {
  return documents.toSorted((a, b) => Number(a.fields.origin !== undefined) - Number(b.fields.origin !== undefined));
}

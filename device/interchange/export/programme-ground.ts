// The documents of a festival as an export looks at them: what refers to what, in an order that is the same on every
// device. Neither formats nor times are known here.
import type { MadeDocument } from "../../../protocol/festival/view.ts";
import { knownTimezone } from "../local-time.ts";
import { DAY_START_DEFAULT_MINUTES } from "../schedule/schedule-time.ts";
import type { FestivalView } from "./festival-view.ts";

export type Made<Schema extends MadeDocument["schema"]> = Extract<MadeDocument, { readonly schema: Schema }>;
export type EventDocument = Made<"event/1">;
export type ResourceDocument = Made<"resource/1">;
export type FrameDocument = Made<"frame/1">;
export type SeriesDocument = Made<"series/1">;

/** An `etag` that counts; nothing changes a million times. */
const COUNT = /^\d{1,6}$/;

export class ProgrammeGround {
  /** The frame that a file is about: of those that are part of nothing, the one with the most events. */
  readonly main: FrameDocument | undefined;
  readonly frames: readonly FrameDocument[];
  readonly series: readonly SeriesDocument[];
  readonly resources: readonly ResourceDocument[];
  readonly events: readonly EventDocument[];
  readonly title: string;
  /** Known to this machine. */
  readonly timezone: string;
  readonly dayStart: number;
  readonly #documents: ReadonlyMap<string, MadeDocument>;
  readonly #confirmed: FestivalView["confirmed"];
  readonly #versions: FestivalView["versions"];

  constructor({ documents, title, timezone, confirmed, versions }: FestivalView) {
    this.#confirmed = confirmed;
    this.#versions = versions;
    this.#documents = new Map(documents.map((document) => [document.doc, document]));
    const ofSchema = <Schema extends MadeDocument["schema"]>(schema: Schema) =>
      documents.filter((document): document is Made<Schema> => document.schema === schema);
    this.frames = ofSchema("frame/1").toSorted(byTitle);
    this.series = ofSchema("series/1").toSorted(byTitle);
    this.resources = ofSchema("resource/1").toSorted(byTitle);
    this.events = ofSchema("event/1").toSorted(byStart);
    this.main = mainFrame(this.frames, this.events);
    this.title = this.main?.fields.title ?? title;
    this.timezone = knownTimezone(this.main?.fields.tz ?? "") ?? knownTimezone(timezone) ?? "UTC";
    this.dayStart = this.main?.fields.dayStart ?? DAY_START_DEFAULT_MINUTES;
  }

  /** Where it happens: what was confirmed, else what its author says. */
  venuesOf(event: EventDocument): ResourceDocument[] {
    const confirmed = this.#resourcesOf(this.#confirmed.get(event.doc)).filter(isVenue);
    return confirmed.length > 0 ? confirmed : this.#resourcesOf(event.fields.venues).filter(isVenue);
  }

  /** What else was given to it. */
  materialsOf(event: EventDocument): ResourceDocument[] {
    return this.#resourcesOf(this.#confirmed.get(event.doc)).filter((resource) => !isVenue(resource));
  }

  /** Titles of the frames within the whole that it is part of. */
  tracksOf(event: EventDocument): string[] {
    return (event.fields.frames ?? []).flatMap((doc) => {
      const frame = this.#documents.get(doc);
      return frame?.schema === "frame/1" && frame !== this.main ? [frame.fields.title] : [];
    });
  }

  /** How often it changed, where it came from included. */
  sequenceOf({ doc, fields: { origin } }: EventDocument): number {
    const before = COUNT.test(origin?.etag ?? "") ? Number(origin?.etag) : 0;
    return before + (this.#versions.get(doc) ?? 0);
  }

  #resourcesOf(docs: readonly string[] = []): ResourceDocument[] {
    return [...new Set(docs)].flatMap((doc) => {
      const resource = this.#documents.get(doc);
      return resource?.schema === "resource/1" ? [resource] : [];
    });
  }
}

export function isVenue({ fields }: ResourceDocument): boolean {
  return fields.kind === "venue";
}

function mainFrame(frames: readonly FrameDocument[], events: readonly EventDocument[]): FrameDocument | undefined {
  const counts = new Map<string, number>();
  for (const doc of events.flatMap(({ fields }) => fields.frames ?? [])) counts.set(doc, (counts.get(doc) ?? 0) + 1);
  const count = ({ doc }: FrameDocument) => counts.get(doc) ?? 0;
  return frames.filter(({ fields }) => fields.parent === undefined).toSorted((a, b) => count(b) - count(a))[0];
}

type Titled = FrameDocument | SeriesDocument | ResourceDocument;

function byTitle(a: Titled, b: Titled): number {
  return compare(a.fields.title, b.fields.title) || compare(a.doc, b.doc);
}

/** What has no instant comes last. */
function byStart(a: EventDocument, b: EventDocument): number {
  return compare(startOf(a), startOf(b)) || compare(a.doc, b.doc);
}

function startOf({ fields: { when } }: EventDocument): number {
  if (when?.m === "exact") return when.start;
  return when?.m === "days" ? Date.parse(when.from) / 1000 : Number.POSITIVE_INFINITY;
}

/** The same in every language of the machine. */
function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

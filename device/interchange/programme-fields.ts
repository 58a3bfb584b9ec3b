// From the words of a programme file to the fields of documents: rooms become venues that cannot be booked (M-85), the
// whole becomes a frame, entries become events. Each carries its origin, by which the next import finds it again (M-18).
import type { EventFieldsWritten } from "../../protocol/festival/schema/event.ts";
import type { FrameFieldsWritten } from "../../protocol/festival/schema/frame.ts";
import type { ResourceFieldsWritten } from "../../protocol/festival/schema/resource.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import type { CborMap, CborValue } from "../../protocol/operation/cbor.ts";
import { isRepresentable, readDate, readDateTime, resolveWall, secondsOf } from "./local-time.ts";
import type { CarriedDocument, CarriedFields, FileEvent, FileVenue, ProgrammeFile } from "./programme-file.ts";

/** A programme has one frame. */
export const FRAME_UID = "programme";

/**
 * Fields that a later import changes. What else a document has (a note, pictures) is its keeper's, and so is whether a
 * venue can be booked once it is here.
 */
export const IMPORTED_FIELDS = {
  "frame/1": ["title", "start", "end", "tz", "dayStart", "origin"],
  "resource/1": ["title", "capacity", "origin"],
  "series/1": ["title", "origin"],
  "event/1": [
    ...["title", "summary", "text", "when", "status", "kind", "tags", "hosts", "links", "place"],
    ...["venues", "lang", "record", "frames", "origin"],
  ],
} as const satisfies { readonly [schema: string]: readonly string[] };

/** What the documents of a file become here, by the ids they had where it was written; others keep their ids (M-09). */
export type DocumentsHere = ReadonlyMap<string, string>;

const NOBODY: DocumentsHere = new Map();

export function frameFields(file: ProgrammeFile, src: string): FrameFieldsWritten {
  const { title, timezone, dayStart, carried = [] } = file;
  const fields = {
    title,
    ...frameSpan(file),
    tz: timezone,
    ...(dayStart !== undefined && { dayStart }),
    origin: { src, uid: FRAME_UID },
  };
  return withCarried(fields, carried.find(({ key }) => key === FRAME_UID)?.carried, NOBODY);
}

/** A series, or a frame within the whole. */
export function carriedFields({ key, carried }: CarriedDocument, src: string, here: DocumentsHere): CborMap {
  return withCarried({ origin: { src, uid: key } }, carried, here) as unknown as CborMap;
}

export function venueFields({ key, name, capacity, carried }: FileVenue, src: string): ResourceFieldsWritten {
  const fields: ResourceFieldsWritten = {
    kind: "venue",
    title: name,
    ...(capacity !== undefined && { capacity }),
    policy: "none",
    origin: { src, uid: key },
  };
  return withCarried(fields, carried, NOBODY);
}

/** Where an event belongs: ids of documents. */
export interface EventGround {
  readonly venue?: string | undefined;
  readonly frame?: string | undefined;
  readonly here?: DocumentsHere;
}

export function eventFields(event: FileEvent, src: string, ground: EventGround): EventFieldsWritten {
  const { uid, rid, rrule, sequence, place, geo, venue: _key, status, tags, hosts, links, carried, ...same } = event;
  const { venue, frame, here = NOBODY } = ground;
  const fields: EventFieldsWritten = {
    ...(same as Pick<EventFieldsWritten, "title" | "summary" | "text" | "when" | "kind" | "lang" | "record">),
    ...(status !== "planned" && { status }),
    ...(tags.length > 0 && { tags }),
    ...(hosts.length > 0 && { hosts }),
    ...(links.length > 0 && { links: links as NonNullable<EventFieldsWritten["links"]> }),
    ...((place !== undefined || geo) && {
      place: { ...(place !== undefined && { text: place }), ...(geo && { geo }) },
    }),
    ...(venue !== undefined && { venues: [venue] }),
    ...(frame !== undefined && { frames: [frame] }),
    origin: {
      ...{ src, uid, ...(rid !== undefined && { rid }), ...(rrule !== undefined && { rrule }) },
      ...(sequence !== undefined && { etag: String(sequence) }),
    },
  };
  return withCarried(fields, carried, here);
}

/** Fields of one document that name others. */
const REFERENCES = new Set(["venues", "frames", "parent", "series"]);

/** What is carried stands over what was read; where it comes from, with the state in which it was found there. */
function withCarried<Fields extends { readonly origin?: EventFieldsWritten["origin"] }>(
  fields: Fields,
  carried: CarriedFields | undefined,
  here: DocumentsHere,
): Fields {
  if (!carried) return fields;
  const whole: Record<string, CborValue> = Object.assign(Object.create(null), fields);
  for (const [name, value] of Object.entries(carried.fields)) {
    if (value === null) delete whole[name];
    else whole[name] = REFERENCES.has(name) ? translate(value, here) : value;
  }
  const etag = fields.origin?.etag;
  if (carried.origin) whole["origin"] = { ...carried.origin, ...(etag !== undefined && { etag }) };
  return whole as unknown as Fields;
}

function translate(value: CborValue, here: DocumentsHere): CborValue {
  if (Array.isArray(value)) return value.map((doc) => translate(doc, here));
  return typeof value === "string" ? (here.get(value) ?? value) : value;
}

/** Labels: what cannot be read is left out, and both go where they contradict each other. */
function frameSpan({ start, end, timezone }: ProgrammeFile): { start?: Seconds; end?: Seconds } {
  const from = instantOf(start, timezone, 0);
  const to = instantOf(end, timezone, 1);
  if (from !== undefined && to !== undefined && to <= from) return {};
  return { ...(from !== undefined && { start: from }), ...(to !== undefined && { end: to }) };
}

const SECONDS_PER_MINUTE = 60;

/** A bare date means its midnight; `daysLater` is 1 where the date names the last day, whole. */
function instantOf(label: string | undefined, timezone: string, daysLater: 0 | 1): Seconds | undefined {
  const date = readDate(label ?? "");
  const written = date ? { wall: date.add({ days: daysLater }).toPlainDateTime() } : readDateTime(label ?? "");
  if (written === undefined) return undefined;
  const { wall, offsetMinutes } = written;
  const seconds =
    offsetMinutes === undefined ? resolveWall(wall, timezone).seconds : secondsOf({ wall, offsetMinutes });
  return isRepresentable(seconds) ? seconds - (seconds % SECONDS_PER_MINUTE) : undefined;
}

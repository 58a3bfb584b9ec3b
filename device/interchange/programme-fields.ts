// From the words of a programme file to the fields of documents: rooms become venues that cannot be booked (M-85), the
// whole becomes a frame, entries become events. Each carries its origin, by which the next import finds it again (M-18).
import type { EventFieldsWritten } from "../../protocol/festival/schema/event.ts";
import type { FrameFieldsWritten } from "../../protocol/festival/schema/frame.ts";
import type { ResourceFieldsWritten } from "../../protocol/festival/schema/resource.ts";
import type { Seconds } from "../../protocol/festival/when.ts";
import { isRepresentable, readDate, readDateTime, resolveWall, secondsOf } from "./local-time.ts";
import type { FileEvent, FileVenue, ProgrammeFile } from "./programme-file.ts";

/** A programme has one frame. */
export const FRAME_UID = "programme";

/**
 * Fields that a later import changes. What else a document has (a note, pictures) is its keeper's, and so is whether a
 * venue can be booked once it is here.
 */
export const IMPORTED_FIELDS = {
  "frame/1": ["title", "start", "end", "tz", "dayStart", "origin"],
  "resource/1": ["title", "capacity", "origin"],
  "event/1": [
    ...["title", "summary", "text", "when", "status", "kind", "tags", "hosts", "links", "place"],
    ...["venues", "lang", "record", "frames", "origin"],
  ],
} as const satisfies { readonly [schema: string]: readonly string[] };

export function frameFields(file: ProgrammeFile, src: string): FrameFieldsWritten {
  const { title, timezone, dayStart } = file;
  return {
    title,
    ...frameSpan(file),
    tz: timezone,
    ...(dayStart !== undefined && { dayStart }),
    origin: { src, uid: FRAME_UID },
  };
}

export function venueFields({ key, name, capacity }: FileVenue, src: string): ResourceFieldsWritten {
  return {
    kind: "venue",
    title: name,
    ...(capacity !== undefined && { capacity }),
    policy: "none",
    origin: { src, uid: key },
  };
}

/** Where an event belongs: ids of documents. */
export interface EventGround {
  readonly venue?: string | undefined;
  readonly frame?: string | undefined;
}

export function eventFields(event: FileEvent, src: string, { venue, frame }: EventGround): EventFieldsWritten {
  const { uid, rid, rrule, place, venue: _key, status, tags, hosts, links, ...same } = event;
  return {
    ...(same as Pick<EventFieldsWritten, "title" | "summary" | "text" | "when" | "kind" | "lang" | "record">),
    ...(status !== "planned" && { status }),
    ...(tags.length > 0 && { tags }),
    ...(hosts.length > 0 && { hosts }),
    ...(links.length > 0 && { links: links as NonNullable<EventFieldsWritten["links"]> }),
    ...(place !== undefined && { place: { text: place } }),
    ...(venue !== undefined && { venues: [venue] }),
    ...(frame !== undefined && { frames: [frame] }),
    origin: { src, uid, ...(rid !== undefined && { rid }), ...(rrule !== undefined && { rrule }) },
  };
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

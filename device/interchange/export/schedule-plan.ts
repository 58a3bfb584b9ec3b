// The programme as schedule.xml and schedule JSON lay it out: days, rooms, entries. What has no place in it is named in
// a remark, and left to the side file.
import type { Seconds } from "../../../protocol/festival/when.ts";
import { ENTRIES_MAX, type FileRemark } from "../programme-file.ts";
import { quoted } from "../text/fit.ts";
import type { ScheduleIdentities } from "./file-identities.ts";
import type { EventDocument, ProgrammeGround } from "./programme-ground.ts";
import { ScheduleRooms } from "./schedule-rooms.ts";
import { type DatedSpan, datedSpans, festivalDate, festivalDayStart, type Span, spanOf } from "./schedule-spans.ts";

/** One entry of the file: an event, or its part in one room on one day. */
export interface SchedulePart extends DatedSpan {
  readonly event: EventDocument;
  readonly guid: string;
  readonly id: number;
  readonly room: string;
}

export interface ScheduleDay extends Span {
  /** From 1. */
  readonly index: number;
  /** "2026-01-31" */
  readonly date: string;
  /** Name and entries in order of start; only rooms with entries. */
  readonly rooms: readonly (readonly [string, readonly SchedulePart[]])[];
}

export interface SchedulePlan {
  readonly days: readonly [ScheduleDay, ...ScheduleDay[]];
  readonly rooms: ScheduleRooms;
  /** Guids of an event's entries by its document, its own first; none for what is left to the side file. */
  readonly guids: ReadonlyMap<string, readonly string[]>;
  readonly remarks: readonly FileRemark[];
}

/** Longer than any festival; beyond it somebody mistook a year. */
const DAYS_MAX = 100;
const DAY_SECONDS = 86_400;

/** `now` tells the day of a programme that has none. */
export function planSchedule(ground: ProgrammeGround, identities: ScheduleIdentities, now: Seconds): SchedulePlan {
  const rooms = new ScheduleRooms(ground, identities);
  const ownGuids = identities.ofDocuments(ground.events);
  const parts: SchedulePart[] = [];
  const guids = new Map<string, readonly string[]>();
  const remarks: FileRemark[] = [];
  for (const event of ground.events) {
    const spans = spansOf(event, ground);
    const places =
      typeof spans === "string"
        ? []
        : rooms.ofEvent(event, ground).flatMap((room) => spans.map((span) => ({ ...span, room })));
    if (typeof spans === "string" || parts.length + places.length > ENTRIES_MAX) {
      const why = typeof spans === "string" ? spans : "finds the file full";
      remarks.push({ where: `event ${quoted(event.fields.title)}`, why: `${why}; only the side file has it` });
      continue;
    }
    const own = places.map((place, index): SchedulePart => {
      const guid =
        index === 0 ? (ownGuids.get(event.doc) as string) : identities.ofPart(event.doc, place.room, place.date);
      return { ...place, event, guid, id: identities.idOf(guid) };
    });
    parts.push(...own);
    guids.set(
      event.doc,
      own.map(({ guid }) => guid),
    );
  }
  return { days: daysOf(parts, ground, now), rooms, guids, remarks };
}

/** A string says why the format has no place for it. */
function spansOf({ fields }: EventDocument, ground: ProgrammeGround): DatedSpan[] | string {
  if (fields.status === "postponed") return "is postponed";
  const span = fields.when && spanOf(fields.when, ground.timezone);
  if (span === undefined) return "has no time of the clock";
  return span.end - span.start > DAYS_MAX * DAY_SECONDS ? `lasts over ${DAYS_MAX} days` : datedSpans(span, ground);
}

/** A schedule has one day at least. */
function daysOf(parts: readonly SchedulePart[], ground: ProgrammeGround, now: Seconds): SchedulePlan["days"] {
  const byDate = Map.groupBy(parts, ({ date }) => date);
  if (byDate.size === 0) byDate.set(festivalDate(ground.main?.fields.start ?? now, ground), []);
  const days = [...byDate].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return days.map(([date, entries], index): ScheduleDay => {
    const rooms = Map.groupBy(
      entries.toSorted((a, b) => a.start - b.start),
      ({ room }) => room,
    );
    const start = festivalDayStart(date, ground);
    const next = new Date(Date.parse(date) + DAY_SECONDS * 1000).toISOString().slice(0, "YYYY-MM-DD".length);
    return { index: index + 1, date, start, end: festivalDayStart(next, ground), rooms: [...rooms] };
  }) as unknown as SchedulePlan["days"];
}

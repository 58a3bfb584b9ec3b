// Puts the records of a side file onto the programme beside which it lies (M-87). Records hold only what the file cannot
// say, so an entry that another program changed keeps the change.
import type { CborValue } from "../../protocol/operation/cbor.ts";
import type { CarriedFields, FileEvent, FileRemark, FileVenue, ProgrammeFile } from "./programme-file.ts";
import type { SideRecord } from "./side-file.ts";

/** Feeds that one file may hold documents of; each costs a search among all that was imported. */
const SOURCES_MAX = 64;

export function withSideRecords(file: ProgrammeFile, records: readonly SideRecord[]): ProgrammeFile {
  const skipped = [...file.skipped];
  const of = (schema: SideRecord["schema"]) => records.filter((record) => record.schema === schema);
  const events = mergeEvents(file.events, of("event/1"), skipped);
  const venues = venuesInUse(mergeVenues(file.venues, of("resource/1"), skipped), events);
  const others = new Map(
    records.flatMap(({ schema, uid, ...rest }) => {
      if (schema !== "frame/1" && schema !== "series/1") return [];
      return [[`${schema} ${uid}`, { schema, key: uid, carried: carriedIn(rest) }] as const];
    }),
  );
  const origins = new OriginRegister();
  return {
    ...file,
    carried: [...others.values()].map((one) => ({ ...one, carried: origins.admit(one.schema, one.carried) })),
    venues: venues.map((one) => origins.admitted("resource/1", one)),
    events: events.map((one) => origins.admitted("event/1", one)),
    skipped,
  };
}

function mergeEvents(
  entries: readonly FileEvent[],
  records: readonly SideRecord[],
  skipped: FileRemark[],
): FileEvent[] {
  const byEntry = new Map(records.map((record) => [entryKey(record), record]));
  const parts = new Set(records.flatMap(({ also = [] }) => also));
  const events = entries
    .filter(({ uid }) => !parts.has(uid))
    .map((entry) => {
      const record = byEntry.get(entryKey(entry));
      byEntry.delete(entryKey(entry));
      return record ? { ...entry, ...sequenceOf(record), carried: carriedIn(record) } : entry;
    });
  return [...events, ...[...byEntry.values()].flatMap((record) => eventAlone(record, skipped) ?? [])];
}

/** What the file has no entry for: the record is all there is. */
function eventAlone(record: SideRecord, skipped: FileRemark[]): FileEvent | undefined {
  const title = titleOf(record, skipped);
  if (title === undefined) return undefined;
  const { uid, rid } = record;
  const empty = { title, status: "planned", tags: [], hosts: [], links: [] } as const;
  return { uid, ...(rid !== undefined && { rid }), ...empty, ...sequenceOf(record), carried: carriedIn(record) };
}

function mergeVenues(
  entries: readonly FileVenue[],
  records: readonly SideRecord[],
  skipped: FileRemark[],
): FileVenue[] {
  const byKey = new Map(records.map((record) => [record.uid, record]));
  const venues = entries.map((entry) => {
    const record = byKey.get(entry.key);
    byKey.delete(entry.key);
    return record ? { ...entry, carried: carriedIn(record) } : entry;
  });
  const alone = [...byKey.values()].flatMap((record) => {
    const name = titleOf(record, skipped);
    return name === undefined ? [] : [{ key: record.uid, name, carried: carriedIn(record) }];
  });
  return [...venues, ...alone];
}

/** A room that stands in the file only because a room must: "no place", "Barn; Lakeside". */
function venuesInUse(venues: readonly FileVenue[], events: readonly FileEvent[]): FileVenue[] {
  const isOverruled = ({ carried }: FileEvent) => carried !== undefined && Object.hasOwn(carried.fields, "venues");
  const overruled = new Set(events.filter(isOverruled).map(({ venue }) => venue));
  const used = new Set(events.filter((event) => !isOverruled(event)).map(({ venue }) => venue));
  return venues.filter(({ key, carried }) => carried !== undefined || used.has(key) || !overruled.has(key));
}

/** Whoever took an entry out of the file meant it. */
function titleOf({ uid, fields }: SideRecord, skipped: FileRemark[]): string | undefined {
  const title = fields["title"];
  if (typeof title === "string") return title;
  skipped.push({ where: `UID ${uid}`, why: "stands in the side file but not in the file" });
  return undefined;
}

/** Each origin once, and not of too many feeds: what comes after counts as coming from this file. */
class OriginRegister {
  readonly #sources = new Set<CborValue>();
  readonly #origins = new Set<string>();

  admitted<One extends { readonly carried?: CarriedFields }>(schema: SideRecord["schema"], one: One): One {
    return one.carried ? { ...one, carried: this.admit(schema, one.carried) } : one;
  }

  admit(schema: SideRecord["schema"], carried: CarriedFields): CarriedFields {
    const { origin, ...rest } = carried;
    if (origin === undefined) return carried;
    const { src = null, uid = null, rid = null } = origin;
    const key = JSON.stringify([schema, src, uid, rid]);
    if (this.#origins.has(key) || (!this.#sources.has(src) && this.#sources.size >= SOURCES_MAX)) return rest;
    this.#origins.add(key);
    this.#sources.add(src);
    return carried;
  }
}

function carriedIn({ doc, fields, origin }: CarriedFields): CarriedFields {
  return { doc, fields, ...(origin && { origin }) };
}

function sequenceOf({ sequence }: SideRecord): Pick<FileEvent, "sequence"> {
  return sequence === undefined ? {} : { sequence };
}

/** What tells the events of one file apart. */
export function entryKey({ uid, rid }: Pick<FileEvent, "uid" | "rid">): string {
  return `${uid}\n${rid ?? ""}`;
}

// What a file does not say of the documents in it (M-87): the difference between them and what our own reader makes of
// the file. So nothing can be forgotten, whatever a format, a limit or a repair of the reader takes away.
import { isMap } from "../../../protocol/festival/rule.ts";
import { readFields } from "../../../protocol/festival/schema.ts";
import type { MadeDocument } from "../../../protocol/festival/view.ts";
import type { ExactWhen } from "../../../protocol/festival/when.ts";
import type { CborMap, CborValue } from "../../../protocol/operation/cbor.ts";
import { sameValue } from "../apply-programme.ts";
import { knownTimezone, wallAt, wallText } from "../local-time.ts";
import { eventFields, FRAME_UID, frameFields, type IMPORTED_FIELDS, venueFields } from "../programme-fields.ts";
import type { FileEvent, ProgrammeFile } from "../programme-file.ts";
import { programmeSource } from "../programme-source.ts";
import { NOT_CARRIED, type SideRecord } from "../side-file.ts";
import { entryKey } from "../with-side-records.ts";
import { ownUids } from "./file-identities.ts";
import type { ProgrammeGround } from "./programme-ground.ts";

/** Where the documents stand in the file that was written. */
export interface WrittenEntries {
  /** Of venues, by document. */
  readonly venueKeys: ReadonlyMap<string, string>;
  /** Of events, by document: best entry first. What has none is not in the file. */
  readonly eventKeys: ReadonlyMap<string, readonly Pick<FileEvent, "uid" | "rid">[]>;
}

/** `file` is what reading the written file gives. */
export function carriedRecords(ground: ProgrammeGround, file: ProgrammeFile, entries: WrittenEntries): SideRecord[] {
  const src = programmeSource(file);
  const { main } = ground;
  const inner = [...ground.frames, ...ground.series].filter((document) => document !== main);
  const venues = new Map(file.venues.map((venue) => [venue.key, venue]));
  const events = new Map(file.events.map((event) => [entryKey(event), event]));
  const venueDocs = new Map([...entries.venueKeys].map(([doc, key]) => [key, doc]));
  const frame = main?.doc ?? FRAME_UID;
  const readEvent = (event: FileEvent) =>
    eventFields(event, src, { venue: venueDocs.get(event.venue ?? "") ?? event.venue, frame });
  const uids = ownUids([...inner, ...ground.resources, ...ground.events]);
  const uidOf = ({ doc }: MadeDocument) => uids.get(doc) as string;
  return [
    ...(main ? [recordOf(main, { uid: FRAME_UID }, frameFields(file, src))] : []),
    ...inner.map((document) => recordOf(document, { uid: uidOf(document) }, {})),
    ...ground.resources.map((resource) => {
      const uid = entries.venueKeys.get(resource.doc) ?? uidOf(resource);
      const venue = venues.get(uid);
      return recordOf(resource, { uid }, venue ? venueFields(venue, src) : {});
    }),
    ...ground.events.map((event) => {
      const [first, ...others] = entries.eventKeys.get(event.doc) ?? [];
      const also = others.flatMap((key) => (events.has(entryKey(key)) ? [key.uid] : []));
      const entry = first && events.get(entryKey(first));
      const sequence = ground.sequenceOf(event);
      const more = { ...(also.length > 0 && { also }), ...(sequence > 0 && { sequence }) };
      const read = entry ? readEvent(entry) : { frames: [frame] };
      return recordOf(event, { ...(first ?? { uid: uidOf(event) }), ...more }, read);
    }),
  ];
}

function recordOf(
  document: MadeDocument,
  identity: Pick<SideRecord, "uid" | "rid" | "also" | "sequence">,
  read: object,
): SideRecord {
  const schema = document.schema as keyof typeof IMPORTED_FIELDS;
  const there = readFields(schema, read as CborMap) as unknown as CborMap;
  const here = document.fields as unknown as CborMap;
  const fields: Record<string, CborValue> = Object.create(null);
  for (const name of new Set([...Object.keys(here), ...Object.keys(there)])) {
    const [value, found] = [here[name] ?? null, there[name] ?? null];
    if (NOT_CARRIED.has(name) || holdsBytes(value)) continue;
    if (!sameValue(withoutNaturalWall(value), withoutNaturalWall(found))) fields[name] = value;
  }
  const { doc, author } = document;
  const origin = withoutEtag(here["origin"]);
  const isOther = origin !== undefined && !sameValue(origin, withoutEtag(there["origin"]));
  return { schema, doc, author, ...identity, fields, ...(isOther && { origin: origin as CborMap }) };
}

/** How often the source changed it stands in the entry. */
function withoutEtag(origin: CborValue | undefined): CborValue | undefined {
  if (!isMap(origin)) return undefined;
  const { etag: _etag, ...rest } = origin;
  return rest;
}

/** A local time that is the one of the instant says nothing more than the instant. */
function withoutNaturalWall(value: CborValue): CborValue {
  if (!isMap(value) || value["m"] !== "exact" || value["wall"] === undefined) return value;
  const { wall, ...rest } = value;
  const { start, tz } = value as unknown as ExactWhen;
  return knownTimezone(tz) !== undefined && wall === wallText(wallAt(start, tz)) ? rest : value;
}

/** JSON has no bytes, and no field of a schema that this version knows has any. */
function holdsBytes(value: CborValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Uint8Array || Object.values(value).some(holdsBytes);
}

// Plans what an import publishes: compares what the file says with the documents that earlier imports of the same
// source left, and writes only the difference (M-18). Pure; publish-programme.ts carries the plan out.
import { type BodyToWrite, encodeBody } from "../../protocol/festival/body.ts";
import type { OpenState } from "../../protocol/festival/document-state.ts";
import { checkFields, type DocumentSchema } from "../../protocol/festival/schema.ts";
import { CborError, type CborMap, type CborValue } from "../../protocol/operation/cbor.ts";
import {
  carriedFields,
  type DocumentsHere,
  eventFields,
  FRAME_UID,
  frameFields,
  IMPORTED_FIELDS,
  venueFields,
} from "./programme-fields.ts";
import type { CarriedDocument, CarriedFields, FileEvent, FileRemark, ProgrammeFile } from "./programme-file.ts";

type ImportedSchema = keyof typeof IMPORTED_FIELDS;

/** One document of the file. Nothing is published for a step without a body. */
export interface Step {
  readonly schema: DocumentSchema;
  /** `uid` of its origin. */
  readonly uid: string;
  /** Absent until it is created. */
  readonly doc?: string;
  /** What other documents of the file call it, where it was exported from. */
  readonly was?: string;
  readonly body?: BodyToWrite;
  /** Why it cannot become a document. */
  readonly fault?: FileRemark;
}

/** What one author imported, by schema and origin. */
export class KnownDocuments {
  readonly #documents = new Map<string, OpenState>();

  constructor(documents: Iterable<OpenState>) {
    for (const state of documents) {
      const key = originKey(state.schema, state.fields);
      if (!this.#documents.has(key)) this.#documents.set(key, state);
    }
  }

  find(schema: DocumentSchema, fields: CborMap): OpenState | undefined {
    return this.#documents.get(originKey(schema, fields));
  }

  count(schema: DocumentSchema): number {
    return [...this.#documents.values()].filter((state) => state.schema === schema).length;
  }
}

/** The frame and the venues: what events refer to, so it is published before them. */
export function planGround(file: ProgrammeFile, src: string, known: KnownDocuments): readonly Step[] {
  const frame = frameFields(file, src) as unknown as CborMap;
  return [
    planDocument("frame/1", frame, known, file.carried?.find(isWhole)?.carried),
    ...file.venues.map((venue) => {
      return planDocument("resource/1", venueFields(venue, src) as unknown as CborMap, known, venue.carried);
    }),
  ];
}

/** Frames in frames in frames: nobody needs more, and each takes a transaction. */
const INNER_GROUPS_MAX = 8;

/** Series and the frames within the whole, in groups: what a frame is part of is in a group before its own. */
export function innerGroups(file: ProgrammeFile): readonly (readonly CarriedDocument[])[] {
  const groups: CarriedDocument[][] = [];
  let left = (file.carried ?? []).filter((document) => !isWhole(document));
  while (left.length > 0) {
    const waiting = new Set<unknown>(left.map(({ carried }) => carried.doc));
    const isLast = groups.length === INNER_GROUPS_MAX - 1;
    const ready = left.filter(({ carried }) => isLast || !waiting.has(carried.fields["parent"]));
    const group = ready.length > 0 ? ready : left;
    groups.push(group);
    left = left.filter((document) => !group.includes(document));
  }
  return groups;
}

/** `ground` are the steps before, each with its document by now. */
export function planInner(
  group: readonly CarriedDocument[],
  src: string,
  ground: readonly Step[],
  known: KnownDocuments,
): readonly Step[] {
  const here = documentsHere(ground);
  return group.map((one) => planDocument(one.schema, carriedFields(one, src, here), known, one.carried));
}

/** `ground` are the steps of `planGround` and `planInner`, each with its document by now. */
export function planEvents(
  file: ProgrammeFile,
  src: string,
  ground: readonly Step[],
  known: KnownDocuments,
): readonly Step[] {
  const frame = ground.find(({ schema }) => schema === "frame/1")?.doc;
  const resources = ground.filter(({ schema }) => schema === "resource/1");
  const venues = new Map(file.venues.map(({ key }, index) => [key, resources[index]?.doc]));
  const here = documentsHere(ground);
  const venueOf = ({ venue }: FileEvent) => (venue === undefined ? undefined : venues.get(venue));
  return file.events.map((event) => {
    const fields = eventFields(event, src, { frame, venue: venueOf(event), here });
    return planDocument("event/1", fields as unknown as CborMap, known, event.carried);
  });
}

function isWhole({ schema, key }: CarriedDocument): boolean {
  return schema === "frame/1" && key === FRAME_UID;
}

function documentsHere(ground: readonly Step[]): DocumentsHere {
  return new Map(ground.flatMap(({ was, doc }) => (was === undefined || doc === undefined ? [] : [[was, doc]])));
}

/** What to publish, in this order. */
export function bodiesOf(steps: readonly Step[]): readonly BodyToWrite[] {
  return steps.flatMap(({ body }) => body ?? []);
}

/** The steps with the documents that they made; `ids` are the operations of `bodiesOf(steps)`, hex. */
export function withDocuments(steps: readonly Step[], ids: readonly string[]): readonly Step[] {
  const published = ids.values();
  return steps.map((step) => {
    const id = step.body && published.next().value;
    return step.doc === undefined && id !== undefined ? { ...step, doc: id } : step;
  });
}

function planDocument(schema: ImportedSchema, fields: CborMap, known: KnownDocuments, carried?: CarriedFields): Step {
  const step = { schema, uid: originOf(fields).uid, ...(carried && { was: carried.doc }) };
  const faultOf = (why: string): Step => ({ ...step, fault: { where: `UID ${step.uid}`, why } });
  const faults = checkFields(schema, fields);
  if (faults.length > 0) return faultOf(faults.join("; "));
  const state = known.find(schema, fields);
  const names = new Set([...IMPORTED_FIELDS[schema], ...Object.keys(carried?.fields ?? {})]);
  const changes = state && changedFields(names, fields, state.fields);
  if (state && changes && Object.keys(changes).length === 0) return { ...step, doc: state.doc };
  const body = (state
    ? { a: "update", s: schema, d: state.doc, v: state.version[1], f: changes }
    : { a: "create", s: schema, f: fields }) as unknown as BodyToWrite;
  const why = unwritable(body);
  return why === undefined ? { ...step, ...(state && { doc: state.doc }), body } : faultOf(why);
}

/** Fields can be valid one by one and too much for a body together; what is carried may be no value of a body at all. */
function unwritable(body: BodyToWrite): string | undefined {
  try {
    encodeBody(body);
    return undefined;
  } catch (error) {
    if (error instanceof CborError) return error.message;
    throw error;
  }
}

/** `null` clears a field. */
function changedFields(names: Iterable<string>, wanted: CborMap, present: CborMap): CborMap {
  const changes = [...names].flatMap((name): [string, CborValue][] => {
    const value = wanted[name] ?? null;
    return sameValue(value, present[name] ?? null) ? [] : [[name, value]];
  });
  return Object.fromEntries(changes);
}

export function sameValue(a: CborValue | undefined, b: CborValue | undefined): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [mapA, mapB] = [a as CborMap, b as CborMap];
  const names = Object.keys(mapA);
  return names.length === Object.keys(mapB).length && names.every((name) => sameValue(mapA[name], mapB[name]));
}

interface Origin {
  readonly src: string;
  readonly uid: string;
  readonly rid?: string;
}

function originOf(fields: CborMap): Origin {
  return fields["origin"] as unknown as Origin;
}

function originKey(schema: DocumentSchema, fields: CborMap): string {
  const { src, uid, rid } = originOf(fields);
  return JSON.stringify([schema, src, uid, rid]);
}

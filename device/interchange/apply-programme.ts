// Plans what an import publishes: compares what the file says with the documents that earlier imports of the same
// source left, and writes only the difference (M-18). Pure; publish-programme.ts carries the plan out.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import type { OpenState } from "../../protocol/festival/document-state.ts";
import { checkFields, type DocumentSchema } from "../../protocol/festival/schema.ts";
import type { CborMap, CborValue } from "../../protocol/operation/cbor.ts";
import { eventFields, FRAME_UID, frameFields, IMPORTED_FIELDS, venueFields } from "./programme-fields.ts";
import type { FileEvent, FileRemark, ProgrammeFile } from "./programme-file.ts";

/** One document of the file. Nothing is published for a step without a body. */
export interface Step {
  readonly schema: DocumentSchema;
  /** `uid` of its origin. */
  readonly uid: string;
  /** Absent until it is created. */
  readonly doc?: string;
  readonly body?: BodyToWrite;
  /** Why it cannot become a document. */
  readonly fault?: FileRemark;
}

/** Documents of one author and one source, by schema, uid and rid. */
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
  return [
    planDocument("frame/1", frameFields(file, src) as unknown as CborMap, known),
    ...file.venues.map((venue) => planDocument("resource/1", venueFields(venue, src) as unknown as CborMap, known)),
  ];
}

/** `ground` are the steps of `planGround`, each with its document by now. */
export function planEvents(
  file: ProgrammeFile,
  src: string,
  ground: readonly Step[],
  known: KnownDocuments,
): readonly Step[] {
  const frame = ground.find(({ schema, uid }) => schema === "frame/1" && uid === FRAME_UID)?.doc;
  const venues = new Map(ground.filter(({ schema }) => schema === "resource/1").map(({ uid, doc }) => [uid, doc]));
  const venueOf = ({ venue }: FileEvent) => (venue === undefined ? undefined : venues.get(venue));
  return file.events.map((event) => {
    const fields = eventFields(event, src, { frame, venue: venueOf(event) });
    return planDocument("event/1", fields as unknown as CborMap, known);
  });
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

function planDocument(schema: DocumentSchema, fields: CborMap, known: KnownDocuments): Step {
  const step = { schema, uid: originOf(fields).uid };
  const faults = checkFields(schema, fields);
  if (faults.length > 0) return { ...step, fault: { where: `UID ${step.uid}`, why: faults.join("; ") } };
  const state = known.find(schema, fields);
  if (state === undefined) return { ...step, body: { a: "create", s: schema, f: fields } as unknown as BodyToWrite };
  const { doc, version } = state;
  const changes = changedFields(schema, fields, state.fields);
  if (Object.keys(changes).length === 0) return { ...step, doc };
  const body = { a: "update", s: schema, d: doc, v: version[1], f: changes } as unknown as BodyToWrite;
  return { ...step, doc, body };
}

/** `null` clears a field. */
function changedFields(schema: DocumentSchema, wanted: CborMap, present: CborMap): CborMap {
  const changes: Record<string, CborValue> = {};
  for (const name of IMPORTED_FIELDS[schema]) {
    const value = wanted[name] ?? null;
    if (!sameValue(value, present[name] ?? null)) changes[name] = value;
  }
  return changes;
}

function sameValue(a: CborValue | undefined, b: CborValue | undefined): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [mapA, mapB] = [a as CborMap, b as CborMap];
  const names = Object.keys(mapA);
  return names.length === Object.keys(mapB).length && names.every((name) => sameValue(mapA[name], mapB[name]));
}

interface Origin {
  readonly uid: string;
  readonly rid?: string;
}

function originOf(fields: CborMap): Origin {
  return fields["origin"] as unknown as Origin;
}

function originKey(schema: DocumentSchema, fields: CborMap): string {
  const { uid, rid } = originOf(fields);
  return JSON.stringify([schema, uid, rid]);
}

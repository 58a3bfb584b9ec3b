// Forking (R-58, M-17): somebody's document again, in one's own log, with a credit line. Text and structure come along;
// what others said, lent or answered does not, nor pictures of people.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import type { MadeDocument } from "../../protocol/festival/view.ts";
import type { CborMap } from "../../protocol/operation/cbor.ts";
import { ActError } from "./act-error.ts";
import { createBody } from "./checked-body.ts";

const FORKABLE = ["event/1", "resource/1", "series/1", "frame/1", "note/1"] as const;

/** Of the original alone: its pictures, people, bookings, news, sources, and who answers for it. */
const LEFT_BEHIND: ReadonlySet<string> = new Set([
  "images",
  "blobs",
  "consent",
  "hosts",
  "venues",
  "status",
  "note",
  "series",
  "answerer",
  "answerFrom",
  "origin",
  "expires",
  "archive",
]);

/** `changes` are what is different from the first. Throws E_NOT_FORKABLE or E_FIELDS. */
export function fork(document: MadeDocument, changes: CborMap): BodyToWrite {
  const schema = FORKABLE.find((each) => each === document.schema);
  if (schema === undefined) {
    throw new ActError("E_NOT_FORKABLE", "Cannot fork this: only events, venues, resources, series, frames and notes");
  }
  const { doc, version, author } = document;
  const kept = Object.entries(document.fields).filter(([name]) => !LEFT_BEHIND.has(name));
  const fields = { ...Object.fromEntries(kept), ...changes, forkOf: { doc, op: version, by: author } };
  return createBody(schema, fields as never);
}

/** Longer chains, and circles, are cut (M-17). */
const MAX_LINEAGE = 32;

/** One step of where something came from: undefined where the original is not here, or was withdrawn. */
export interface Ancestor {
  readonly doc: string;
  readonly by: string;
  readonly document: MadeDocument | undefined;
}

/** From the nearest original to the oldest known. */
export function lineage(document: MadeDocument, find: (doc: string) => MadeDocument | undefined): readonly Ancestor[] {
  const seen = new Set([document.doc]);
  const ancestors: Ancestor[] = [];
  let origin = forkOf(document);
  while (origin !== undefined && !seen.has(origin.doc) && ancestors.length < MAX_LINEAGE) {
    seen.add(origin.doc);
    const found = find(origin.doc);
    ancestors.push({ doc: origin.doc, by: origin.by, document: found });
    origin = found && forkOf(found);
  }
  return ancestors;
}

function forkOf(document: MadeDocument): { readonly doc: string; readonly by: string } | undefined {
  return "forkOf" in document.fields ? document.fields.forkOf : undefined;
}

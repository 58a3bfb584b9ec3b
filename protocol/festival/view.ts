// What a reader sees of a document (SPEC.md §8.4): valid fields with their types, or why there is nothing to see.
import type { DocumentState, KeyedState, OpenState } from "./document-state.ts";
import {
  checkFields,
  checkKey,
  type DocumentFields,
  type DocumentSchema,
  type KeyedFields,
  type KeyedSchema,
  readFields,
} from "./schema.ts";

/** A document that its author made once and may have changed since; `doc` is its id, hex. */
export type MadeDocument = {
  [S in DocumentSchema]: {
    readonly schema: S;
    readonly doc: string;
    readonly author: string;
    /** Operation id of the latest change. */
    readonly version: string;
    /** May hold fields that this version does not know: copy them along (M-02). */
    readonly fields: DocumentFields[S];
  };
}[DocumentSchema];

/** What an author last set under a key. */
export type KeyedDocument = {
  [S in KeyedSchema]: {
    readonly schema: S;
    readonly key: string;
    readonly author: string;
    readonly version: string;
    readonly fields: KeyedFields[S];
  };
}[KeyedSchema];

export type Document = MadeDocument | KeyedDocument;

export type DocumentView =
  | { readonly status: "shown"; readonly document: Document }
  /** Its create operation is not here yet. */
  | { readonly status: "awaited" }
  /** Breaks a rule of its schema: not shown, counted as "could not read" (M-08). */
  | { readonly status: "invalid"; readonly reasons: readonly string[] }
  /** By the author of this state; whether that is who made the document, the header of operation `doc` tells. */
  | { readonly status: "withdrawn" };

export function view(state: DocumentState): DocumentView {
  switch (state.kind) {
    case "withdrawn":
      return { status: "withdrawn" };
    case "open":
      return state.created ? viewMade(state) : { status: "awaited" };
    case "keyed":
      return viewKeyed(state);
  }
}

function viewMade(state: OpenState): DocumentView {
  const { schema, doc, author, version } = state;
  const reasons = checkFields(schema, state.fields);
  if (reasons.length > 0) return { status: "invalid", reasons };
  const document = { schema, doc, author, version: version[1], fields: readFields(schema, state.fields) };
  return { status: "shown", document: document as MadeDocument };
}

function viewKeyed(state: KeyedState): DocumentView {
  const { schema, key, author, version } = state;
  const reasons = [...checkKey(schema, key, state.fields), ...checkFields(schema, state.fields)];
  if (reasons.length > 0) return { status: "invalid", reasons };
  const document = { schema, key, author, version: version[1], fields: readFields(schema, state.fields) };
  return { status: "shown", document: document as KeyedDocument };
}

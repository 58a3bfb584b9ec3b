// Bodies that are valid by the rules of their schema (SPEC.md §8.1), or a sentence for people why not. Nothing that
// others could not read is ever published from here.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import {
  checkFields,
  checkKey,
  type DocumentFieldsWritten,
  type DocumentSchema,
  type KeyedFieldsWritten,
  type KeyedSchema,
} from "../../protocol/festival/schema.ts";
import type { MadeDocument } from "../../protocol/festival/view.ts";
import type { CborMap } from "../../protocol/operation/cbor.ts";
import { ActError } from "./act-error.ts";

export type Made<S extends DocumentSchema> = Extract<MadeDocument, { readonly schema: S }>;

export type Changes<S extends DocumentSchema> = {
  readonly [Name in keyof DocumentFieldsWritten[S]]?: DocumentFieldsWritten[S][Name] | null | undefined;
};

/** Throws E_FIELDS. */
export function createBody<S extends DocumentSchema>(schema: S, fields: DocumentFieldsWritten[S]): BodyToWrite {
  refuseFaults(checkFields(schema, fields as CborMap));
  return { a: "create", s: schema, f: fields } as unknown as BodyToWrite;
}

/**
 * Changes the named fields of a document and no others; null clears one, undefined leaves it. The whole document must be
 * valid afterwards. Throws E_FIELDS, and E_NOTHING_TO_DO if nothing is named.
 */
export function updateBody<D extends MadeDocument>(document: D, changes: Changes<D["schema"]>): BodyToWrite {
  const { schema, doc, version, fields } = document;
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (named.length === 0) throw new ActError("E_NOTHING_TO_DO", "Cannot change anything: say what is to be different");
  const changed = Object.fromEntries(named) as CborMap;
  refuseFaults(checkFields(schema, { ...(fields as unknown as CborMap), ...changed }));
  return { a: "update", s: schema, d: doc, v: version, f: changed } as unknown as BodyToWrite;
}

/** Throws E_FIELDS. */
export function setBody<S extends KeyedSchema>(schema: S, key: string, fields: KeyedFieldsWritten[S]): BodyToWrite {
  refuseFaults([...checkKey(schema, key, fields as CborMap), ...checkFields(schema, fields as CborMap)]);
  return { a: "set", s: schema, k: key, f: fields } as unknown as BodyToWrite;
}

export function deleteBody({ schema, doc, version }: MadeDocument): BodyToWrite {
  return { a: "delete", s: schema, d: doc, v: version };
}

/** Only whoever made a document changes it (M-10). Throws E_NOT_YOURS. */
export function refuseStrangers({ author }: { readonly author: string }, me: string): void {
  if (author === me) return;
  throw new ActError("E_NOT_YOURS", "Cannot change this: somebody else made it; make your own copy with fork");
}

function refuseFaults(faults: readonly string[]): void {
  const [first] = faults;
  if (first !== undefined) throw new ActError("E_FIELDS", `Cannot publish: ${first}`);
}

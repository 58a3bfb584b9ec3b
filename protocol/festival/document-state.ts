// What a device keeps of one document between operations (SPEC.md §8.4). Never sent: peers exchange operations, and every
// state can be reduced from them again.
import type { CborMap } from "../operation/cbor.ts";
import type { DocumentSchema, KeyedSchema } from "./schema.ts";

/** Which operation wrote something. The later one wins: higher sequence number, then lower operation id (M-11, M-32). */
export type Stamp = readonly [seqNum: number, operation: string];

/** A document with its latest fields; `created` once its create operation was seen. */
export interface OpenState {
  readonly kind: "open";
  readonly schema: DocumentSchema;
  readonly doc: string;
  readonly author: string;
  readonly created: boolean;
  readonly version: Stamp;
  /** Latest value of every field; `null` is a cleared one. */
  readonly fields: CborMap;
  readonly stamps: { readonly [name: string]: Stamp };
}

/** Tombstone (M-13): all that is left, whatever else is known or will be. */
export interface WithdrawnState {
  readonly kind: "withdrawn";
  readonly schema: DocumentSchema;
  readonly doc: string;
  readonly author: string;
}

/** A keyed document: the latest set operation, whole. */
export interface KeyedState {
  readonly kind: "keyed";
  readonly schema: KeyedSchema;
  readonly key: string;
  readonly author: string;
  readonly version: Stamp;
  readonly fields: CborMap;
}

export type DocumentState = OpenState | WithdrawnState | KeyedState;

/** Beyond its schema's fields a document keeps these many, the first by name: a state must not grow for ever. */
export const MAX_EXTRA_FIELDS = 32;

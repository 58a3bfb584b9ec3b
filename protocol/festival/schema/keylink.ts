// keylink/1 (SPEC.md §8.2): "that key is mine too". Means nothing until the other key says the same of this one (M-50).
import { type FieldsRead, type FieldsWritten, listOf, optional, pattern } from "../rule.ts";
import { authorKey, sequenceNumber } from "./values.ts";

/** One key says one thing about each other key. */
export const KEYLINK_KEY = authorKey();

/** All of this version and some extensions. */
const MAX_SCHEMAS = 32;

export const KEYLINK_FIELDS = {
  /** The key once more. */
  other: authorKey(),
  /** Schemas in which the other may act for this key. */
  may: listOf(pattern(/^(?=.{1,64}$)[a-z][a-z0-9-]*\/[1-9]\d{0,3}$/, "a schema and version"), MAX_SCHEMAS),
  /** Closed: the last operation of the other that still counts. Needs no clock. */
  until: optional(sequenceNumber()),
} as const;

export type KeylinkFields = FieldsRead<typeof KEYLINK_FIELDS>;
export type KeylinkFieldsWritten = FieldsWritten<typeof KEYLINK_FIELDS>;

// The schemas that this version understands (SPEC.md §8.2), and what is wrong with the fields of a document (M-08).
// Everything else is carried, not read (M-03).
import type { CborMap, CborValue } from "../operation/cbor.ts";
import { type Fault, type FieldTable, fieldFault, type Rule, under } from "./rule.ts";
import { EVENT_FIELDS, type EventFields, type EventFieldsWritten } from "./schema/event.ts";
import { FRAME_FIELDS, type FrameFields, type FrameFieldsWritten } from "./schema/frame.ts";
import { PROFILE_FIELDS, PROFILE_KEY, type ProfileFields, type ProfileFieldsWritten } from "./schema/profile.ts";
import { checkResource, RESOURCE_FIELDS, type ResourceFields, type ResourceFieldsWritten } from "./schema/resource.ts";
import { RSVP_FIELDS, RSVP_KEY, type RsvpFields, type RsvpFieldsWritten } from "./schema/rsvp.ts";
import { endAfterStart } from "./when-rule.ts";

/** Fields as a reader gets them, by schema. */
export interface DocumentFields {
  readonly "resource/1": ResourceFields;
  readonly "event/1": EventFields;
  readonly "frame/1": FrameFields;
}

export interface KeyedFields {
  readonly "profile/1": ProfileFields;
  readonly "rsvp/1": RsvpFields;
}

/** Fields as a writer gives them, by schema. */
export interface DocumentFieldsWritten {
  readonly "resource/1": ResourceFieldsWritten;
  readonly "event/1": EventFieldsWritten;
  readonly "frame/1": FrameFieldsWritten;
}

export interface KeyedFieldsWritten {
  readonly "profile/1": ProfileFieldsWritten;
  readonly "rsvp/1": RsvpFieldsWritten;
}

/** Made once, then updated and deleted. */
export type DocumentSchema = keyof DocumentFields;
/** Set as a whole, one for each author and key. */
export type KeyedSchema = keyof KeyedFields;
export type SchemaName = DocumentSchema | KeyedSchema;
export type FieldsOf = DocumentFields & KeyedFields;
export type FieldsWrittenOf = DocumentFieldsWritten & KeyedFieldsWritten;

interface Schema<Fields> {
  readonly fields: FieldTable;
  /** What keys a keyed schema has. */
  readonly key?: Rule<string>;
  /** Sees the whole once every field is without fault. */
  readonly check?: (fields: Fields) => Fault | undefined;
}

const SCHEMAS: { readonly [Name in SchemaName]: Schema<FieldsOf[Name]> } = {
  "profile/1": { fields: PROFILE_FIELDS, key: PROFILE_KEY },
  "resource/1": { fields: RESOURCE_FIELDS, check: checkResource },
  "event/1": { fields: EVENT_FIELDS },
  "rsvp/1": { fields: RSVP_FIELDS, key: RSVP_KEY },
  "frame/1": { fields: FRAME_FIELDS, check: endAfterStart },
};

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as readonly SchemaName[];

export function isSchemaName(name: string): name is SchemaName {
  return Object.hasOwn(SCHEMAS, name);
}

export function isKeyed(schema: SchemaName): schema is KeyedSchema {
  return SCHEMAS[schema].key !== undefined;
}

export function fieldNames(schema: SchemaName): readonly string[] {
  return Object.keys(SCHEMAS[schema].fields);
}

/**
 * What is wrong with a document's fields, as sentences for people: `event/1 "when.end" is not after its start`.
 * Empty for a valid document. Fields of other names are never wrong (M-02); `null` is an absent field.
 */
export function checkFields<Name extends SchemaName>(
  schema: Name,
  fields: CborMap | FieldsWrittenOf[Name],
): readonly string[] {
  const { fields: table, check } = SCHEMAS[schema];
  const present = withoutNulls(fields as CborMap);
  const faults = Object.keys(table).map((name) => fieldFault(table, name, present));
  const found = faults.filter((wrong) => wrong !== undefined);
  if (found.length > 0) return found.map((wrong) => describe(schema, wrong));
  const wrong = check?.(present as unknown as FieldsOf[Name]);
  return wrong === undefined ? [] : [describe(schema, wrong)];
}

/** What is wrong with the key of a keyed document; empty for a valid one. */
export function checkKey(schema: KeyedSchema, key: string): readonly string[] {
  const wrong = under("k", SCHEMAS[schema].key?.(key));
  return wrong === undefined ? [] : [describe(schema, wrong)];
}

/** Valid fields as a reader gets them: defaults filled in, cleared fields absent, unknown ones kept (M-02). */
export function readFields<Name extends SchemaName>(schema: Name, fields: CborMap): FieldsOf[Name] {
  const filled: Record<string, CborValue> = Object.create(null);
  for (const [name, field] of Object.entries(SCHEMAS[schema].fields)) {
    if ("fallback" in field) filled[name] = field.fallback as CborValue;
  }
  return Object.assign(filled, withoutNulls(fields)) as unknown as FieldsOf[Name];
}

function withoutNulls(fields: CborMap): CborMap {
  const present: Record<string, CborValue> = Object.create(null);
  for (const [name, value] of Object.entries(fields)) if (value !== null) present[name] = value;
  return present;
}

function describe(schema: SchemaName, wrong: Fault): string {
  return `${schema} "${wrong.path}" ${wrong.reason}`;
}

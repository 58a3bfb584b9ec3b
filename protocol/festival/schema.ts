// The schemas that this version understands (SPEC.md §8.2), and what is wrong with the fields of a document (M-08).
// Everything else is carried, not read (M-03).
import type { CborMap, CborValue } from "../operation/cbor.ts";
import { type Fault, type FieldTable, fault, fieldFault, type Rule, under } from "./rule.ts";
import {
  ANSWER_FIELDS,
  ANSWER_KEY,
  type AnswerFields,
  type AnswerFieldsWritten,
  checkAnswer,
} from "./schema/answer.ts";
import { EVENT_FIELDS, type EventFields, type EventFieldsWritten } from "./schema/event.ts";
import { FLAG_FIELDS, type FlagFields, type FlagFieldsWritten } from "./schema/flag.ts";
import { FORGET_FIELDS, FORGET_KEY, type ForgetFields, type ForgetFieldsWritten } from "./schema/forget.ts";
import { FRAME_FIELDS, type FrameFields, type FrameFieldsWritten } from "./schema/frame.ts";
import { KEYLINK_FIELDS, KEYLINK_KEY, type KeylinkFields, type KeylinkFieldsWritten } from "./schema/keylink.ts";
import { MEETUP_FIELDS, type MeetupFields, type MeetupFieldsWritten } from "./schema/meetup.ts";
import { MUTELIST_FIELDS, type MutelistFields, type MutelistFieldsWritten } from "./schema/mutelist.ts";
import { NEED_FIELDS, type NeedFields, type NeedFieldsWritten } from "./schema/need.ts";
import { NOTE_FIELDS, type NoteFields, type NoteFieldsWritten } from "./schema/note.ts";
import { PAGE_FIELDS, type PageFields, type PageFieldsWritten } from "./schema/page.ts";
import { PICK_FIELDS, type PickFields, type PickFieldsWritten } from "./schema/pick.ts";
import { PRESENCE_FIELDS, PRESENCE_KEY, type PresenceFields, type PresenceFieldsWritten } from "./schema/presence.ts";
import { PROFILE_FIELDS, PROFILE_KEY, type ProfileFields, type ProfileFieldsWritten } from "./schema/profile.ts";
import { REQUEST_FIELDS, type RequestFields, type RequestFieldsWritten } from "./schema/request.ts";
import { checkResource, RESOURCE_FIELDS, type ResourceFields, type ResourceFieldsWritten } from "./schema/resource.ts";
import { RSVP_FIELDS, RSVP_KEY, type RsvpFields, type RsvpFieldsWritten } from "./schema/rsvp.ts";
import { SERIES_FIELDS, type SeriesFields, type SeriesFieldsWritten } from "./schema/series.ts";
import { SPACE_LINK_FIELDS, type SpaceLinkFields, type SpaceLinkFieldsWritten } from "./schema/space-link.ts";
import { endAfterStart } from "./when-rule.ts";

/** Fields as a reader gets them, by schema. */
export interface DocumentFields {
  readonly "resource/1": ResourceFields;
  readonly "event/1": EventFields;
  readonly "series/1": SeriesFields;
  readonly "request/1": RequestFields;
  readonly "need/1": NeedFields;
  readonly "note/1": NoteFields;
  readonly "frame/1": FrameFields;
  readonly "pick/1": PickFields;
  readonly "page/1": PageFields;
  readonly "meetup/1": MeetupFields;
  readonly "mutelist/1": MutelistFields;
  readonly "flag/1": FlagFields;
  readonly "space-link/1": SpaceLinkFields;
}

export interface KeyedFields {
  readonly "profile/1": ProfileFields;
  readonly "answer/1": AnswerFields;
  readonly "rsvp/1": RsvpFields;
  readonly "presence/1": PresenceFields;
  readonly "keylink/1": KeylinkFields;
  readonly "forget/1": ForgetFields;
}

/** Fields as a writer gives them, by schema. */
export interface DocumentFieldsWritten {
  readonly "resource/1": ResourceFieldsWritten;
  readonly "event/1": EventFieldsWritten;
  readonly "series/1": SeriesFieldsWritten;
  readonly "request/1": RequestFieldsWritten;
  readonly "need/1": NeedFieldsWritten;
  readonly "note/1": NoteFieldsWritten;
  readonly "frame/1": FrameFieldsWritten;
  readonly "pick/1": PickFieldsWritten;
  readonly "page/1": PageFieldsWritten;
  readonly "meetup/1": MeetupFieldsWritten;
  readonly "mutelist/1": MutelistFieldsWritten;
  readonly "flag/1": FlagFieldsWritten;
  readonly "space-link/1": SpaceLinkFieldsWritten;
}

export interface KeyedFieldsWritten {
  readonly "profile/1": ProfileFieldsWritten;
  readonly "answer/1": AnswerFieldsWritten;
  readonly "rsvp/1": RsvpFieldsWritten;
  readonly "presence/1": PresenceFieldsWritten;
  readonly "keylink/1": KeylinkFieldsWritten;
  readonly "forget/1": ForgetFieldsWritten;
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
  /** The field that says the key once more. */
  readonly keyField?: keyof Fields & string;
  /** Sees the whole once every field is without fault. */
  readonly check?: (fields: Fields) => Fault | undefined;
}

const SCHEMAS: { readonly [Name in SchemaName]: Schema<FieldsOf[Name]> } = {
  "profile/1": { fields: PROFILE_FIELDS, key: PROFILE_KEY },
  "resource/1": { fields: RESOURCE_FIELDS, check: checkResource },
  "event/1": { fields: EVENT_FIELDS },
  "series/1": { fields: SERIES_FIELDS },
  "request/1": { fields: REQUEST_FIELDS, check: endAfterStart },
  "answer/1": { fields: ANSWER_FIELDS, key: ANSWER_KEY, keyField: "subject", check: checkAnswer },
  "rsvp/1": { fields: RSVP_FIELDS, key: RSVP_KEY },
  "need/1": { fields: NEED_FIELDS },
  "note/1": { fields: NOTE_FIELDS },
  "frame/1": { fields: FRAME_FIELDS, check: endAfterStart },
  "pick/1": { fields: PICK_FIELDS },
  "page/1": { fields: PAGE_FIELDS },
  "presence/1": { fields: PRESENCE_FIELDS, key: PRESENCE_KEY },
  "meetup/1": { fields: MEETUP_FIELDS },
  "keylink/1": { fields: KEYLINK_FIELDS, key: KEYLINK_KEY, keyField: "other" },
  "mutelist/1": { fields: MUTELIST_FIELDS },
  "flag/1": { fields: FLAG_FIELDS },
  "space-link/1": { fields: SPACE_LINK_FIELDS },
  "forget/1": { fields: FORGET_FIELDS, key: FORGET_KEY },
};

/** What absent fields read as. */
const FALLBACKS = Object.fromEntries(
  Object.entries<Schema<never>>(SCHEMAS).map(([name, { fields }]) => [
    name,
    Object.fromEntries(
      Object.entries(fields).flatMap(([field, rule]) =>
        "fallback" in rule ? [[field, rule.fallback as CborValue]] : [],
      ),
    ),
  ]),
) as { readonly [Name in SchemaName]: CborMap };

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

/** What is wrong with the key of a keyed document, by itself and beside its fields; empty for a valid one. */
export function checkKey(schema: KeyedSchema, key: string, fields?: CborMap): readonly string[] {
  const { key: rule, keyField } = SCHEMAS[schema];
  const differs = keyField !== undefined && fields !== undefined && fields[keyField] !== key;
  const wrong = under("k", rule?.(key) ?? (differs ? fault(`is not its ${keyField}`) : undefined));
  return wrong === undefined ? [] : [describe(schema, wrong)];
}

/** Valid fields as a reader gets them: defaults filled in, cleared fields absent, unknown ones kept (M-02). */
export function readFields<Name extends SchemaName>(schema: Name, fields: CborMap): FieldsOf[Name] {
  return Object.assign(Object.create(null), FALLBACKS[schema], withoutNulls(fields)) as unknown as FieldsOf[Name];
}

function withoutNulls(fields: CborMap): CborMap {
  if (!Object.values(fields).includes(null)) return fields;
  const present: Record<string, CborValue> = Object.create(null);
  for (const [name, value] of Object.entries(fields)) if (value !== null) present[name] = value;
  return present;
}

function describe(schema: SchemaName, wrong: Fault): string {
  return `${schema} "${wrong.path}" ${wrong.reason}`;
}

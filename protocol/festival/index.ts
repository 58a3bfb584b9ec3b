// What bodies of operations mean: schemas, documents, times, names (SPEC.md §7–8).
export { type AnimalName, animalName } from "./animal-name.ts";
export {
  type Body,
  type BodyReading,
  type BodyToWrite,
  type CreateBody,
  type DeleteBody,
  encodeBody,
  readBody,
  type SetBody,
  type UpdateBody,
} from "./body.ts";
export { type BodyOperation, documentKey, mergeOperation } from "./document.ts";
export {
  type DocumentState,
  decodeState,
  encodeState,
  type KeyedState,
  MAX_EXTRA_FIELDS,
  type OpenState,
  type Stamp,
  type WithdrawnState,
} from "./document-state.ts";
export type { EventFields, EventFieldsWritten } from "./schema/event.ts";
export type { FrameFields, FrameFieldsWritten } from "./schema/frame.ts";
export type { ProfileFields, ProfileFieldsWritten } from "./schema/profile.ts";
export type { ResourceFields, ResourceFieldsWritten } from "./schema/resource.ts";
export type { RsvpFields, RsvpFieldsWritten } from "./schema/rsvp.ts";
export {
  checkFields,
  checkKey,
  type DocumentFields,
  type DocumentSchema,
  type KeyedFields,
  type KeyedSchema,
  SCHEMA_NAMES,
  type SchemaName,
} from "./schema.ts";
export { byteLength } from "./text.ts";
export { type Document, type DocumentView, type KeyedDocument, type MadeDocument, view } from "./view.ts";
export {
  type CalendarDate,
  DAY_PARTS,
  type DayPart,
  type DaysWhen,
  type ExactWhen,
  type PartWhen,
  type Seconds,
  type When,
  type WordsWhen,
} from "./when.ts";

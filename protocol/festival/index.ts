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
  type KeyedState,
  MAX_EXTRA_FIELDS,
  type OpenState,
  type Stamp,
  type WithdrawnState,
} from "./document-state.ts";
export {
  AFTER_EVENT_SECONDS,
  EXPIRY_GRACE_SECONDS,
  type Retention,
  type RetentionClass,
  type RetentionContext,
  retentionOf,
  UNTOUCHED_SECONDS,
} from "./retention.ts";
export type { AnswerFields, AnswerFieldsWritten } from "./schema/answer.ts";
export type { EventFields, EventFieldsWritten } from "./schema/event.ts";
export type { FlagFields, FlagFieldsWritten } from "./schema/flag.ts";
export type { ForgetFields, ForgetFieldsWritten } from "./schema/forget.ts";
export type { FrameFields, FrameFieldsWritten } from "./schema/frame.ts";
export type { KeylinkFields, KeylinkFieldsWritten } from "./schema/keylink.ts";
export type { MeetupFields, MeetupFieldsWritten } from "./schema/meetup.ts";
export type { MutelistFields, MutelistFieldsWritten } from "./schema/mutelist.ts";
export type { NeedFields, NeedFieldsWritten } from "./schema/need.ts";
export type { NoteFields, NoteFieldsWritten } from "./schema/note.ts";
export type { PageFields, PageFieldsWritten } from "./schema/page.ts";
export type { PickFields, PickFieldsWritten } from "./schema/pick.ts";
export {
  isPresent,
  MAX_PRESENCE_SECONDS,
  type PresenceFields,
  type PresenceFieldsWritten,
} from "./schema/presence.ts";
export type { ProfileFields, ProfileFieldsWritten } from "./schema/profile.ts";
export type { RequestFields, RequestFieldsWritten } from "./schema/request.ts";
export type { ResourceFields, ResourceFieldsWritten } from "./schema/resource.ts";
export type { RsvpFields, RsvpFieldsWritten } from "./schema/rsvp.ts";
export type { SeriesFields, SeriesFieldsWritten } from "./schema/series.ts";
export type { SpaceLinkFields, SpaceLinkFieldsWritten } from "./schema/space-link.ts";
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

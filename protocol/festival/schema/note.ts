// note/1 (SPEC.md §8.2): a word, a picture, minutes of a meeting, thanks: about something, in reply, or alone.
import { bool, defaultTo, type FieldsRead, type FieldsWritten, listOf, longText, oneOf, optional } from "../rule.ts";
import { blob, COMMON_FIELDS, docId } from "./values.ts";

export const NOTE_FIELDS = {
  about: optional(docId()),
  reply: optional(docId()),
  kind: defaultTo("note", oneOf("note", "photo", "minutes", "question", "found", "thanks")),
  /** Meant for everybody, or for those at the place it is about, until it expires. Which screens show it, each chooses. */
  announce: optional(oneOf("news", "emergency")),
  text: optional(longText(8192)),
  blobs: optional(listOf(blob(), 8)),
  /** The people in the picture agreed. */
  consent: optional(bool()),
  ...COMMON_FIELDS,
  /** What people say in passing goes unless they want it kept (M-60). */
  archive: defaultTo("no", oneOf("yes", "no")),
} as const;

export type NoteFields = FieldsRead<typeof NOTE_FIELDS>;
export type NoteFieldsWritten = FieldsWritten<typeof NOTE_FIELDS>;

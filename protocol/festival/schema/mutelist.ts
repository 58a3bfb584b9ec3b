// mutelist/1 (SPEC.md §8.2): what somebody hides and lets others hide too. A device never publishes one by itself (M-70).
import { type FieldsRead, type FieldsWritten, fault, listOf, optional, record, text } from "../rule.ts";
import { authorKey, docId } from "./values.ts";

/** As many as fit one body of 64 KiB without a reason: an entry takes 71 bytes. Whoever hides more has a second list. */
const MAX_ITEMS = 900;

export const MUTELIST_FIELDS = {
  title: text(1, 120),
  items: listOf(
    record({ key: optional(authorKey()), doc: optional(docId()), why: optional(text(0, 200)) }, ({ key, doc }) =>
      key === undefined && doc === undefined ? fault("names neither a key nor a document") : undefined,
    ),
    MAX_ITEMS,
  ),
} as const;

export type MutelistFields = FieldsRead<typeof MUTELIST_FIELDS>;
export type MutelistFieldsWritten = FieldsWritten<typeof MUTELIST_FIELDS>;

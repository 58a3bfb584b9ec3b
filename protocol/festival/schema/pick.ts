// pick/1 (SPEC.md §8.2): somebody's choice of documents, in order: "five things for children".
import { type FieldsRead, type FieldsWritten, listOf, longText, optional, text } from "../rule.ts";
import { docId } from "./values.ts";

export const PICK_FIELDS = {
  title: text(1, 120),
  text: optional(longText(8192)),
  frame: optional(docId()),
  items: listOf(docId(), 500),
} as const;

export type PickFields = FieldsRead<typeof PICK_FIELDS>;
export type PickFieldsWritten = FieldsWritten<typeof PICK_FIELDS>;

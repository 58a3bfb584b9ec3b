// need/1 (SPEC.md §8.2): what an event lacks and nobody offers yet; an open one hangs on the black board.
import { bool, defaultTo, type FieldsRead, type FieldsWritten, longText, optional, text } from "../rule.ts";
import { docId, resourceKind } from "./values.ts";

export const NEED_FIELDS = {
  event: docId(),
  title: text(1, 120),
  text: optional(longText(1000)),
  /** The kinds of resources, so that a board can point to what there is. */
  kind: optional(resourceKind()),
  open: defaultTo(true, bool()),
} as const;

export type NeedFields = FieldsRead<typeof NEED_FIELDS>;
export type NeedFieldsWritten = FieldsWritten<typeof NEED_FIELDS>;

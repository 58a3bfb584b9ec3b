// request/1 (SPEC.md §8.2): asks for a resource at a time, for an event. Holds nothing until it is answered (M-24).
import { defaultTo, type FieldsRead, type FieldsWritten, integer, longText, optional } from "../rule.ts";
import { minute, seconds } from "../when-rule.ts";
import { docId, MAX_QUANTITY } from "./values.ts";

export const REQUEST_FIELDS = {
  event: docId(),
  resource: docId(),
  /** The event alone; set-up and cleaning are added by whoever answers. */
  start: minute(),
  end: minute(),
  quantity: defaultTo(1, integer(1, MAX_QUANTITY)),
  note: optional(longText(500)),
  expires: optional(seconds()),
} as const;

export type RequestFields = FieldsRead<typeof REQUEST_FIELDS>;
export type RequestFieldsWritten = FieldsWritten<typeof REQUEST_FIELDS>;

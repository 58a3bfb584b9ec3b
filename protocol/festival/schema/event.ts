// event/1 (SPEC.md §8.2): something that happens. A title is enough.
import {
  defaultTo,
  type FieldsRead,
  type FieldsWritten,
  integer,
  listOf,
  longText,
  oneOf,
  optional,
  record,
  text,
} from "../rule.ts";
import { when } from "../when-rule.ts";
import { authorKey, blob, COMMON_FIELDS, docId, link, MAX_QUANTITY, place, tags } from "./values.ts";

export const EVENT_FIELDS = {
  title: text(1, 200),
  summary: optional(longText(500)),
  text: optional(longText(32_768)),
  when: optional(when()),
  status: defaultTo("planned", oneOf("idea", "planned", "cancelled", "postponed")),
  kind: optional(text(0, 40)),
  tags: optional(tags()),
  hosts: optional(
    listOf(record({ key: optional(authorKey()), name: optional(text(0, 100)), role: optional(text(0, 40)) }), 20),
  ),
  images: optional(listOf(blob(), 5)),
  links: optional(listOf(link(), 32)),
  /** Free text where no venue is named. */
  place: optional(place()),
  /** Where its author says it happens: resources of kind venue. A claim, not a booking. */
  venues: optional(listOf(docId(), 8)),
  access: optional(longText(2000)),
  capacity: optional(integer(0, MAX_QUANTITY)),
  join: defaultTo("open", oneOf("open", "answer", "external", "none")),
  frames: optional(listOf(docId(), 8)),
  series: optional(docId()),
  part: optional(text(0, 40)),
  record: optional(oneOf("yes", "no", "ask")),
  /** Latest news: "starts 20 min later". */
  note: optional(text(0, 280)),
  ...COMMON_FIELDS,
} as const;

export type EventFields = FieldsRead<typeof EVENT_FIELDS>;
export type EventFieldsWritten = FieldsWritten<typeof EVENT_FIELDS>;

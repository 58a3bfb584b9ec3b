// resource/1 (SPEC.md §8.2): a venue, a projector, a skill: whatever can be lent to an event.
import {
  bool,
  defaultTo,
  type Fault,
  type FieldsRead,
  type FieldsWritten,
  fault,
  integer,
  listOf,
  longText,
  oneOf,
  optional,
  record,
  text,
} from "../rule.ts";
import { timezone } from "../when-rule.ts";
import {
  authorKey,
  blob,
  COMMON_FIELDS,
  docId,
  MAX_QUANTITY,
  place,
  resourceKind,
  sequenceNumber,
  tags,
  timeWindow,
  weekHours,
} from "./values.ts";

const MAX_WINDOWS = 400;
const MINUTES_PER_DAY = 1440;
/** Setting up a stage takes days, not months. */
const MAX_SETUP_MINUTES = 7 * MINUTES_PER_DAY;

export const RESOURCE_FIELDS = {
  kind: resourceKind(),
  title: text(1, 200),
  text: optional(longText(8192)),
  images: optional(listOf(blob(), 5)),
  place: optional(place()),
  tz: optional(timezone()),
  /** How many at once; 0 is without limit. */
  quantity: defaultTo(1, integer(0, MAX_QUANTITY)),
  unit: optional(text(0, 20)),
  consumable: optional(bool()),
  /** People whom a venue holds. */
  capacity: optional(integer(0, MAX_QUANTITY)),
  /** Accessibility, in words. */
  access: optional(longText(2000)),
  slotMinutes: optional(integer(0, MINUTES_PER_DAY)),
  /** Minutes of set-up before and of cleaning after. */
  lead: optional(integer(0, MAX_SETUP_MINUTES)),
  tail: optional(integer(0, MAX_SETUP_MINUTES)),
  open: optional(listOf(timeWindow(), MAX_WINDOWS)),
  weekly: optional(listOf(weekHours(), 28)),
  closed: optional(listOf(timeWindow(), MAX_WINDOWS)),
  /** Who decides about requests; `none` cannot be booked. Without a word nothing is promised by a machine (M-28). */
  policy: defaultTo("manual", oneOf("auto", "manual", "random", "ask", "none")),
  meetupOk: optional(bool()),
  /** The key that answers requests; the author unless named (M-20). */
  answerer: optional(authorKey()),
  answerFrom: optional(listOf(record({ key: authorKey(), seq: sequenceNumber() }), 16)),
  needs: optional(listOf(docId(), 10)),
  tags: optional(tags()),
  ...COMMON_FIELDS,
} as const;

export type ResourceFields = FieldsRead<typeof RESOURCE_FIELDS>;
export type ResourceFieldsWritten = FieldsWritten<typeof RESOURCE_FIELDS>;

/** Opening times are either listed or repeat weekly. */
export function checkResource(fields: ResourceFields): Fault | undefined {
  if (fields.open === undefined || fields.weekly === undefined) return undefined;
  return fault("stands beside open", "weekly");
}

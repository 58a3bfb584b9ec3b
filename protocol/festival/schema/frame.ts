// frame/1 (SPEC.md §8.2): a festival, a track, a house: what events can be part of. A title is enough.
import { defaultTo, type FieldsRead, type FieldsWritten, integer, listOf, longText, optional, text } from "../rule.ts";
import { minute, timezone } from "../when-rule.ts";
import { blob, COMMON_FIELDS, docId, link, place, tags } from "./values.ts";

const MINUTES_PER_DAY = 1440;
/** 06:00: late enough for every night, early enough for every morning in six real programmes (M-38). */
const DEFAULT_DAY_START_MINUTES = 360;

export const FRAME_FIELDS = {
  title: text(1, 120),
  text: optional(longText(8192)),
  /** Labels; events before or after them are not clipped. */
  start: optional(minute()),
  end: optional(minute()),
  tz: optional(timezone()),
  /** Minutes after local midnight at which a festival day begins. */
  dayStart: defaultTo(DEFAULT_DAY_START_MINUTES, integer(0, MINUTES_PER_DAY - 1)),
  parent: optional(docId()),
  place: optional(place()),
  /** Suggested to whoever adds an event. */
  tags: optional(tags()),
  /** Site map. */
  plan: optional(blob()),
  conduct: optional(longText(8192)),
  links: optional(listOf(link(), 32)),
  ...COMMON_FIELDS,
} as const;

export type FrameFields = FieldsRead<typeof FRAME_FIELDS>;
export type FrameFieldsWritten = FieldsWritten<typeof FRAME_FIELDS>;

// series/1 (SPEC.md §8.2): what belongs together and comes again. Its events point to it, written out one by one (M-36).
import { type FieldsRead, type FieldsWritten, longText, optional, text } from "../rule.ts";
import { COMMON_FIELDS } from "./values.ts";

export const SERIES_FIELDS = {
  /** As long as an event's, which often repeats it. */
  title: text(1, 200),
  text: optional(longText(8192)),
  /** In words: "every Wednesday". Nobody computes with it. */
  rule: optional(text(0, 200)),
  ...COMMON_FIELDS,
} as const;

export type SeriesFields = FieldsRead<typeof SERIES_FIELDS>;
export type SeriesFieldsWritten = FieldsWritten<typeof SERIES_FIELDS>;

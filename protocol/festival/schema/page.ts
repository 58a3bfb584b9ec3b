// page/1 (SPEC.md §8.2): a text that stands by itself: "how to get here". Which pages are shown, each node chooses.
import { type FieldsRead, type FieldsWritten, longText, optional, pattern, text } from "../rule.ts";
import { docId } from "./values.ts";

export const PAGE_FIELDS = {
  /** Names a file in an archive and the end of an address: nothing in it has to be escaped anywhere. */
  slug: pattern(/^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/, 'up to 60 of a–z, 0–9 and single "-" between them'),
  title: text(1, 200),
  text: longText(32_768),
  frame: optional(docId()),
} as const;

export type PageFields = FieldsRead<typeof PAGE_FIELDS>;
export type PageFieldsWritten = FieldsWritten<typeof PAGE_FIELDS>;

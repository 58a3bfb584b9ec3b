// flag/1 (SPEC.md §8.2): asks whoever keeps a node to look at something. Bodies are not sealed in this version: everybody
// who carries it can read it, and a device says so before it sends one.
import { type FieldsRead, type FieldsWritten, longText, oneOf, optional } from "../rule.ts";
import { authorKey, idOrKey } from "./values.ts";

export const FLAG_FIELDS = {
  about: idOrKey(),
  /** What a keeper does next differs for each; finer words belong into the text. */
  why: oneOf("spam", "abuse", "danger", "private", "wrong", "other"),
  text: optional(longText(1000)),
  /** Who is asked. */
  to: authorKey(),
} as const;

export type FlagFields = FieldsRead<typeof FLAG_FIELDS>;
export type FlagFieldsWritten = FieldsWritten<typeof FLAG_FIELDS>;

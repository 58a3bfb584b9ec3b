// profile/1 (SPEC.md §8.2): what a key says about itself. Optional; without one a key is known by its animal name.
import { type FieldsRead, type FieldsWritten, listOf, longText, oneOf, optional, pattern, text } from "../rule.ts";
import { blob, language, link } from "./values.ts";

/** Small enough to be fetched for everybody in a list. */
const MAX_AVATAR_BYTES = 64 * 1024;

/** One key has one profile. */
export const PROFILE_KEY = pattern(/^$/, "empty");

export const PROFILE_FIELDS = {
  name: optional(text(0, 60)),
  about: optional(longText(1000)),
  avatar: optional(blob(MAX_AVATAR_BYTES)),
  pronouns: optional(text(0, 30)),
  is: optional(oneOf("person", "kiosk", "screen", "bot", "collective")),
  contact: optional(listOf(link(), 5)),
  langs: optional(listOf(language(), 5)),
} as const;

export type ProfileFields = FieldsRead<typeof PROFILE_FIELDS>;
export type ProfileFieldsWritten = FieldsWritten<typeof PROFILE_FIELDS>;

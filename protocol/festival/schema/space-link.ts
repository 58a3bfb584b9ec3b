// space-link/1 (SPEC.md §8.2): points to another group's space. A code is given only if that group wants to be found.
import {
  type FieldsRead,
  type FieldsWritten,
  fault,
  listOf,
  longText,
  optional,
  pattern,
  record,
  text,
} from "../rule.ts";

/** Ways to one space: a few relays and an onion service. */
const MAX_WAYS = 8;

export const SPACE_LINK_FIELDS = {
  title: text(1, 120),
  text: optional(longText(8192)),
  how: listOf(
    record(
      {
        /** As a person would type it: host and port, or an address of the web. */
        relay: optional(text(1, 1000)),
        onion: optional(pattern(/^[a-z2-7]{56}\.onion(:[1-9]\d{0,4})?$/, "an onion address of version 3")),
        code: optional(text(1, 255)),
      },
      ({ relay, onion, code }) =>
        relay === undefined && onion === undefined && code === undefined ? fault("names no way") : undefined,
    ),
    MAX_WAYS,
  ),
} as const;

export type SpaceLinkFields = FieldsRead<typeof SPACE_LINK_FIELDS>;
export type SpaceLinkFieldsWritten = FieldsWritten<typeof SPACE_LINK_FIELDS>;

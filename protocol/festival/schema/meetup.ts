// meetup/1 (SPEC.md §8.2): a round of chance meetings: the node commits to a secret, draws groups, then reveals, so that
// everybody can draw again and compare. Knows nothing of how the draw is made.
import { type FieldsRead, type FieldsWritten, listOf, optional, pattern, record, text } from "../rule.ts";
import { seconds } from "../when-rule.ts";
import { authorKey, docId, hash, operationId } from "./values.ts";

/** As many as fit one body of 64 KiB together with their groups: each person takes 66 bytes twice. */
const MAX_PEOPLE = 300;
/** Groups have 3 or 4; five when five are left over. */
const MAX_GROUP = 5;
const SMALLEST_GROUP = 3;

export const MEETUP_FIELDS = {
  event: docId(),
  /** The node that draws. */
  via: authorKey(),
  /** Hash of the secret, published while people may still join. */
  commit: hash(),
  /** The secret: 32 bytes, hex. */
  reveal: optional(pattern(/^[0-9a-f]{64}$/, "a secret of 64 lower-case hex digits")),
  /** Operations of the presences that take part, sorted. */
  inputs: listOf(operationId(), MAX_PEOPLE),
  groups: listOf(
    /** A place is the id of a resource, or words. */
    record({ place: text(1, 200), keys: listOf(authorKey(), MAX_GROUP) }),
    MAX_PEOPLE / SMALLEST_GROUP,
  ),
  /** The end of the meeting and a day. */
  expires: seconds(),
} as const;

export type MeetupFields = FieldsRead<typeof MEETUP_FIELDS>;
export type MeetupFieldsWritten = FieldsWritten<typeof MEETUP_FIELDS>;

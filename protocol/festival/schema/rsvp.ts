// rsvp/1 (SPEC.md §8.2): "I'm in", said by a key for one event, or counted by a box at its door.
import { bool, type FieldsRead, type FieldsWritten, integer, oneOf, optional, pattern } from "../rule.ts";
import { seconds } from "../when-rule.ts";

/** One key says one thing about one event, or about one start of it. */
export const RSVP_KEY = pattern(/^[0-9a-f]{64}(@(0|[1-9]\d{0,9}))?$/, 'an event id, alone or with "@" and a start');

export const RSVP_FIELDS = {
  going: oneOf("yes", "maybe", "no"),
  /** Me and friends. */
  n: optional(integer(1, 10)),
  /** Presses at the door of the box that signs. Such an rsvp is a count of the door and never a person. */
  door: optional(integer(0, 10_000)),
  /** The box that signs says at its door that nobody fits in any more, or that somebody does again. */
  full: optional(bool()),
  expires: optional(seconds()),
} as const;

export type RsvpFields = FieldsRead<typeof RSVP_FIELDS>;
export type RsvpFieldsWritten = FieldsWritten<typeof RSVP_FIELDS>;

// presence/1 (SPEC.md §8.2): "I'm here and open to meet", for some hours, said to one node. Best by a fresh key (M-40).
import { bool, type FieldsRead, type FieldsWritten, listOf, oneOf, optional, pattern, text } from "../rule.ts";
import type { Seconds } from "../when.ts";
import { seconds } from "../when-rule.ts";
import { authorKey, language } from "./values.ts";

/** Nobody stays open to meet overnight because a phone was forgotten in a pocket. */
export const MAX_PRESENCE_SECONDS = 8 * 60 * 60;

/** One key is in one place. */
export const PRESENCE_KEY = pattern(/^$/, "empty");

export const PRESENCE_FIELDS = {
  open: bool(),
  until: seconds(),
  langs: optional(listOf(language(), 5)),
  tags: optional(listOf(text(1, 40), 5)),
  size: optional(oneOf("pair", "small", "any")),
  access: optional(oneOf("step-free", "quiet", "none")),
  /** The only node that counts it. */
  via: authorKey(),
  /** Whatever that node handed out to join a round: an id in hex fits. */
  round: optional(text(1, 64)),
} as const;

export type PresenceFields = FieldsRead<typeof PRESENCE_FIELDS>;
export type PresenceFieldsWritten = FieldsWritten<typeof PRESENCE_FIELDS>;

/** Validity knows no clock; a presence that claims more than 8 h ahead is valid and counts for nobody until it does not. */
export function isPresent({ open, until }: PresenceFields, now: Seconds): boolean {
  return open && now < until && until <= now + MAX_PRESENCE_SECONDS;
}

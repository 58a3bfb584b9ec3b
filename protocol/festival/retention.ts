// How long an honest node keeps the body of a valid document (SPEC.md §8.6, M-60). Knows no clock, and drops nothing:
// when to trust a clock, what a person pinned and what a keeper's quota allows are decided elsewhere.

import { MAX_PRESENCE_SECONDS } from "./schema/presence.ts";
import type { FieldsOf, SchemaName } from "./schema.ts";
import type { Seconds } from "./when.ts";

const DAY_SECONDS = 24 * 60 * 60;

/** Beyond `expiresAt`, before a body is dropped: a borrowed clock may be a day off (M-39). Hidden it is at once. */
export const EXPIRY_GRACE_SECONDS = DAY_SECONDS;
/** What people said about an event outlives it by a week, for whoever tidies up afterwards (M-60). */
export const AFTER_EVENT_SECONDS = 7 * DAY_SECONDS;
/** Half a year after the last touch nobody comes back to a note (M-60). */
export const UNTOUCHED_SECONDS = 180 * DAY_SECONDS;

export type RetentionClass = "hours" | "days" | "months" | "long";

export interface Retention {
  readonly class: RetentionClass;
  /** From then on it is not shown; the body goes `EXPIRY_GRACE_SECONDS` later. Absent: kept. */
  readonly expiresAt?: Seconds;
  /**
   * Until then neither age nor quota nor its author's wish takes the body: occupancy stands on it (M-23). Later answers
   * to the same subject stay as long, or a released hold would come back.
   */
  readonly keepUntil?: Seconds;
}

/** What fields alone do not say, in seconds. */
export interface RetentionContext {
  /** Timestamp of the latest operation of the document: a claim, used for expiry only (M-04). */
  readonly touchedAt: Seconds;
  /** End of the event that the document is about, where it is known here and has one. */
  readonly eventEnd?: Seconds;
}

interface Span {
  readonly end: Seconds;
}

type RetentionTable = {
  readonly [Name in SchemaName]: (fields: FieldsOf[Name], context: RetentionContext) => Retention;
};

const RETENTION: RetentionTable = {
  "presence/1": ({ until }, { touchedAt }) => ({
    class: "hours",
    expiresAt: Math.min(until, touchedAt + MAX_PRESENCE_SECONDS),
  }),
  "meetup/1": ({ expires }) => ({ class: "hours", expiresAt: expires }),
  "rsvp/1": ({ expires }, { eventEnd, touchedAt }) => ({
    class: "days",
    expiresAt: expires ?? afterEvent(touchedAt, eventEnd),
  }),
  "flag/1": (_, { eventEnd, touchedAt }) => ({
    class: "days",
    expiresAt: (eventEnd ?? touchedAt) + AFTER_EVENT_SECONDS,
  }),
  "answer/1": ({ subject, hold }, { eventEnd, touchedAt }) =>
    isSeat(subject) ? { class: "days", expiresAt: afterEvent(touchedAt, eventEnd, hold?.end) } : resourceAnswer(hold),
  "note/1": (fields, { touchedAt }) =>
    fields.archive === "yes"
      ? keptUntilExpiry(fields)
      : { class: "months", expiresAt: Math.min(fields.expires ?? Infinity, touchedAt + UNTOUCHED_SECONDS) },
  "profile/1": kept,
  "resource/1": keptUntilExpiry,
  "event/1": keptUntilExpiry,
  "series/1": keptUntilExpiry,
  "request/1": ({ expires, end }) =>
    // What was granted is understood only with what was asked.
    keptUntilExpiry(expires === undefined ? {} : { expires: Math.max(expires, end + AFTER_EVENT_SECONDS) }),
  "need/1": kept,
  "frame/1": keptUntilExpiry,
  "pick/1": kept,
  "page/1": kept,
  "keylink/1": kept,
  "mutelist/1": kept,
  "space-link/1": kept,
  "forget/1": kept,
};

/** For fields without fault (`checkFields`). Bodies of unknown schemas have no class; a node keeps them like `long`. */
export function retentionOf<Name extends SchemaName>(
  schema: Name,
  fields: FieldsOf[Name],
  context: RetentionContext,
): Retention {
  return RETENTION[schema](fields, context);
}

function kept(): Retention {
  return { class: "long" };
}

/** Kept, unless its author named an end. */
function keptUntilExpiry({ expires }: { readonly expires?: Seconds }): Retention {
  return expires === undefined ? kept() : { ...kept(), expiresAt: expires };
}

function isSeat(subject: string): boolean {
  return subject.includes(":");
}

function resourceAnswer(hold: Span | undefined): Retention {
  return hold === undefined ? kept() : { ...kept(), keepUntil: hold.end + AFTER_EVENT_SECONDS };
}

/** The latest of the ends that are known. An event that never came, or has no end, is waited for like a note. */
function afterEvent(touchedAt: Seconds, ...ends: readonly (Seconds | undefined)[]): Seconds {
  const known = ends.filter((end) => end !== undefined);
  return known.length === 0 ? touchedAt + UNTOUCHED_SECONDS : Math.max(...known) + AFTER_EVENT_SECONDS;
}

// What an event said before its author changed it: the old start beside the new one, and the doors it left (M-16).
// Times and places only, and only of events that were ever updated. Like a document's state it is a merge: the same
// operations give the same history, in any order and however often.
import type { BodyOperation } from "../../protocol/festival/document.ts";
import type { DocumentState, Stamp } from "../../protocol/festival/document-state.ts";
import type { Optional } from "../../protocol/festival/rule.ts";
import { EVENT_FIELDS, type EventFields } from "../../protocol/festival/schema/event.ts";
import type { Seconds, When } from "../../protocol/festival/when.ts";
import type { CborMap, CborValue } from "../../protocol/operation/cbor.ts";

/** Half-open. */
export interface Span {
  readonly start: Seconds;
  readonly end: Seconds;
}

/** What one operation said; `null` is a field that it cleared or got wrong, or a time that is not exact. */
export interface Said {
  readonly stamp: Stamp;
  /** When its author claims to have written it; 0 for the create. */
  readonly at: Seconds;
  readonly when?: Span | null;
  readonly venues?: readonly string[] | null;
  readonly place?: string | null;
}

/** In the order of its author. */
export type EventHistory = readonly Said[];

/** An author who changes an event more often than this has readers who look again anyway. */
const MAX_SAID = 8;
/** Serves sorting where an event names no end; never printed. */
const GUESSED_LENGTH_SECONDS = 3600;
/** A change made earlier than this before the event reached people as the plan itself (M-16). */
const NEWS_SECONDS = 86_400;

/** `before` is the document without this operation; `claimedAt` is asked only where it matters. */
export function mergeHistory(
  history: EventHistory,
  before: DocumentState | undefined,
  operation: BodyOperation,
  claimedAt: () => Seconds,
): EventHistory {
  const { body, id, seqNum } = operation;
  if (body.a === "create" && history.length > 0) return insert(history, said([seqNum, id], 0, body.f));
  if (body.a !== "update" || !speaksOfIt(body.f)) return history;
  const earlier = history.length === 0 ? firstSaid(before) : history;
  return insert(earlier, said([seqNum, id], claimedAt(), body.f));
}

/** When it was, and where. */
export interface FormerPlan {
  readonly span: Span;
  readonly places: readonly string[];
}

/** The plan that people still have in mind, if the present start is news. */
export function formerPlan(history: EventHistory): FormerPlan | undefined {
  let known: Omit<Said, "stamp" | "at"> = {};
  let former: FormerPlan | undefined;
  let changedAt = 0;
  for (const change of history) {
    const { when } = known;
    if (change.when !== undefined && change.when?.start !== when?.start) {
      former = when && change.when ? { span: when, places: placesSaid(known) } : undefined;
      changedAt = change.at;
    }
    known = { ...known, ...change };
  }
  if (former === undefined || !known.when) return undefined;
  return changedAt >= Math.min(former.span.start, known.when.start) - NEWS_SECONDS ? former : undefined;
}

/**
 * Places where the event was, with the time that it had there last. Not where it is: `present` comes from the document,
 * since a history that was cut may not reach back to where that was said.
 */
export function leftPlaces(history: EventHistory, present: readonly string[]): ReadonlyMap<string, Span> {
  const left = new Map<string, Span>();
  let known: Omit<Said, "stamp" | "at"> = {};
  for (const change of history) {
    const [places, span] = [placesSaid(known), known.when];
    known = { ...known, ...change };
    if (span) for (const place of places) left.set(place, span);
  }
  for (const place of present) left.delete(place);
  return left;
}

/** Venues by their ids, else the place in words. */
export function placesOf({ venues, place }: Pick<EventFields, "venues" | "place">): readonly string[] {
  return placesSaid({ venues: venues ?? null, place: place?.text ?? null });
}

export function spanOf(when: When | undefined): Span | undefined {
  if (when?.m !== "exact") return undefined;
  return { start: when.start, end: when.end ?? when.start + GUESSED_LENGTH_SECONDS };
}

function placesSaid({ venues, place }: Pick<Said, "venues" | "place">): readonly string[] {
  if (venues && venues.length > 0) return [...new Set(venues)];
  return place ? [place] : [];
}

/** Where there is no history, no update spoke of times and places: what the document says of them is from its create. */
function firstSaid(before: DocumentState | undefined): EventHistory {
  if (before?.kind !== "open") return [];
  const { fields, stamps } = before;
  const stamp = stamps["when"] ?? stamps["venues"] ?? stamps["place"];
  return stamp === undefined ? [] : [said(stamp, 0, fields)];
}

function speaksOfIt(fields: CborMap): boolean {
  return "when" in fields || "venues" in fields || "place" in fields;
}

function said(stamp: Stamp, at: Seconds, fields: CborMap): Said {
  return {
    stamp,
    at,
    ...("when" in fields && { when: spanOf(valid(EVENT_FIELDS.when, fields["when"])) ?? null }),
    ...("venues" in fields && { venues: valid(EVENT_FIELDS.venues, fields["venues"]) ?? null }),
    ...("place" in fields && { place: valid(EVENT_FIELDS.place, fields["place"])?.text ?? null }),
  };
}

function valid<Value>({ optional }: Optional<Value>, value: CborValue = null): Value | undefined {
  return value === null || optional(value) ? undefined : (value as Value);
}

function insert(history: EventHistory, entry: Said): EventHistory {
  if (entry.when === undefined && entry.venues === undefined && entry.place === undefined) return history;
  const others = history.filter(({ stamp }) => stamp[1] !== entry.stamp[1]);
  return [...others, entry].sort((a, b) => compareStamps(a.stamp, b.stamp)).slice(-MAX_SAID);
}

/** As documents are merged: of two operations with one sequence number the lower id comes last, and so wins. */
function compareStamps([seqA, idA]: Stamp, [seqB, idB]: Stamp): number {
  return seqA - seqB || (idA < idB ? 1 : -1);
}

// What a request has come to (SPEC.md §9.4; M-24, M-25, M-31): its dot on the screen. Computed from the occupancy of
// the resource and from what is here of the request and its event; never stored, and no time-out ever changes it.
import type { AnswerEntry } from "./answers-in-force.ts";
import type { HeldOutcome, Occupancy } from "./occupancy.ts";
import { contains, type Span } from "./span.ts";

/** The time and the number that a request asks for. */
export interface Asked extends Span {
  readonly quantity: number;
}

export interface RequestSeen {
  /** Document id of the request. */
  readonly id: string;
  /** Absent while its create operation is not here. */
  readonly asked?: Asked | "withdrawn";
  /** Status of its event; absent while the event is not here. */
  readonly event?: "idea" | "planned" | "cancelled" | "postponed" | "withdrawn";
}

/** `grant` is what is held for the request, even where that does not cover what it asks for by now. */
export type RequestState =
  | { readonly state: "confirmed"; readonly grant: Asked; readonly shares: boolean }
  | { readonly state: "open"; readonly grant?: Asked }
  /** `position` counts from 1. */
  | { readonly state: "waiting"; readonly position: number }
  | { readonly state: "declined" | "released" | "withdrawn" | "dead" | "half heard" };

export function requestState(request: RequestSeen, occupancy: Pick<Occupancy, "outcomes" | "waiting">): RequestState {
  const { id, asked, event } = request;
  if (asked === "withdrawn") return { state: "withdrawn" };
  if (event === "cancelled" || event === "withdrawn") return { state: "dead" };
  const outcome = occupancy.outcomes.get(id);
  if (outcome === undefined) return { state: "open" };
  if (asked === undefined || event === undefined) return { state: "half heard" };
  switch (outcome.state) {
    case "held":
      return stateOfHeld(outcome, asked);
    case "wait":
      return { state: "waiting", position: occupancy.waiting.indexOf(id) + 1 };
    case "reject":
      return { state: isAnswerTo(outcome.answer, asked) ? "declined" : "open" };
    case "release":
      return { state: "released" };
    case "void":
      return { state: "open" };
  }
}

function stateOfHeld({ answer, hold, quantity, shares }: HeldOutcome, asked: Asked): RequestState {
  const grant = { start: answer.start ?? hold.start, end: answer.end ?? hold.end, quantity };
  return covers(grant, asked) ? { state: "confirmed", grant, shares } : { state: "open", grant };
}

export function covers(grant: Asked, asked: Asked): boolean {
  return contains(grant, asked) && grant.quantity >= asked.quantity;
}

/** A refusal that names what it refuses says nothing about another time or number, asked for later (M-31). */
function isAnswerTo({ start, end, quantity }: AnswerEntry, asked: Asked): boolean {
  return (
    (start === undefined || start === asked.start) &&
    (end === undefined || end === asked.end) &&
    (quantity === undefined || quantity === asked.quantity)
  );
}

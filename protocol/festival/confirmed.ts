// How far an event is confirmed (SPEC.md §9.4; M-33, D-30): "75 % confirmed", a dot for each thing that its author asks
// for.
import { type Asked, covers, type RequestState } from "./request-state.ts";

/** A request for an event, with what it has come to. */
export interface EventRequest {
  readonly author: string;
  readonly resource: string;
  readonly asked: Asked;
  readonly state: RequestState["state"];
}

export interface Confirmed {
  /** Requests of the event's author, withdrawn ones left out. */
  readonly asked: number;
  readonly accepted: number;
  /** Rounded down, so that 100 means all. Absent where nothing was asked for: the event needs nothing. */
  readonly percent?: number;
  /** What others ask for on the event's behalf and its author does not. */
  readonly suggestions: readonly EventRequest[];
}

/** `requests` are those for one event, by anybody; `author` is the key that made the event. */
export function confirmed(author: string, requests: readonly EventRequest[]): Confirmed {
  const alive = requests.filter(({ state }) => state !== "withdrawn");
  const own = alive.filter((request) => request.author === author);
  const needed = new Set(own.map(({ resource }) => resource));
  const granted = alive.filter(({ state }) => state === "confirmed");
  const accepted = own.filter((need) => granted.some((request) => serves(request, need))).length;
  return {
    asked: own.length,
    accepted,
    ...(own.length > 0 && { percent: Math.floor((100 * accepted) / own.length) }),
    suggestions: alive.filter(({ resource }) => !needed.has(resource)),
  };
}

/** What somebody else was granted for the event counts once its author asks for no more than that. */
function serves(granted: EventRequest, need: EventRequest): boolean {
  if (granted === need) return true;
  return granted.author !== need.author && granted.resource === need.resource && covers(granted.asked, need.asked);
}

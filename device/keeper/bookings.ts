// What a keeper asks of the programme before it answers: the things it may answer for, and what is open about each.
import type { RequestToDecide } from "../../protocol/festival/decide.ts";
import type { Occupancy } from "../../protocol/festival/occupancy.ts";
import type { RequestSeen } from "../../protocol/festival/request-state.ts";
import type { SeatRequest } from "../../protocol/festival/seats.ts";
import type { Span } from "../../protocol/festival/span.ts";
import type { ShownDocument } from "../programme/document-query.ts";
import type { Programme } from "../programme/programme.ts";
import type { RequestView } from "../programme/request-query.ts";
import { whenSpan } from "../programme/when-span.ts";

export type Bookings = Pick<Programme, "document" | "documents" | "keyed" | "occupancy" | "requests" | "seats">;

export type Resource = ShownDocument<"resource/1">;

/** A request about which there may be something to say; `view` only where it is shown. */
export interface Question extends RequestToDecide {
  readonly view?: RequestView;
}

/** An event whose guests have seats, at a time of whole minutes. */
export interface SeatedEvent {
  readonly doc: string;
  readonly author: string;
  readonly capacity: number;
  readonly hold: Span;
}

const SECONDS_PER_MINUTE = 60;

/** Resources whose requests this key answers (M-20). */
export function answeredBy(key: string, bookings: Bookings): readonly Resource[] {
  return bookings.documents("resource/1").filter(({ author, fields }) => (fields.answerer ?? author) === key);
}

/** Those that hold or wait and are gone, then the others, in the order in which they arrived. */
export function questionsAbout(resource: string, occupancy: Occupancy, bookings: Bookings): readonly Question[] {
  const views = bookings.requests({ resource });
  const shown = new Set(views.map(({ doc }) => doc));
  const withdrawn = [...occupancy.outcomes].flatMap(([id, { state, answer }]): readonly Question[] => {
    if ((state !== "held" && state !== "wait") || shown.has(id)) return [];
    return bookings.document(id).status === "withdrawn" ? [{ id, version: answer.version, asked: "withdrawn" }] : [];
  });
  const seen = views.filter(({ state }) => ["open", "waiting", "dead"].includes(state.state));
  const questions = seen.flatMap((view) => questionOf(view, bookings));
  const isDead = ({ view }: Question) => view?.state.state === "dead";
  return [...withdrawn, ...questions.filter(isDead), ...questions.filter((question) => !isDead(question))];
}

function questionOf(view: RequestView, bookings: Bookings): readonly Question[] {
  const found = bookings.document(view.doc);
  if (found.status !== "shown") return [];
  const { span, quantity } = view;
  const event = statusOf(view.event, bookings);
  return [
    {
      id: view.doc,
      version: found.document.version,
      asked: { ...span, quantity },
      ...(event !== undefined && { event }),
      view,
    },
  ];
}

function statusOf(event: string, bookings: Bookings): RequestSeen["event"] {
  const found = bookings.document(event);
  if (found.status === "withdrawn") return "withdrawn";
  if (found.status !== "shown" || found.document.schema !== "event/1") return undefined;
  return found.document.fields.status;
}

/**
 * Events of this key that have seats (M-34). One without any time has none yet: an answer names a span, and how long it is
 * kept hangs on that.
 */
export function seatedBy(key: string, bookings: Bookings): readonly SeatedEvent[] {
  return bookings.documents("event/1").flatMap(({ doc, author, fields }): readonly SeatedEvent[] => {
    const { capacity = 0, join, status, when } = fields;
    const span = whenSpan(when);
    if (author !== key || (capacity === 0 && join !== "answer") || status === "cancelled") return [];
    return span === undefined ? [] : [{ doc, author, capacity, hold: wholeMinutes(span) }];
  });
}

function wholeMinutes({ start, end }: Span): Span {
  return {
    start: start - (start % SECONDS_PER_MINUTE),
    end: Math.ceil(end / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE,
  };
}

/** What people, not doors, said about events as a whole, in the order in which each first said it here; by event. */
export function seatRequests(bookings: Bookings): ReadonlyMap<string, readonly SeatRequest[]> {
  const said = bookings.keyed("rsvp/1").filter(({ fields }) => fields.door === undefined);
  const byEvent = Map.groupBy(said, ({ key }) => key);
  return new Map([...byEvent].map(([event, rsvps]) => [event, rsvps.map(seatRequest)]));
}

function seatRequest({ author, version, fields: { going, n = 1 } }: ShownDocument<"rsvp/1">): SeatRequest {
  return { guest: author, version, going, n };
}

// Seats of an event (SPEC.md §9.7, M-34): the same fold, its host answering guests instead of requests. Nobody moves up
// by a release alone: the host's device writes the next accept.
import type { AnswerEntry, HeardLog, Verdict } from "./answers-in-force.ts";
import type { Decision } from "./decision.ts";
import { type Occupancy, type Outcome, occupancy } from "./occupancy.ts";
import type { Span } from "./span.ts";

const ALWAYS: Span = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };

export interface SeatedEvent {
  readonly doc: string;
  /** Key of the host, whose answers count. */
  readonly author: string;
  /** 0 is without limit. */
  readonly capacity: number;
}

/** The latest rsvp of a guest who is a person, not a door. */
export interface SeatRequest {
  /** Key of the guest. */
  readonly guest: string;
  /** Operation of the rsvp. */
  readonly version: string;
  readonly going: "yes" | "maybe" | "no";
  /** The guest and friends. */
  readonly n: number;
}

/** Outcomes by `seatOf`. A seat is for the whole event, whatever its hour: all holds are there at once. */
export function seats(
  { doc, author, capacity }: SeatedEvent,
  answers: readonly AnswerEntry[],
  logs: ReadonlyMap<string, HeardLog>,
): Occupancy {
  return occupancy({ doc, author, fields: { quantity: capacity, consumable: true } }, answers, logs);
}

/** Subject of the answer to a guest. */
export function seatOf(event: string, guest: string): string {
  return `${event}:${guest}`;
}

/**
 * What the host's device writes next: seats given back, then those who wait in their order, then newcomers in the order
 * in which their rsvps arrived, in which `requests` stand, and groups that grew last. Who does not fit waits; no seat
 * stays empty that somebody who wants it fits in.
 */
export function nextAnswers(
  event: SeatedEvent & { readonly hold: Span },
  requests: readonly SeatRequest[],
  taken: Occupancy,
): readonly Decision[] {
  const row = new SeatRow(event, taken);
  const going = requests.filter((request) => request.going === "yes");
  for (const request of requests) if (request.going !== "yes") row.giveBack(request);
  for (const request of going) if (request.n < row.seatsOf(request)) row.resize(request);
  const bySubject = new Map(going.map((request) => [seatOf(event.doc, request.guest), request]));
  for (const subject of taken.waiting) {
    const request = bySubject.get(subject);
    if (request !== undefined && row.fits(request.n)) row.accept(request);
  }
  for (const request of going.filter((guest) => row.isNew(guest))) {
    if (row.fits(request.n)) row.accept(request);
    else row.say("wait", request);
  }
  for (const request of going) {
    const seats = row.seatsOf(request);
    if (seats > 0 && request.n > seats && row.fits(request.n - seats)) row.resize(request);
  }
  return row.answers;
}

/** The seats while answers are being written. */
class SeatRow {
  readonly answers: Decision[] = [];
  readonly #event: SeatedEvent & { readonly hold: Span };
  readonly #taken: Occupancy;
  #free: number;

  constructor(event: SeatedEvent & { readonly hold: Span }, taken: Occupancy) {
    this.#event = event;
    this.#taken = taken;
    this.#free = event.capacity === 0 ? Number.POSITIVE_INFINITY : event.capacity - taken.load().peak(ALWAYS);
  }

  fits(n: number): boolean {
    return n <= this.#free;
  }

  /** Seats that the guest had before; 0 without any. */
  seatsOf(request: SeatRequest): number {
    const outcome = this.#outcomeOf(request);
    return outcome?.state === "held" ? outcome.quantity : 0;
  }

  /** Never answered, or for an rsvp that has changed since. */
  isNew(request: SeatRequest): boolean {
    const outcome = this.#outcomeOf(request);
    if (outcome === undefined || outcome.state === "void") return true;
    return outcome.state !== "held" && outcome.state !== "wait" && outcome.answer.version !== request.version;
  }

  giveBack(request: SeatRequest): void {
    const state = this.#outcomeOf(request)?.state;
    if (state !== "held" && state !== "wait") return;
    this.say("release", request);
    this.#free += this.seatsOf(request);
  }

  /** Whoever comes with more or fewer friends keeps a seat: a release and an accept in one go. */
  resize(request: SeatRequest): void {
    this.giveBack(request);
    this.accept(request);
  }

  accept(request: SeatRequest): void {
    const { hold, capacity } = this.#event;
    this.say("accept", request, { hold, quantity: request.n, of: capacity });
    this.#free -= request.n;
  }

  say(verdict: Verdict, { guest, version }: SeatRequest, granted: Partial<Decision> = {}): void {
    const { doc } = this.#event;
    this.answers.push({ verdict, subject: seatOf(doc, guest), resource: doc, version, policy: "auto", ...granted });
  }

  #outcomeOf({ guest }: SeatRequest): Outcome | undefined {
    return this.#taken.outcomes.get(seatOf(this.#event.doc, guest));
  }
}

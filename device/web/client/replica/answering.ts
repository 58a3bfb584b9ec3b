// Answering what others ask of this phone: for a thing of its own, and for a seat at an event of its own.
import { seatOf } from "../../../../protocol/festival/seats.ts";
import { ActError } from "../../../act/act-error.ts";
import type { Question } from "../../../act/answer.ts";
import { refuseStrangers, setBody } from "../../../act/checked-body.ts";
import { whenSpan } from "../../../programme/when-span.ts";
import { type ActDesk, awaited, needed } from "./act-desk.ts";

export function questionOf(desk: ActDesk, id: string): Question {
  const request = needed(desk, "request/1", id);
  const resource = needed(desk, "resource/1", request.fields.resource);
  const occupancy = desk.settled.occupancy(resource.doc);
  if (occupancy === undefined) throw awaited();
  return {
    request,
    resource,
    occupancy,
    gone: [...occupancy.outcomes.keys()].filter((subject) => isGone(desk, subject)),
  };
}

/** Withdrawn, or for an event that does not take place. */
function isGone({ documents }: ActDesk, request: string): boolean {
  const found = documents.made("request/1", request)?.document;
  if (found === undefined) return documents.standing(request) === "withdrawn";
  const event = documents.made("event/1", found.fields.event)?.document;
  return event === undefined
    ? documents.standing(found.fields.event) === "withdrawn"
    : event.fields.status === "cancelled";
}

export function answererKey({ resource }: Question): string {
  return resource.fields.answerer ?? resource.author;
}

export function answering(desk: ActDesk, question: Question): string {
  return desk.ownKeys.has(answererKey(question)) ? answererKey(question) : desk.me;
}

interface SeatGiving {
  readonly event: string;
  readonly guest: string;
  readonly verdict: "accept" | "wait" | "release";
}

/** An event without a time holds its seats for ever. */
export async function giveSeat(desk: ActDesk, { event, guest, verdict }: SeatGiving): Promise<void> {
  const host = needed(desk, "event/1", event);
  const said = desk.documents.keyed("rsvp/1", guest, event);
  if (said === undefined) throw new ActError("E_NOT_ASKED", "Cannot give a seat: nobody asks for it");
  refuseStrangers(host, desk.ownKeys.has(host.author) ? host.author : desk.me);
  const subject = seatOf(event, guest);
  const { start, end } = whenSpan(host.fields.when) ?? { start: 0, end: said.touchedAt };
  const granted = {
    hold: { start: minute(start), end: minute(end) + 60 },
    quantity: said.document.fields.n ?? 1,
    of: host.fields.capacity ?? 0,
  };
  const common = { subject, resource: event, version: said.document.version, verdict, policy: "manual" as const };
  const body = setBody("answer/1", subject, { ...common, ...(verdict === "accept" && granted) });
  await desk.publish([body], host.author);
}

function minute(seconds: number): number {
  return Math.floor(seconds / 60) * 60;
}

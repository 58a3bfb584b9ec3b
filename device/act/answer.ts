// Answering a request, and giving back (M-20 to M-25): what a person who lends something decides, in their own log. Every
// number that others compute from stands in the answer itself.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import { effectiveHold, fits, type HeldOutcome, type Occupancy } from "../../protocol/festival/occupancy.ts";
import { holdFor } from "../../protocol/festival/opening.ts";
import { covers } from "../../protocol/festival/request-state.ts";
import type { AnswerFieldsWritten } from "../../protocol/festival/schema/answer.ts";
import type { Span } from "../../protocol/festival/span.ts";
import { ActError } from "./act-error.ts";
import { deleteBody, type Made, setBody } from "./checked-body.ts";

export interface Question {
  readonly request: Made<"request/1">;
  readonly resource: Made<"resource/1">;
  readonly occupancy: Occupancy;
  /** Requests that hold it still although they, or their events, are gone: each answer releases them (M-25). */
  readonly gone: readonly string[];
}

export interface Reply {
  readonly verdict: "accept" | "reject" | "wait";
  readonly note?: string | undefined;
  /** Hold it although others hold it then: they share. */
  readonly force?: boolean | undefined;
}

/**
 * The answer, behind releases of what is gone; where a request changed beyond what was granted, the old grant is released first (M-21). Throws
 * E_NOT_YOURS, E_TAKEN or E_NOTHING_TO_DO.
 */
export function answerTo(question: Question, reply: Reply, me: string): readonly BodyToWrite[] {
  refuseOthers(question, me);
  return [...releaseGone(question), ...replyTo(question, reply)];
}

function replyTo(question: Question, reply: Reply): readonly BodyToWrite[] {
  switch (reply.verdict) {
    case "accept":
      return accept(question, reply);
    case "reject":
      return [answer(question, { verdict: "reject", ...askedOf(question), ...noteOf(reply) })];
    case "wait":
      if (isHeld(question))
        throw new ActError("E_NOTHING_TO_DO", "Cannot let it wait: it is granted; release it first");
      return [answer(question, { verdict: "wait", ...noteOf(reply) })];
  }
}

/**
 * Gives back what a request holds: whoever answers for the resource takes the grant back, whoever asked takes the
 * request back. Throws E_NOT_YOURS or E_NOTHING_TO_DO.
 */
export function release(question: Question, note: string | undefined, me: string): readonly BodyToWrite[] {
  const { request, resource, occupancy } = question;
  if (answererOf(resource) !== me && request.author === me) return [deleteBody(request)];
  refuseOthers(question, me);
  const state = occupancy.outcomes.get(request.doc)?.state;
  if (state !== "held" && state !== "wait") {
    throw new ActError("E_NOTHING_TO_DO", "Cannot release it: nothing is held for this request");
  }
  return [answer(question, { verdict: "release", ...noteOf({ note }) })];
}

export function answererOf({ author, fields }: Made<"resource/1">): string {
  return fields.answerer ?? author;
}

function refuseOthers({ resource }: Question, me: string): void {
  if (answererOf(resource) === me) return;
  throw new ActError("E_NOT_YOURS", `Cannot answer for "${resource.fields.title}": somebody else lends it`);
}

function accept(question: Question, reply: Reply): readonly BodyToWrite[] {
  const { request, resource, occupancy } = question;
  const asked = askedOf(question);
  const held = occupancy.outcomes.get(request.doc);
  const load = occupancy.load();
  for (const { hold, quantity } of heldByGone(question)) load.add(hold, -quantity);
  if (held?.state === "held") {
    const { start = held.hold.start, end = held.hold.end } = held.answer;
    if (covers({ start, end, quantity: held.quantity }, asked)) {
      throw new ActError("E_NOTHING_TO_DO", "Cannot accept it again: it is granted already");
    }
    load.add(held.hold, -held.quantity);
  }
  const hold = holdFor(resource.fields, asked);
  const of = resource.fields.quantity;
  const isFree = fits(load, effectiveHold(hold, resource.fields.consumable === true), { quantity: asked.quantity, of });
  if (!isFree && reply.force !== true) {
    throw new ActError("E_TAKEN", `Cannot accept it: "${resource.fields.title}" is taken then; share it with --force`);
  }
  const granted = answer(question, {
    verdict: "accept",
    ...asked,
    hold,
    of,
    ...(!isFree && { force: true }),
    ...noteOf(reply),
  });
  return held?.state === "held" ? [answer(question, { verdict: "release" }), granted] : [granted];
}

function heldByGone({ gone, occupancy, request }: Question): readonly HeldOutcome[] {
  return gone.flatMap((subject) => {
    const outcome = occupancy.outcomes.get(subject);
    return outcome?.state === "held" && subject !== request.doc ? outcome : [];
  });
}

function releaseGone(question: Question): readonly BodyToWrite[] {
  return heldByGone(question).map(({ answer: { subject, resource, version = subject } }) =>
    setBody("answer/1", subject, { subject, resource, version, verdict: "release", policy: "manual" }),
  );
}

function answer(
  { request, resource }: Question,
  said: Omit<AnswerFieldsWritten, "subject" | "resource" | "version" | "policy">,
): BodyToWrite {
  const { doc: subject, version } = request;
  return setBody("answer/1", subject, { subject, resource: resource.doc, version, policy: "manual", ...said });
}

function askedOf({ request }: Question): Span & { readonly quantity: number } {
  const { start, end, quantity } = request.fields;
  return { start, end, quantity };
}

function isHeld({ request, occupancy }: Question): boolean {
  return occupancy.outcomes.get(request.doc)?.state === "held";
}

function noteOf({ note }: { readonly note?: string | undefined }): { readonly note?: string } {
  return note === undefined ? {} : { note };
}

// Changing what one has made: its fields, whether it takes place, and when. Cancelled is an end (M-25): whoever wants it
// back forks it, so that a free slot never depends on which news came first.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import type { MadeDocument } from "../../protocol/festival/view.ts";
import type { ExactWhen } from "../../protocol/festival/when.ts";
import { ActError } from "./act-error.ts";
import { type Changes, deleteBody, type Made, refuseStrangers, updateBody } from "./checked-body.ts";

/** Throws E_NOT_YOURS, E_CANCELLED, E_FIELDS or E_NOTHING_TO_DO. */
export function edit<D extends MadeDocument>(document: D, changes: Changes<D["schema"]>, me: string): BodyToWrite {
  refuseStrangers(document, me);
  refuseCancelled(document);
  return updateBody(document, changes);
}

export interface Cancelling {
  /** Later, not never. */
  readonly postponed?: boolean;
  /** Take it away for good: all that stays is that something stood there (M-13). */
  readonly withdraw?: boolean;
  /** Why, for those who come. */
  readonly note?: string | undefined;
}

/** A cancelled event stays, struck through (M-15); everything else is withdrawn. Throws E_NOT_YOURS or E_CANCELLED. */
export function cancel(document: MadeDocument, { postponed, withdraw, note }: Cancelling, me: string): BodyToWrite {
  refuseStrangers(document, me);
  if (document.schema !== "event/1" || withdraw === true) return deleteBody(document);
  refuseCancelled(document);
  return updateBody(document, { status: postponed === true ? "postponed" : "cancelled", note });
}

/**
 * The event at another time, and each request of its author for it (M-16): one for the whole event is for the whole event
 * again, one for a part of it keeps its distance from the start. Throws E_NOT_YOURS, E_CANCELLED or E_FIELDS.
 */
export function move(
  event: Made<"event/1">,
  to: ExactWhen,
  { requests, me }: { readonly requests: readonly Made<"request/1">[]; readonly me: string },
): readonly BodyToWrite[] {
  refuseStrangers(event, me);
  refuseCancelled(event);
  const { when: before, status } = event.fields;
  const from = before?.m === "exact" ? before : undefined;
  const when = withLength(to, from);
  const own = requests.filter(({ author }) => author === me);
  return [
    updateBody(event, { when, ...(status === "postponed" && { status: "planned" as const }) }),
    ...own.flatMap((request) => moveRequest(request, from, when) ?? []),
  ];
}

/** Without an end of its own it takes as long as before. */
function withLength(to: ExactWhen, from: ExactWhen | undefined): ExactWhen {
  if (to.end !== undefined || from?.end === undefined) return to;
  const { endOpen: _, ...timed } = to;
  return { ...timed, end: to.start + (from.end - from.start), ...(from.endOpen && { endOpen: true }) };
}

function moveRequest(request: Made<"request/1">, from: ExactWhen | undefined, to: ExactWhen): BodyToWrite | undefined {
  const { start, end } = request.fields;
  const isWhole = from === undefined || (start === from.start && end === from.end);
  const by = to.start - (from?.start ?? start);
  const span =
    isWhole && to.end !== undefined ? { start: to.start, end: to.end } : { start: start + by, end: end + by };
  return span.start === start && span.end === end ? undefined : updateBody(request, span);
}

function refuseCancelled(document: MadeDocument): void {
  if (document.schema !== "event/1" || document.fields.status !== "cancelled") return;
  throw new ActError("E_CANCELLED", "Cannot change a cancelled event: fork it to begin again");
}

// Asking for a resource (M-24): a request, and what this device already knows against it. A request holds nothing;
// whoever answers decides, so a clash is a warning here and never a verdict.
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import { effectiveHold, fits, type Occupancy } from "../../protocol/festival/occupancy.ts";
import { holdFor, type MinuteOfWeek, opening } from "../../protocol/festival/opening.ts";
import type { Asked } from "../../protocol/festival/request-state.ts";
import { overlap, type Span } from "../../protocol/festival/span.ts";
import { ActError } from "./act-error.ts";
import { createBody, type Made } from "./checked-body.ts";

export interface Wish {
  readonly event: Made<"event/1">;
  readonly resource: Made<"resource/1">;
  /** The event's own span where absent. */
  readonly span?: Span | undefined;
  readonly quantity?: number | undefined;
  readonly note?: string | undefined;
}

/** What speaks against a wish, as far as this device knows. */
export type Clash =
  | { readonly why: "closed" | "off the grid" }
  /** `taken` are the spans that are held then; empty where more is asked for than there is. */
  | { readonly why: "taken"; readonly taken: readonly Span[] };

/** Throws E_NO_TIME, E_CANCELLED, E_NOT_LENT or E_FIELDS. */
export function askFor(wish: Wish): BodyToWrite {
  const { event, resource, quantity, note } = wish;
  if (event.fields.status === "cancelled") {
    throw new ActError("E_CANCELLED", "Cannot ask for anything: the event is cancelled; fork it to begin again");
  }
  if (resource.fields.policy === "none") {
    throw new ActError("E_NOT_LENT", `Cannot ask for "${resource.fields.title}": nobody takes requests for it`);
  }
  return createBody("request/1", {
    event: event.doc,
    resource: resource.doc,
    ...wishedSpan(wish),
    ...(quantity !== undefined && { quantity }),
    ...(note !== undefined && { note }),
  });
}

/** Throws E_NO_TIME: only an event with a start and an end can be booked. */
export function wishedSpan({ event, span }: Pick<Wish, "event" | "span">): Span {
  const { when } = event.fields;
  const found = span ?? (when?.m === "exact" ? when : undefined);
  if (found?.end !== undefined) return { start: found.start, end: found.end };
  throw new ActError("E_NO_TIME", "Cannot ask without a start and an end: the event has none; add --start and --end");
}

export function knownClash(
  { fields }: Made<"resource/1">,
  asked: Asked,
  occupancy: Occupancy,
  minuteOfWeek: MinuteOfWeek,
): Clash | undefined {
  const shut = opening(fields, asked, minuteOfWeek);
  if (shut !== undefined) return { why: shut };
  const hold = effectiveHold(holdFor(fields, asked), fields.consumable === true);
  if (fits(occupancy.load(), hold, { quantity: asked.quantity, of: fields.quantity })) return undefined;
  return { why: "taken", taken: takenSpans(occupancy, hold) };
}

function takenSpans({ outcomes }: Occupancy, hold: Span): readonly Span[] {
  return [...outcomes.values()]
    .flatMap((outcome) => (outcome.state === "held" && overlap(outcome.hold, hold) ? outcome.hold : []))
    .sort((a, b) => a.start - b.start);
}

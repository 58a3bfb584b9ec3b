// What an answerer's device says to a request without asking anybody (SPEC.md §9.6; M-25, M-26, M-28). Decides in the
// order in which it is asked: that is what "first come" means. Whether this device may answer at all, its keeper knows.
import type { Decision, Policy, Refusal } from "./decision.ts";
import type { Load } from "./load.ts";
import { effectiveHold, fits, type Occupancy } from "./occupancy.ts";
import { holdFor, type MinuteOfWeek, type Opening, opening } from "./opening.ts";
import { type RequestSeen, requestState } from "./request-state.ts";
import type { Seconds } from "./when.ts";

/** A request and the operation that is its latest version. */
export interface RequestToDecide extends RequestSeen {
  readonly version: string;
}

export interface BookableResource {
  readonly doc: string;
  readonly fields: Opening & {
    readonly policy: Policy | "none";
    readonly quantity: number;
    readonly consumable?: boolean;
  };
}

/** What the device knows beside the request. */
export interface Situation {
  readonly occupancy: Occupancy;
  readonly minuteOfWeek: MinuteOfWeek;
  /** Absent while the clock is unsure (M-39). */
  readonly now?: Seconds;
}

/**
 * Answers to write, in this order; none if there is nothing to say. A request that changed beyond its grant has it
 * released first. A hold is released under every policy once its request or event is gone (M-25).
 */
export function decide(
  request: RequestToDecide,
  resource: BookableResource,
  situation: Situation,
): readonly Decision[] {
  const { state } = requestState(request, situation.occupancy);
  const outcome = situation.occupancy.outcomes.get(request.id)?.state;
  if (state === "withdrawn" || state === "dead") {
    return outcome === "held" || outcome === "wait" ? [releaseOf(request, resource)] : [];
  }
  if (state !== "open" || resource.fields.policy !== "auto" || request.event === undefined) return [];
  const verdict = judge(request, resource, { ...situation, load: loadWithout(request.id, situation.occupancy) });
  if (verdict === undefined) return [];
  return outcome === "held" ? [releaseOf(request, resource), verdict] : [verdict];
}

/** Accept or reject, by what the resource says of itself and by what is taken; nothing while nobody can tell. */
export function judge(
  request: RequestToDecide,
  { doc, fields }: BookableResource,
  { load, minuteOfWeek, now }: Pick<Situation, "minuteOfWeek" | "now"> & { readonly load: Load },
): Decision | undefined {
  const { id, version, asked } = request;
  if (asked === undefined || asked === "withdrawn" || fields.policy === "none") return undefined;
  const needsNotice = (fields.lead ?? 0) > 0;
  if (needsNotice && now === undefined) return undefined;
  const { start, end, quantity } = asked;
  const hold = holdFor(fields, asked);
  const isShort = needsNotice && now !== undefined && hold.start < now;
  const of = fields.quantity;
  const isFree = () => fits(load, effectiveHold(hold, fields.consumable === true), { quantity, of });
  const reason: Refusal | undefined =
    opening(fields, asked, minuteOfWeek) ?? (isShort ? "short notice" : isFree() ? undefined : "taken");
  const common = { subject: id, resource: doc, version, policy: fields.policy, start, end, quantity };
  return reason === undefined ? { ...common, verdict: "accept", hold, of } : { ...common, verdict: "reject", reason };
}

function releaseOf({ id, version }: RequestToDecide, { doc, fields }: BookableResource): Decision {
  const policy = fields.policy === "none" ? "manual" : fields.policy;
  return { verdict: "release", subject: id, resource: doc, version, policy };
}

/** What is taken by everybody else. */
function loadWithout(subject: string, occupancy: Occupancy): Load {
  const load = occupancy.load();
  const own = occupancy.outcomes.get(subject);
  if (own?.state === "held") load.add(own.hold, -own.quantity);
  return load;
}

// Drawing lots among the requests of a window (SPEC.md §9.6, M-27). Anybody can repeat the draw: the seed hangs on the
// requests and on what the answerer had last said before the window, so that neither side picks the outcome alone.
import { concatBytes, fromHex, toHex } from "../operation/bytes.ts";
import type { CryptoSuite } from "../operation/crypto.ts";
import { type BookableResource, judge, type RequestToDecide, type Situation } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { effectiveHold } from "./occupancy.ts";
import { requestState } from "./request-state.ts";

export interface Lots extends Situation {
  readonly hash: CryptoSuite["hash"];
  /** Id of the answerer's last operation before the window; absent where there is none. */
  readonly lastOperation?: string;
}

/** Answers to write, in drawn order: who does not fit waits in that order, who asks for a closed hour is refused. */
export function draw(
  requests: readonly RequestToDecide[],
  resource: BookableResource,
  lots: Lots,
): readonly Decision[] {
  const open = requests.filter(
    (request) => request.event !== undefined && requestState(request, lots.occupancy).state === "open",
  );
  const load = lots.occupancy.load();
  return drawnOrder(open, resource.doc, lots).flatMap((request) => {
    const decision = judge(request, resource, { ...lots, load });
    if (decision === undefined) return [];
    if (decision.reason === "taken") return [waiting(decision)];
    if (decision.hold !== undefined) {
      load.add(effectiveHold(decision.hold, resource.fields.consumable === true), decision.quantity ?? 1);
    }
    return [decision];
  });
}

/** By the hash of seed and request id. */
function drawnOrder(
  requests: readonly RequestToDecide[],
  resource: string,
  { hash, lastOperation = "" }: Lots,
): readonly RequestToDecide[] {
  const ids = requests.map(({ id }) => id).sort();
  const seed = hash(concatBytes(...[resource, ...ids, lastOperation].map(fromHex)));
  const lot = new Map(ids.map((id) => [id, toHex(hash(concatBytes(seed, fromHex(id))))]));
  return requests.toSorted((a, b) => ((lot.get(a.id) ?? "") < (lot.get(b.id) ?? "") ? -1 : 1));
}

function waiting({ reason, ...decision }: Decision): Decision {
  return { ...decision, verdict: "wait" };
}

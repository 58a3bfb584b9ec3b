// One venue, thing or skill as a person sees it: what it is, who decides about it, and when it is taken.
import type { Outcome } from "../../../../protocol/festival/occupancy.ts";
import type { Shown } from "./documents.ts";
import { lineageView, picturesOf } from "./event-views.ts";
import type { Ground } from "./ground.ts";
import { answererOf } from "./settled.ts";
import type { RequestView, ResourceView, TakenView } from "./view.ts";

/** What is known of its requests and events already. */
export interface ResourceUse {
  readonly requests: readonly RequestView[];
  /** Ids, by time. */
  readonly events: readonly string[];
}

export function resourceView({ document }: Shown<"resource/1">, use: ResourceUse, ground: Ground): ResourceView {
  const { doc, version, author, fields } = document;
  const { kind, title, text, place, tz, quantity, unit, capacity, access, policy, lang, reuse } = fields;
  const answerer = answererOf(document);
  const occupancy = ground.settled.occupancy(doc);
  const events = new Map(use.requests.map(({ id, event }) => [id, event]));
  const doubt = occupancy?.contradictory ? "contradicts itself" : occupancy?.partlyHeard ? "half heard" : undefined;
  return {
    id: doc,
    version,
    author,
    mine: ground.ownKeys.has(author),
    mayChange: ground.mayChange(document),
    kind,
    title,
    ...(text && { text }),
    pictures: picturesOf(fields.images),
    ...(place && { place }),
    ...(tz && { tz }),
    quantity,
    ...(unit && { unit }),
    consumable: fields.consumable === true,
    ...(capacity !== undefined && { capacity }),
    ...(access && { access }),
    slotMinutes: fields.slotMinutes ?? 0,
    lead: fields.lead ?? 0,
    tail: fields.tail ?? 0,
    open: fields.open ?? [],
    weekly: fields.weekly ?? [],
    closed: fields.closed ?? [],
    policy,
    answerer,
    mineToAnswer: ground.ownKeys.has(answerer),
    tags: fields.tags ?? [],
    ...(lang && { lang: lang.toLowerCase() }),
    imported: fields.origin !== undefined,
    ...(reuse && { reuse }),
    lineage: lineageView(document, ground),
    taken: takenSpans(occupancy?.outcomes ?? new Map(), events),
    asked: use.requests.filter(({ state }) => state.state === "open").length,
    ...(doubt && { doubt }),
    events: use.events,
  };
}

function takenSpans(outcomes: ReadonlyMap<string, Outcome>, events: ReadonlyMap<string, string>): readonly TakenView[] {
  const taken = [...outcomes].flatMap(([request, outcome]): TakenView[] => {
    if (outcome.state !== "held") return [];
    const { hold, quantity, shares } = outcome;
    const event = events.get(request);
    return [{ span: hold, quantity, request, ...(event !== undefined && { event }), shares }];
  });
  return taken.sort((a, b) => a.span.start - b.span.start || (a.request < b.request ? -1 : 1));
}

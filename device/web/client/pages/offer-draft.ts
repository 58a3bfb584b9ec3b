// What somebody types about a place or thing they offer, and what becomes of it.
import type { ResourceView } from "../festival/view.ts";
import type { Acts } from "../phone.ts";

export type ResourceInput = Parameters<Acts["createResource"]>[0];

export const OFFER_KINDS = ["venue", "material", "skill", "link", "other"] as const;
export const POLICIES = ["manual", "auto", "none"] as const;
/** Of slot lengths: 0 is any. */
export const SLOT_MINUTES: readonly number[] = [0, 15, 30, 45, 60, 90, 120];

export interface OfferDraft {
  readonly kind: ResourceView["kind"];
  readonly title: string;
  readonly about: string;
  readonly place: string;
  readonly find: string;
  readonly quantity: string;
  readonly unit: string;
  readonly capacity: string;
  readonly access: string;
  readonly slotMinutes: string;
  readonly lead: string;
  readonly tail: string;
  readonly policy: ResourceView["policy"];
  readonly as: string;
}

export function emptyOffer(kind: string): OfferDraft {
  const known = OFFER_KINDS.find((other) => other === kind) ?? "venue";
  return {
    kind: known,
    title: "",
    about: "",
    place: "",
    find: "",
    quantity: "1",
    unit: "",
    capacity: "",
    access: "",
    slotMinutes: known === "venue" ? "60" : "0",
    lead: "",
    tail: "",
    policy: "manual",
    as: "",
  };
}

export function offerOf(thing: ResourceView): OfferDraft {
  return {
    kind: thing.kind,
    title: thing.title,
    about: thing.text ?? "",
    place: thing.place?.text ?? "",
    find: thing.place?.how ?? "",
    quantity: String(thing.quantity),
    unit: thing.unit ?? "",
    capacity: thing.capacity === undefined ? "" : String(thing.capacity),
    access: thing.access ?? "",
    slotMinutes: String(thing.slotMinutes),
    lead: thing.lead === 0 ? "" : String(thing.lead),
    tail: thing.tail === 0 ? "" : String(thing.tail),
    policy: thing.policy,
    as: "",
  };
}

export function resourceInput(draft: OfferDraft): ResourceInput {
  const words = (name: "about" | "access" | "unit") => draft[name].trim();
  const place = { ...some("text", draft.place), ...some("how", draft.find) };
  const count = (text: string) => Math.max(0, Math.round(Number(text) || 0));
  return {
    kind: draft.kind,
    title: draft.title.trim(),
    policy: draft.policy,
    quantity: draft.quantity === "" ? 1 : count(draft.quantity),
    ...(words("about") !== "" && { text: words("about") }),
    ...(words("access") !== "" && { access: words("access") }),
    ...(words("unit") !== "" && { unit: words("unit") }),
    ...(Object.keys(place).length > 0 && { place }),
    ...(count(draft.capacity) > 0 && { capacity: count(draft.capacity) }),
    ...(count(draft.slotMinutes) > 0 && { slotMinutes: count(draft.slotMinutes) }),
    ...(count(draft.lead) > 0 && { lead: count(draft.lead) }),
    ...(count(draft.tail) > 0 && { tail: count(draft.tail) }),
  };
}

/** What an emptied field clears when a thing is changed. */
export const CLEARED = {
  text: null,
  access: null,
  unit: null,
  place: null,
  capacity: null,
  slotMinutes: null,
  lead: null,
  tail: null,
};

function some<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  return value.trim() === "" ? {} : ({ [name]: value.trim() } as Record<Name, string>);
}

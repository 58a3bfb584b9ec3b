// What somebody types about a new event, and what becomes of it. A title is enough; every other field may stay empty.

import type { Span } from "../../../../protocol/festival/span.ts";
import type { DayPart } from "../../../../protocol/festival/when.ts";
import type { EventView, FestivalView } from "../festival/view.ts";
import { webAddress } from "../parts/far-link.tsx";
import type { EventInput, TimeWords } from "../phone.ts";

export type TimeKind = "none" | "words" | "part" | "exact" | "grid";

export interface EventDraft {
  readonly title: string;
  readonly timeKind: TimeKind;
  readonly words: string;
  readonly day: string;
  readonly part: DayPart;
  readonly start: string;
  readonly end: string;
  /** Chosen in the grid of a venue. */
  readonly slot?: Span;
  readonly repeat: "none" | "day" | "week" | "month";
  readonly times: string;
  readonly place: string;
  /** Id of a resource, or empty. */
  readonly venue: string;
  readonly borrow: readonly string[];
  readonly about: string;
  readonly kind: string;
  readonly tags: string;
  readonly capacity: string;
  readonly access: string;
  readonly link: string;
  /** A key, "new", or empty for the one that acts. */
  readonly as: string;
}

export const EMPTY_EVENT: EventDraft = {
  title: "",
  timeKind: "none",
  words: "",
  day: "",
  part: "evening",
  start: "",
  end: "",
  repeat: "none",
  times: "4",
  place: "",
  venue: "",
  borrow: [],
  about: "",
  kind: "",
  tags: "",
  capacity: "",
  access: "",
  link: "",
  as: "",
};

const MAX_TAGS = 12;

export function eventInput(draft: EventDraft, view: FestivalView): EventInput {
  const { venue, repeat } = draft;
  const wanted = [...new Set(venue === "" ? draft.borrow : [venue, ...draft.borrow])];
  const bookable = draft.timeKind === "grid" || (draft.timeKind === "exact" && draft.end !== "");
  const asked = bookable ? wanted.filter((id) => view.resourceById.get(id)?.policy !== "none") : [];
  return {
    ...describedFields(draft),
    title: draft.title.trim(),
    ...timeOf(draft, view),
    ...(venue !== "" && { venues: [venue] }),
    ...(asked.length > 0 && { ask: asked.map((resource) => ({ resource })) }),
    ...(repeat !== "none" &&
      bookable && { repeat: { unit: repeat, every: 1, count: Math.max(1, Number(draft.times) || 1) } }),
  };
}

/** What may be changed later without moving anything. */
export function describedFields(draft: EventDraft): Partial<EventInput> {
  const tags = tagsIn(draft.tags);
  const capacity = Number(draft.capacity);
  const link = webAddress(draft.link.trim());
  return {
    ...(draft.about.trim() !== "" && { text: draft.about.trim() }),
    ...(draft.kind.trim() !== "" && { kind: draft.kind.trim() }),
    ...(draft.place.trim() !== "" && { place: { text: draft.place.trim() } }),
    ...(tags.length > 0 && { tags }),
    ...(capacity > 0 && { capacity }),
    ...(draft.access.trim() !== "" && { access: draft.access.trim() }),
    ...(link !== undefined && { links: [{ url: link.href }] }),
  };
}

/** An event as a draft again, to be changed. */
export function draftOf(event: EventView): EventDraft {
  return {
    ...EMPTY_EVENT,
    title: event.title,
    about: event.text ?? "",
    kind: event.kind ?? "",
    tags: event.tags.join(", "),
    place: event.places.find(({ doc }) => doc === undefined)?.name ?? "",
    capacity: event.capacity === undefined || event.capacity === 0 ? "" : String(event.capacity),
    access: event.access ?? "",
    link: event.links[0]?.url ?? "",
  };
}

/** "soup, fire" */
export function tagsIn(text: string): readonly string[] {
  const tags = text.split(/[,،;]/).map((tag) => tag.trim());
  return [...new Set(tags.filter(Boolean))].slice(0, MAX_TAGS);
}

function timeOf(draft: EventDraft, view: FestivalView): Pick<EventInput, "time" | "when"> {
  if (draft.timeKind === "grid") {
    if (draft.slot === undefined) return {};
    const tz = view.resourceById.get(draft.venue)?.tz ?? view.clock.timezone;
    return { when: { m: "exact", start: draft.slot.start, end: draft.slot.end, tz } };
  }
  const time = timeWords(draft);
  return time === undefined ? {} : { time };
}

export function timeWords(
  draft: Pick<EventDraft, "timeKind" | "words" | "day" | "part" | "start" | "end">,
): TimeWords | undefined {
  const day = draft.day === "" ? undefined : draft.day;
  if (draft.timeKind === "words" && draft.words.trim() !== "") return { words: draft.words.trim(), day };
  if (draft.timeKind === "part" && day !== undefined) return { day, part: draft.part };
  if (draft.timeKind !== "exact" || day === undefined) return undefined;
  if (draft.start === "") return { day };
  return { start: `${day} ${draft.start}`, ...(draft.end !== "" && { end: draft.end }) };
}

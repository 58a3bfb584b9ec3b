// By what somebody looks for events. Fast enough for every key press: what can be found in an event is put together once.

import type { EventView, FestivalView } from "../festival/view.ts";

export interface EventWish {
  readonly words: string;
  /** Name of a place. */
  readonly place: string;
  readonly tag: string;
  /** Id of a pick: through whose eyes. */
  readonly pick: string;
  readonly planned: boolean;
}

export const NO_WISH: EventWish = { words: "", place: "", tag: "", pick: "", planned: false };

const findable = new WeakMap<EventView, string>();

export function filterEvents(view: FestivalView, wish: EventWish): readonly EventView[] {
  const needles = folded(wish.words).split(/\s+/).filter(Boolean);
  const picked = wish.pick === "" ? undefined : new Set(view.picks.find(({ id }) => id === wish.pick)?.items);
  return view.events.filter(
    (event) =>
      (!wish.planned || view.plan.has(event.id)) &&
      (picked === undefined || picked.has(event.id)) &&
      (wish.tag === "" || event.tags.includes(wish.tag) || event.kind === wish.tag) &&
      (wish.place === "" || event.places.some(({ name }) => name === wish.place)) &&
      needles.every((needle) => hayOf(event).includes(needle)),
  );
}

/** The most used first. */
export function tagsOf(events: readonly EventView[], limit: number): readonly string[] {
  return mostUsed(
    events.flatMap(({ tags, kind }) => (kind === undefined || kind === "" ? tags : [...tags, kind])),
    limit,
  );
}

export function placesOf(events: readonly EventView[]): readonly string[] {
  const names = new Set(events.flatMap(({ places }) => places.flatMap(({ name }) => name ?? [])));
  return [...names].sort((a, b) => a.localeCompare(b));
}

function mostUsed(words: readonly string[], limit: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([word]) => word);
}

/** What takes long the first time, before the first letter is typed. */
export function readyToFind(events: readonly EventView[]): void {
  for (const event of events) hayOf(event);
}

function hayOf(event: EventView): string {
  const known = findable.get(event);
  if (known !== undefined) return known;
  const parts = [
    event.title,
    event.summary ?? "",
    ...event.tags,
    event.kind ?? "",
    ...event.hosts.map(({ name }) => name),
    ...event.places.map(({ name }) => name ?? ""),
  ];
  const hay = folded(parts.join(" "));
  findable.set(event, hay);
  return hay;
}

/** Without case and accents: "cafe" finds "Café". */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}+/gu, "");
}

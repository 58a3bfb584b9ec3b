// Which parts of a page come near the screen and which leave it. Tells one at a time, the near ones first, and each in a
// task of its own beside the frames: to draw some rows takes a slow phone the better part of one.

/** Drawn before the reader sees it: about a screen. */
const AHEAD = "700px 0px";

export type TellReach = (near: boolean, height: number) => void;

/** One observer for all: a list of a thousand rows has many parts. */
const watched = new Map<Element, TellReach>();
/** The latest of each part that was not told yet. */
const untold = new Map<Element, IntersectionObserverEntry>();
let observer: IntersectionObserver | undefined;

/** Returns how to stop. */
export function watchReach(element: Element, tell: TellReach): () => void {
  observer ??= new IntersectionObserver(take, { rootMargin: AHEAD });
  watched.set(element, tell);
  observer.observe(element);
  return () => {
    watched.delete(element);
    untold.delete(element);
    observer?.unobserve(element);
  };
}

function take(entries: readonly IntersectionObserverEntry[]): void {
  const wasQuiet = untold.size === 0;
  for (const entry of entries) untold.set(entry.target, entry);
  if (wasQuiet) setTimeout(tellNext, 0);
}

function tellNext(): void {
  const waiting = [...untold.values()];
  const next = waiting.find(({ isIntersecting }) => isIntersecting) ?? waiting[0];
  if (next === undefined) return;
  untold.delete(next.target);
  watched.get(next.target)?.(next.isIntersecting, next.boundingClientRect.height);
  if (untold.size > 0) setTimeout(tellNext, 0);
}

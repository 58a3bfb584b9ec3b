// Which parts of a page come near the screen and which leave it. Tells of one of each kind in a frame, in tasks of their own
// beside it, and lets what came find its place in another: each takes a slow phone the better part of a frame.

/** Drawn before the reader sees it: about a screen. */
const AHEAD = "700px 0px";

export type TellReach = (near: boolean, height: number) => void;

/** One observer for all: a list of a thousand rows has many parts. */
const watched = new Map<Element, TellReach>();
/** The latest of each part that was not told yet. */
const untold = new Map<Element, IntersectionObserverEntry>();
let observer: IntersectionObserver | undefined;
let isTelling = false;

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
  for (const entry of entries) untold.set(entry.target, entry);
  if (isTelling) return;
  isTelling = true;
  tellInFrame();
}

function tellInFrame(): void {
  setTimeout(() => tellOne(false), 0);
  setTimeout(() => tellOne(true), 0);
  setTimeout(findPlaces, 0);
  requestAnimationFrame(() => {
    isTelling = untold.size > 0;
    if (isTelling) tellInFrame();
  });
}

/** To ask for a height makes a browser lay out what changed, now instead of within the frame that paints it. */
function findPlaces(): void {
  document.documentElement.getBoundingClientRect();
}

function tellOne(near: boolean): void {
  for (const [target, entry] of untold) {
    if (entry.isIntersecting !== near) continue;
    untold.delete(target);
    watched.get(target)?.(near, entry.boundingClientRect.height);
    return;
  }
}

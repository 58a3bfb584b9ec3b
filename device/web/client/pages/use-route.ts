// Which page is shown, and what moves with it: the title of the window, where reading goes on, how far it was scrolled.
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { plainLine } from "../parts/plain-text.ts";
import type { Words } from "../words/words.ts";
import { type Route, routeOf } from "./route.ts";

/** How far each address was scrolled, for the way back. */
const scrolled = new Map<string, number>();

export function useRoute(words: Words, festival: string | undefined): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => followAddress(setHash), []);
  useLayoutEffect(() => arrive(hash), [hash]);
  useLayoutEffect(() => nameWindow(words, festival), [hash, words, festival]);
  return routeOf(hash);
}

/** A press on a link goes forward: to the top. Everything else is "back": to where it was. */
let forward = false;

function followAddress(changed: (hash: string) => void): () => void {
  history.scrollRestoration = "manual";
  const press = (event: Event) => {
    const link = (event.target as Element | null)?.closest?.("a[href^='#/']");
    if (link !== null && link !== undefined) forward = true;
  };
  let left = location.hash;
  const move = () => {
    scrolled.set(left, scrollY);
    left = location.hash;
    changed(left);
  };
  addEventListener("click", press, true);
  addEventListener("hashchange", move);
  return () => {
    removeEventListener("click", press, true);
    removeEventListener("hashchange", move);
  };
}

let arrived = false;

function arrive(hash: string): void {
  const first = !arrived;
  arrived = true;
  const top = forward ? 0 : (scrolled.get(hash) ?? 0);
  forward = false;
  if (!first) document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  scrollTo({ top, behavior: "instant" });
}

/** After its heading, which every page has. */
function nameWindow(words: Words, festival: string | undefined): void {
  const heading = document.querySelector("main h1")?.textContent ?? words.programme.title;
  document.title = festival === undefined ? heading : `${heading} · ${plainLine(festival)}`;
}

// What somebody who hangs a box up wants to know: which door it takes itself for, how phones reach it, whether its clock
// is right and its text large enough.
import type { DeviceState, SetUpFact, SetUpFacts } from "./device-state.ts";
import { directionOf, displayText } from "./display-text.ts";
import { doorTimes } from "./door-times.ts";
import { noteOf, pageFooterOf } from "./footer-scene.ts";
import { syncBadge } from "./freshness.ts";
import { joinOf } from "./join-scene.ts";
import type { FactsBody, Scene } from "./scene.ts";
import type { Words } from "./words.ts";

/** Throws RangeError for a time zone this machine does not know. */
export function setUpScene(timezone: string, state: DeviceState, words: Words): Scene {
  const times = doorTimes(timezone, state.now, words.lang);
  const programme = { venue: "", timezone, now: [], next: [], empty: true };
  const door = { programme, state, times, words };
  return {
    lang: words.lang,
    direction: directionOf(words.now),
    page: "set-up",
    header: {
      room: words.setUp.heading,
      ...(state.clock !== "unsure" && { clock: times.clock(state.now) }),
    },
    body: { kind: "facts", facts: factsIn(state.facts ?? {}, words) },
    badge: syncBadge(state, times, words),
    ...joinOf(state, words),
    ...noteOf(door),
    footer: pageFooterOf(door, words.button.back),
  };
}

/** In the order in which they are given. */
export function factsIn(facts: SetUpFacts, words: Words): FactsBody["facts"] {
  const known = Object.entries(facts) as [SetUpFact, string][];
  return known.map(([name, value]) => ({ name: words.setUp.fact[name], value: displayText(value) }));
}

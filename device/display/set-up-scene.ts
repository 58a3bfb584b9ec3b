// What somebody who hangs a box up wants to know: which door it takes itself for, how phones reach it, whether its clock
// is right and its text large enough.
import type { DeviceState } from "./device-state.ts";
import { directionOf, displayText } from "./display-text.ts";
import { doorTimes } from "./door-times.ts";
import { syncBadge } from "./freshness.ts";
import type { Scene } from "./scene.ts";
import type { SetUpFact, Words } from "./words.ts";

export type SetUpFacts = Readonly<Partial<Record<SetUpFact, string>>>;

/** Facts stand in the order in which they are given. Throws RangeError for a time zone this machine does not know. */
export function setUpScene(facts: SetUpFacts, timezone: string, state: DeviceState, words: Words): Scene {
  const times = doorTimes(timezone, state.now, words.lang);
  const known = Object.entries(facts) as [SetUpFact, string][];
  return {
    lang: words.lang,
    direction: directionOf(words.now),
    header: {
      room: words.setUp.heading,
      ...(state.clock !== "unsure" && { clock: times.clock(state.now) }),
    },
    body: {
      kind: "facts",
      facts: known.map(([name, value]) => ({ name: words.setUp.fact[name], value: displayText(value) })),
    },
    badge: syncBadge(state, times, words),
    ...(state.address !== undefined && { address: state.address }),
    footer: { labels: [{ shape: "triangle", text: words.button.back }] },
  };
}

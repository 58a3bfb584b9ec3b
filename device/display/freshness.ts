// How old the newest data on the glass is, and what the screen says about it (display.md §7.2).
import type { DeviceState } from "./device-state.ts";
import type { DoorTimes } from "./door-times.ts";
import type { Badge, Freshness } from "./scene.ts";
import type { Words } from "./words.ts";

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

/** The rungs of the staleness ladder: the age at which each begins. */
const LADDER: readonly (readonly [Freshness, number])[] = [
  ["old", 12 * HOUR_SECONDS],
  ["stale", 2 * HOUR_SECONDS],
  ["aging", 15 * MINUTE_SECONDS],
];

/** Always "fresh" for a box that never had a peer, and for one whose clock cannot tell an age. */
export function freshness(state: DeviceState): Freshness {
  if (!state.everHadPeer || state.clock === "unsure" || state.lastSync === undefined) return "fresh";
  const age = state.now - state.lastSync;
  return LADDER.find(([, begins]) => age >= begins)?.[0] ?? "fresh";
}

export function syncBadge(state: DeviceState, times: DoorTimes, words: Words): Badge {
  const { text, level } = newsBadge(state, times, words);
  return { text: state.trouble === undefined ? text : `${text} · ${words.trouble.short[state.trouble]}`, level };
}

function newsBadge(state: DeviceState, times: DoorTimes, words: Words): Badge {
  const level = freshness(state);
  const peers = words.peers(state.peers);
  if (state.lastSync === undefined) return { text: `${words.neverSynced} · ${peers}`, level };
  if (state.clock === "unsure") return { text: peers, level };
  const at = times.near(state.lastSync);
  if (level === "stale" || level === "old") return { text: words.noNewsSince(at), level };
  const line = `${words.synced(at)} · ${peers}`;
  return { text: level === "aging" ? `${line} ${words.ago(rounded(state.now - state.lastSync))}` : line, level };
}

/** "(40 min ago)" changes every 5 minutes only, so that a panel is not refreshed for it each minute. */
function rounded(age: number): { minutes: number } | { hours: number } {
  if (age >= HOUR_SECONDS) return { hours: Math.floor(age / HOUR_SECONDS) };
  return { minutes: 5 * Math.round(age / (5 * MINUTE_SECONDS)) };
}

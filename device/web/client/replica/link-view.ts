// Which boxes this phone speaks with, as a person sees it.
import type { PeerStatus } from "../../../../sync/peers.ts";
import type { Incoming } from "../../../../sync/session/log-sync.ts";
import type { BoxView, LinkView } from "../festival/surroundings-view.ts";

/** Operations: fewer are here before somebody has read how many they are. */
const WORTH_SAYING = 100;

export interface AroundLink {
  /** Address of the box from which the page came. */
  readonly home: string | undefined;
  readonly otherTab: boolean;
  readonly trouble: string | undefined;
}

export function linkView(
  addresses: Iterable<string>,
  status: readonly PeerStatus[],
  { home, otherTab, trouble }: AroundLink,
): LinkView {
  const boxes = [...addresses].map((address) => boxView(address, address === home, status));
  const progress = progressOf(status.flatMap(({ incoming }) => incoming ?? []));
  return {
    state: linkState(boxes),
    boxes,
    ...(progress && { progress }),
    otherTab,
    ...(trouble !== undefined && { trouble }),
  };
}

/** Of the longest wait: two boxes may send the same. */
function progressOf(incoming: readonly Incoming[]): LinkView["progress"] {
  const [longest] = [...incoming].sort((a, b) => b.expected - b.taken - (a.expected - a.taken));
  if (longest === undefined || longest.expected < WORTH_SAYING) return undefined;
  return { received: Math.min(longest.taken, longest.expected), expected: longest.expected };
}

function boxView(address: string, home: boolean, status: readonly PeerStatus[]): BoxView {
  const peer = status.find(({ remote }) => remote === address);
  const state = peer === undefined ? "away" : peer.phase === "live" ? "together" : "catching up";
  return { address, home, ...(peer?.key !== undefined && { key: peer.key }), state };
}

function linkState(boxes: readonly BoxView[]): LinkView["state"] {
  if (boxes.some(({ state }) => state === "catching up")) return "catching up";
  if (boxes.some(({ state }) => state === "together")) return "together";
  return boxes.length > 0 ? "looking" : "alone";
}

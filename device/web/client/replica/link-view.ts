// Which boxes this phone speaks with, as a person sees it.
import type { PeerStatus } from "../../../../sync/peers.ts";
import type { BoxView, LinkView } from "../festival/surroundings-view.ts";

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
  return { state: linkState(boxes), boxes, otherTab, ...(trouble !== undefined && { trouble }) };
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

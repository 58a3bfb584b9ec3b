// What the operations of a benchmark carry: one event in about 300 bytes. From ../shared/peers where that is beside the
// repository, so that all contenders there carry the same; else made here, of the same shape and size.
import { existsSync } from "node:fs";
import type { CborMap } from "../../protocol/operation/cbor.ts";
import { sharedPath } from "../support/shared-data.ts";

export type EventBody = (author: number, seqNum: number) => CborMap;

const PEERS_BODIES = sharedPath("peers/common.mjs");
/** 2026-09-21, in seconds. */
const FESTIVAL_START = 1_790_000_000;
const SLOT_SECONDS = 900;
const WORDS = "fire tent harbour radio lamp garden window song map rope bread river night wheel stone letter".split(
  " ",
);

export async function loadEventBody(): Promise<EventBody> {
  if (!existsSync(PEERS_BODIES)) return eventBody;
  return ((await import(PEERS_BODIES)) as { readonly body: EventBody }).body;
}

function eventBody(author: number, seqNum: number): CborMap {
  const word = (place: number) => WORDS[(author * 5 + seqNum * 11 + place * 3) % WORDS.length] as string;
  const start = FESTIVAL_START + seqNum * SLOT_SECONDS;
  return {
    type: "event/set",
    id: `${author}-${seqNum}`,
    rev: seqNum,
    room: `Room ${(author + seqNum) % 6}`,
    title: `${word(0)} ${word(1)} ${word(2)}`,
    speaker: `Person ${author}`,
    start,
    end: start + 3 * SLOT_SECONDS,
    text: Array.from({ length: 22 }, (_, place) => word(place)).join(" "),
    tags: [word(3), word(4)],
  };
}

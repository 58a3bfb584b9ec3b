// What a peer is made of, and what it tells whoever made it.
import type { VerifyingKey } from "../protocol/operation/bytes.ts";
import type { LogHeights } from "../protocol/operation/log.ts";
import type { Allowance } from "./catch-up.ts";
import type { Peer } from "./peer.ts";
import type { Clock, Connection } from "./ports.ts";
import type { Replica } from "./replica.ts";
import type { LiveForm } from "./session/message.ts";

export interface PeerOptions {
  readonly connection: Connection;
  /** Of the topics that may be spoken of; an initiator asks for the first. */
  readonly replicas: readonly [Replica, ...Replica[]];
  readonly clock: Clock;
  /** Of this session in this run, from 1. */
  readonly number: number;
  readonly nonce: Uint8Array;
  readonly liveForm: LiveForm;
  readonly allowance?: Allowance | undefined;
  readonly events: PeerEvents;
}

export interface PeerEvents {
  /** The other side proved its key, and the topic is known. Return false to end this session as a duplicate. */
  identified(peer: Peer, key: VerifyingKey): boolean;
  changed(peer: Peer): void;
  /** `heights` is how far the other side holds our logs now. */
  synced(peer: Peer, heights: LogHeights): void;
  /** No more goes out before `grant`. */
  spent(peer: Peer): void;
  ended(peer: Peer, code: string, reason: string): void;
}

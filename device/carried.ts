// What this box carries: for each topic how much, of how many, how old, and who fetches it now. Counts and ages only;
// what operations of other topics say is nobody's business here.
import { toHex } from "../protocol/operation/bytes.ts";
import { decodeHeader } from "../protocol/operation/header.ts";
import type { PeerStatus } from "../sync/peers.ts";
import type { AuthorUsage } from "../sync/ports.ts";
import type { Replica } from "../sync/replica.ts";

const MICROS_PER_MILLISECOND = 1000;

export interface Carried {
  /** Hex. */
  readonly topic: string;
  readonly as: "festival" | "relay";
  readonly authors: number;
  readonly operations: number;
  readonly bytes: number;
  /** When the author of the newest operation claims to have written it, as 2026-08-04T18:00:00Z. */
  readonly newest?: string;
  /** All that may be carried of this topic, and of one author in it. */
  readonly quota?: { readonly bytes: number; readonly authorBytes: number };
  /** Operations that found no space since the box started. */
  readonly refused: number;
  /** Peers that speak of this topic now, and are up to date with it. */
  readonly peers: number;
}

/** The first replica is the festival's. */
export function carriedTopics(replicas: readonly Replica[], peers: readonly PeerStatus[]): Promise<Carried[]> {
  return Promise.all(replicas.map((replica, index) => carried(replica, index === 0 ? "festival" : "relay", peers)));
}

async function carried(replica: Replica, as: Carried["as"], peers: readonly PeerStatus[]): Promise<Carried> {
  const usage = await replica.store.usage(replica.topic);
  const topic = toHex(replica.topic);
  const newest = await newestClaim(replica, usage);
  const limits = replica.quota?.limits;
  return {
    topic,
    as,
    authors: usage.length,
    operations: usage.reduce((sum, { operations }) => sum + operations, 0),
    bytes: usage.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(newest && { newest }),
    ...(limits && { quota: { bytes: limits.topicBytes, authorBytes: limits.authorBytes } }),
    refused: replica.quota?.refused ?? 0,
    peers: peers.filter((peer) => peer.topic === topic && peer.phase === "live").length,
  };
}

async function newestClaim({ store, topic }: Replica, usage: readonly AuthorUsage[]): Promise<string | undefined> {
  const arrival = usage.reduce((newest, each) => Math.max(newest, each.newest), 0);
  const [operation] = arrival > 0 ? await store.since(topic, arrival - 1, 1) : [];
  const extensions = operation && decodeHeader(operation.headerBytes).header.extensions;
  if (extensions?.kind !== "basic") return undefined;
  const claimed = new Date(extensions.timestamp / MICROS_PER_MILLISECOND);
  return Number.isNaN(claimed.getTime()) ? undefined : claimed.toISOString();
}

// What two p2panda nodes must have in common before QUIC lets them talk: a protocol, and a network.

import type { CryptoSuite } from "../../protocol/operation/crypto.ts";

type Hashing = Pick<CryptoSuite, "hash">;

const SYNC_PROTOCOL = "p2panda/log_sync/v1";
const DEFAULT_NETWORK = "p2panda";

/** The network of every p2panda node that was given no other. */
export function p2pandaNetworkId(suite: Hashing): Uint8Array {
  return suite.hash(new TextEncoder().encode(DEFAULT_NETWORK));
}

/** The ALPN of log sync in a network; raw bytes, not text. */
export function syncAlpn(suite: Hashing, networkId: Uint8Array = p2pandaNetworkId(suite)): Uint8Array {
  const protocol = new TextEncoder().encode(SYNC_PROTOCOL);
  const named = new Uint8Array(protocol.length + networkId.length);
  named.set(protocol);
  named.set(networkId, protocol.length);
  return suite.hash(named);
}

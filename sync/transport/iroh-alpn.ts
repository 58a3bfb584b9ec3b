// What two p2panda nodes must have in common before QUIC lets them talk: a protocol, and a network.

type HashFunction = (bytes: Uint8Array) => Uint8Array;

const SYNC_PROTOCOL = "p2panda/log_sync/v1";
const DEFAULT_NETWORK = "p2panda";

/** The network of every p2panda node that was given no other. `hash` is BLAKE3. */
export function p2pandaNetworkId(hash: HashFunction): Uint8Array {
  return hash(new TextEncoder().encode(DEFAULT_NETWORK));
}

/** The ALPN of log sync in a network; raw bytes, not text. `hash` is BLAKE3. */
export function syncAlpn(hash: HashFunction, networkId: Uint8Array = p2pandaNetworkId(hash)): Uint8Array {
  const protocol = new TextEncoder().encode(SYNC_PROTOCOL);
  const named = new Uint8Array(protocol.length + networkId.length);
  named.set(protocol);
  named.set(networkId, protocol.length);
  return hash(named);
}

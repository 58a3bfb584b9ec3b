// Two transports as one: addresses of p2panda nodes go to QUIC, all others to WebSockets.
import { isNodeAddress } from "../node-address.ts";
import type { Transport } from "../ports.ts";

export function transportByAddress(hosts: Transport, nodes: Transport): Transport {
  return {
    dial: (address, signal) => (isNodeAddress(address) ? nodes : hosts).dial(address, signal),
    close: async () => {
      await Promise.all([hosts.close(), nodes.close()]);
    },
  };
}

// How a box finds others nearby, and lets itself be found: parts and the order in which they start. A box that does not speak
// first is found by no other box, and looks for none; phones join its own Wi-Fi all the same.
import { MdnsDiscovery } from "../sync/discovery/mdns.ts";
import { P2pandaDiscovery } from "../sync/discovery/p2panda-discovery.ts";
import type { Peers } from "../sync/peers.ts";
import type { Clock, Logger } from "../sync/ports.ts";
import type { Replica } from "../sync/replica.ts";
import type { Config } from "./config-schema.ts";
import type { Hotspot } from "./hotspot.ts";
import type { Service } from "./lifecycle.ts";
import { powerProfile } from "./power-profile.ts";

export interface NearbySurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly replica: Replica;
  readonly peers: Peers;
  readonly hotspot: Hotspot;
  /** Something may look different now. */
  readonly changed: () => void;
  /** Where this box listens, once that is known. */
  readonly port: () => number;
}

export function nearbyServices(around: NearbySurroundings): Service[] {
  const { discovery, power, p2panda } = around.config;
  const own = ownNetwork(around);
  if (!discovery.enabled || !powerProfile(power.profile).speaksFirst) return [own];
  return [own, boxes(around), ...(p2panda.enabled ? [nodes(around)] : [])];
}

function ownNetwork({ hotspot, changed }: NearbySurroundings): Service {
  return { name: "hotspot", start: () => hotspot.start(changed), stop: () => hotspot.stop() };
}

/** Announces the port that the web service got, so it is made when that is known. */
function boxes({ config, clock, logger, peers, port }: NearbySurroundings): Service {
  const { host } = config.web;
  const { questionIntervalMs } = powerProfile(config.power.profile);
  let discovery: MdnsDiscovery | undefined;
  return {
    name: "discovery",
    start: () => {
      discovery = new MdnsDiscovery({ clock, logger, random: Math.random, host, port: port(), questionIntervalMs });
      return discovery.start(peers.discovery);
    },
    stop: () => discovery?.stop(),
  };
}

/** Listens for p2panda nodes nearby; says nothing of this box itself. */
function nodes({ clock, logger, replica, peers }: NearbySurroundings): Service {
  const { suite: crypto, key } = replica;
  const discovery = new P2pandaDiscovery({ ownKey: key.verifyingKey, crypto, clock, logger, random: Math.random });
  return { name: "node discovery", start: () => discovery.start(peers.discovery), stop: () => discovery.stop() };
}

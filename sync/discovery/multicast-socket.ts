// Sockets for mDNS, one for each interface and family. Made here rather than by multicast-dns, which sends by the default
// route only, and turns a port that is taken into an exception that nobody can catch.
import { createSocket, type Socket } from "node:dgram";
import type { NetworkInterfaceInfo } from "node:os";

const MDNS_PORT = 5353;
/** RFC 6762 §11: receivers may check that a packet did not come through a router. */
const MULTICAST_TTL = 255;

/** Where mDNS can be spoken: an IPv4 address, or a link-local IPv6 one, for links without DHCP. */
export interface Link {
  readonly interfaceName: string;
  readonly address: string;
  readonly family: "IPv4" | "IPv6";
  /** Address and prefix length. */
  readonly cidr: string;
}

export type Interfaces = () => NodeJS.Dict<NetworkInterfaceInfo[]>;

/** One of each family for each interface; loopback only where there is nothing else. */
export function usableLinks(interfaces: ReturnType<Interfaces>): Link[] {
  const links: (Link & { readonly internal: boolean })[] = [];
  for (const [interfaceName, addresses = []] of Object.entries(interfaces)) {
    const ipv4 = addresses.find(({ family }) => family === "IPv4");
    const ipv6 = addresses.find(({ family, address }) => family === "IPv6" && address.startsWith("fe80:"));
    for (const each of [ipv4, ipv6]) {
      if (!each?.cidr) continue;
      const { address, family, cidr, internal } = each;
      links.push({ interfaceName, address, family, cidr, internal });
    }
  }
  const outward = links.filter(({ internal }) => !internal);
  return outward.length > 0 ? outward : links;
}

/** The group in which multicast-dns speaks, as its options. */
export function multicastOptions({ family, interfaceName }: Link) {
  return family === "IPv4"
    ? { port: MDNS_PORT, type: "udp4", ip: "224.0.0.251" }
    : { port: MDNS_PORT, type: "udp6", ip: "ff02::fb", interface: `::%${interfaceName}` };
}

/** Bound, and a member of the group on this link alone. Rejects with the system's error. */
export function openMulticastSocket(link: Link): Promise<Socket> {
  const { ip } = multicastOptions(link);
  const isIpv4 = link.family === "IPv4";
  const socket = createSocket({ type: isIpv4 ? "udp4" : "udp6", reuseAddr: true, ipv6Only: !isIpv4 });
  const name = isIpv4 ? link.address : `::%${link.interfaceName}`;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      socket.close();
      reject(error);
    };
    socket.once("error", fail);
    socket.bind(MDNS_PORT, () => {
      try {
        socket.addMembership(ip, name);
        socket.setMulticastInterface(name);
        socket.setMulticastTTL(MULTICAST_TTL);
        socket.setMulticastLoopback(true);
      } catch (error) {
        fail(error);
        return;
      }
      socket.off("error", fail);
      resolve(socket);
    });
  });
}

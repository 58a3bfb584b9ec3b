// A link without a network: everybody hears everything at once and in order. Real sockets share port 5353 with the other
// tests of this machine, whose packets they hear and lose.
import { EventEmitter } from "node:events";
import type { NetworkInterfaceInfo } from "node:os";
import type { Interfaces, Link } from "../../../sync/discovery/multicast-socket.ts";
import type { PacketSocket } from "../../../sync/discovery/p2panda-link-sockets.ts";

/** Somebody on every link of `interfacesOf`. */
export const HOST = "192.168.1.20";

/** A machine that has these, each with an IPv4 address. */
export function interfacesOf(...names: readonly string[]): Interfaces {
  return () => Object.fromEntries(names.map((name, i) => [name, [ipv4(`192.168.1.${i + 1}`)]]));
}

export class Ether {
  readonly sockets = new Set<EtherSocket>();
  /** What was sent. */
  readonly packets: Buffer[] = [];
  /** Called with what is sent. */
  asked: (packet: Buffer) => void = () => undefined;
  /** Name of a link that cannot be opened. */
  broken = "";

  readonly openSocket = async ({ interfaceName }: Link): Promise<PacketSocket> => {
    if (interfaceName === this.broken) throw new Error("ENODEV");
    const socket = new EtherSocket(this);
    this.sockets.add(socket);
    return socket;
  };

  say(packet: Uint8Array, address = HOST): void {
    for (const socket of this.sockets) socket.emit("message", Buffer.from(packet), { address, family: "IPv4" });
  }
}

class EtherSocket extends EventEmitter implements PacketSocket {
  readonly #ether: Ether;

  constructor(ether: Ether) {
    super();
    this.#ether = ether;
  }

  send(packet: Uint8Array, _port: number, _ip: string, sent: (error: Error | null) => void): void {
    this.#ether.packets.push(Buffer.from(packet));
    this.#ether.asked(Buffer.from(packet));
    sent(null);
  }

  close(): void {
    this.#ether.sockets.delete(this);
  }
}

function ipv4(address: string): NetworkInterfaceInfo {
  const rest = { netmask: "255.255.255.0", mac: "02:00:00:00:00:01", internal: false };
  return { address, family: "IPv4", cidr: `${address}/24`, ...rest };
}

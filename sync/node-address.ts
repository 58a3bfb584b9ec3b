// Addresses of p2panda nodes, as people paste them: "<node id>@192.168.1.20:40000,[2001:db8::1]:40000". The node id is
// the key that the other end has to prove, so whoever answers there under another one is not connected to.
import { asVerifyingKey, fromHex, toHex, type VerifyingKey } from "../protocol/operation/bytes.ts";
import { formatAddress, type HostPort, parseAddress } from "./address.ts";
import { TransportError } from "./errors.ts";

const NODE_ID = /^([0-9a-f]{64})@/i;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
/** An interface by its number: QUIC's sockets know no names. */
const ZONE_NUMBER = /%\d{1,9}$/;

export interface NodeAddress {
  readonly nodeId: VerifyingKey;
  /** IP addresses, at least one; all of them lead to this node. */
  readonly hosts: readonly HostPort[];
}

/** Whether this names a node, rather than a host; `parseNodeAddress` may still find it faulty. */
export function isNodeAddress(address: string): boolean {
  return NODE_ID.test(address);
}

/** Throws TransportError E_ADDRESS. */
export function parseNodeAddress(address: string): NodeAddress {
  const [prefix, nodeId] = NODE_ID.exec(address) ?? [];
  if (prefix === undefined || nodeId === undefined) {
    throw new TransportError("E_ADDRESS", `Cannot read node address: "${address}" is not <64 hex digits>@ip:port`);
  }
  const hosts = address.slice(prefix.length).split(",").map(parseHost);
  return { nodeId: asVerifyingKey(fromHex(nodeId)), hosts };
}

export function formatNodeAddress({ nodeId, hosts }: NodeAddress): string {
  return `${toHex(nodeId)}@${hosts.map(formatAddress).join(",")}`;
}

function parseHost(text: string): HostPort {
  const target = parseAddress(text);
  if (isIp(target.host)) return target;
  throw new TransportError("E_ADDRESS", `Cannot read node address: "${target.host}" is a name, not an IP address`);
}

function isIp(host: string): boolean {
  if (!host.includes(":")) return IPV4.test(host);
  return URL.canParse(`http://[${host.replace(ZONE_NUMBER, "")}]`);
}

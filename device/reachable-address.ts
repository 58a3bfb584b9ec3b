// Under which URL a phone on the same network reaches this box: the first address of a real interface.
import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

const ANY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/**
 * Undefined while nothing listens or no network is there. `own` is the address of this box in a network that it opened
 * itself: while that is open, those who ask the screen are in it.
 */
export function reachableAddress(host: string, port: number | undefined, own?: string): string | undefined {
  if (port === undefined) return undefined;
  const name = ANY_ADDRESS.has(host) ? (own ?? firstNetworkAddress()) : host;
  if (name === undefined) return undefined;
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}

function firstNetworkAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address;
}

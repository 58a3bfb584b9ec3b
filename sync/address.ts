// Addresses as people and mDNS write them: "192.168.1.20:3473", "[fe80::1%eth0]:3473", "door.local:3473".
import { TransportError } from "./errors.ts";

const ADDRESS = /^(?:\[([0-9a-f:.]+(?:%[\w.-]+)?)\]|([\w.-]+)):(\d{1,5})$/i;
const MAX_PORT = 65_535;

export interface HostPort {
  /** Without brackets; a link-local one keeps its zone. */
  readonly host: string;
  readonly port: number;
}

/** Throws TransportError E_ADDRESS. */
export function parseAddress(address: string): HostPort {
  const [, ipv6, name, digits] = ADDRESS.exec(address) ?? [];
  const host = ipv6 ?? name;
  const port = Number(digits);
  if (host === undefined || port === 0 || port > MAX_PORT) {
    throw new TransportError("E_ADDRESS", `Cannot read address: "${address}" is not host:port`);
  }
  return { host, port };
}

/** IPv4 in IPv6 clothes ("::ffff:192.168.1.20") becomes plain IPv4. */
export function formatAddress({ host, port }: HostPort): string {
  const plain = plainHost(host);
  return plain.includes(":") ? `[${plain}]:${port}` : `${plain}:${port}`;
}

export function plainHost(host: string): string {
  return host.replace(/^::ffff:(?=\d+\.)/i, "");
}

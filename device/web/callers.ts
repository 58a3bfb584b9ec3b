// Who asks: rules against pages of other origins, against names that somebody pointed at this box, and for what only
// this machine may do (reliability.md T18, T19). Pure over the request's headers and address.
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

const LOCAL_NAME = /^[a-z0-9-]{1,63}(\.local)?$/i;
/** Addresses that no page of the internet has: RFC 1918, RFC 4193, link-local and loopback. */
const NEARBY = new BlockList();
NEARBY.addSubnet("10.0.0.0", 8, "ipv4");
NEARBY.addSubnet("172.16.0.0", 12, "ipv4");
NEARBY.addSubnet("192.168.0.0", 16, "ipv4");
NEARBY.addSubnet("169.254.0.0", 16, "ipv4");
NEARBY.addSubnet("127.0.0.0", 8, "ipv4");
NEARBY.addSubnet("fc00::", 7, "ipv6");
NEARBY.addSubnet("fe80::", 10, "ipv6");
NEARBY.addAddress("::1", "ipv6");

/**
 * The Host header must be an address, "localhost", a name of the local network without a public suffix, or the name
 * that the box is configured with: another name that resolves to this box is somebody's DNS rebinding.
 */
export function isAllowedHost(host: string | undefined, ownName?: string): boolean {
  if (host === undefined) return false;
  const name = host.replace(/:\d{1,5}$/, "");
  if (name.startsWith("[") && name.endsWith("]")) return isIP(name.slice(1, -1).replace(/%.*$/, "")) === 6;
  return isIP(name) === 4 || LOCAL_NAME.test(name) || name.toLowerCase() === ownName?.toLowerCase();
}

/** The Host header; undefined without one, or with several, of which each reader might take another. */
export function hostOf({ headersDistinct }: IncomingMessage): string | undefined {
  const { host = [] } = headersDistinct;
  return host.length === 1 ? host[0] : undefined;
}

export function isLoopback(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? "";
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/** A form or script of another page cannot send this combination without a preflight, to which we say no. */
export function sameOrigin(request: IncomingMessage): boolean {
  return request.headers["content-type"] === "application/json" && isOwnPage(request);
}

/**
 * Boxes send no origin. A page may connect that this box served, or one that has a local address itself: a phone keeps the
 * page of the box where it began, and carries from there to the boxes that it passes (domain.md §9.2). A page of the
 * internet, also one behind a name that was pointed here, has another origin (T18).
 */
export function mayOpenSocket(request: IncomingMessage, ownName?: string): boolean {
  return isAllowedHost(hostOf(request), ownName) && (isOwnPage(request) || isNearbyPage(request.headers.origin));
}

function isNearbyPage(origin: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  const address = hostname.replace(/^\[|\]$/g, "");
  const version = isIP(address);
  if (protocol !== "http:") return false;
  return version === 0
    ? /(^|\.)(localhost|local)$/.test(hostname)
    : NEARBY.check(address, version === 6 ? "ipv6" : "ipv4");
}

function isOwnPage({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}

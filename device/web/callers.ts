// Who asks: rules against pages of other origins, against names that somebody pointed at this box, and for what only
// this machine may do (reliability.md T18, T19). Pure over the request's headers and address.
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

const LOCAL_NAME = /^[a-z0-9-]{1,63}(\.local)?$/i;

/**
 * The Host header must be an address, "localhost" or a name of the local network without a public suffix: a public
 * name that resolves to this box is somebody's DNS rebinding.
 */
export function isAllowedHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  const name = host.replace(/:\d{1,5}$/, "");
  if (name.startsWith("[") && name.endsWith("]")) return isIP(name.slice(1, -1).replace(/%.*$/, "")) === 6;
  return isIP(name) === 4 || LOCAL_NAME.test(name);
}

export function isLoopback(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? "";
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/** A form or script of another page cannot send this combination without a preflight, which nobody answers. */
export function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return (
    request.headers["content-type"] === "application/json" && (origin === undefined || origin === `http://${host}`)
  );
}

/** Boxes send no origin; a page may connect only to the box that served it (T18). */
export function mayOpenSocket(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return isAllowedHost(host) && (origin === undefined || origin === `http://${host}`);
}

// The box's one port: the page for phones, the screen on the wall, the programme as files, commands of this machine, and
// the place where WebSockets come in. Every answer comes from memory or from the `Pages` port.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ConnectionLimits } from "../../sync/address-caps.ts";
import type { Clock, Logger } from "../../sync/ports.ts";
import { hostOf, isAllowedHost } from "./callers.ts";
import { guardConnections } from "./connection-guard.ts";
import type { Pages } from "./pages.ts";
import { INTERNAL, NOT_FOUND, type Refusal, refuse, send, WRONG_HOST, WRONG_METHOD } from "./reply.ts";
import { type Route, routesOf } from "./routes.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { CLIENT_FOLDER } from "./static-files.ts";

const MAX_HEADER_BYTES = 8 * 1024;
/** Node's own watch over slow requests wakes up at this interval even when nobody is there; ours does not. */
const NEVER_MS = 2 ** 31 - 1;
/** Whether the other end is still there is asked by the kernel. */
const KEEPALIVE_DELAY_MS = 60_000;

export interface WebServerOptions {
  readonly pages: Pages;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The host name of the configuration: the box answers to it as well. */
  readonly ownName?: string;
  readonly limits?: ConnectionLimits;
  readonly clientFolder?: URL;
}

export function createWebServer(options: WebServerOptions): Server {
  const { pages, clock, logger, ownName, limits, clientFolder = CLIENT_FOLDER } = options;
  const routeOf = routesOf({ pages, clock, clientFolder });
  const server = createServer({
    headersTimeout: 0,
    requestTimeout: 0,
    connectionsCheckingInterval: NEVER_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAlive: true,
    keepAliveInitialDelay: KEEPALIVE_DELAY_MS,
  });
  guardConnections(server, { clock, ...(limits && { limits }) });
  server.on("request", (request, response) => {
    const route = isAllowedHost(hostOf(request), ownName) ? (routeOf(pathOf(request)) ?? NOT_FOUND) : WRONG_HOST;
    answer(request, response, route).catch((error: unknown) => {
      logger.warn("request failed", { path: request.url, error: String(error) });
      if (response.headersSent) response.destroy();
      else refuse(response, INTERNAL);
    });
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, route: Route | Refusal): Promise<void> {
  if (request.method !== "POST") request.resume();
  if ("status" in route) return refuse(response, route);
  const allowed = methodsOf(route);
  if (request.method === "OPTIONS") {
    response.writeHead(204, { ...SECURITY_HEADERS, Allow: allowed }).end();
    return;
  }
  const handler = handlerOf(route, request.method);
  if (handler === undefined) {
    response.setHeader("Allow", allowed);
    return refuse(response, WRONG_METHOD);
  }
  const reply = await handler(request, response);
  if (reply) await send(request, response, reply);
}

function handlerOf({ GET, POST }: Route, method: string | undefined): Route["GET"] {
  if (method === "POST") return POST;
  return method === "GET" || method === "HEAD" ? GET : undefined;
}

function methodsOf({ GET, POST }: Route): string {
  return [...(GET ? ["GET", "HEAD"] : []), ...(POST ? ["POST"] : []), "OPTIONS"].join(", ");
}

/** As it came: nothing is decoded, so nothing means something else afterwards. */
function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}

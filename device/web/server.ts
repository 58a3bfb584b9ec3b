// The box's one port: HTTP for the preview, for commands on this machine, and the place where WebSockets come in.
// Every answer comes from memory or from the `Pages` port; no path of a request ever reaches the file system.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "../../sync/ports.ts";
import { isAllowedHost, isLoopback, sameOrigin } from "./callers.ts";
import { loadPreview } from "./preview.ts";

/** Time for a client to send its headers, and its whole request: a slow one must not hold a slot (T11). */
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
const CHECK_TIMEOUTS_MS = 1_000;
const MAX_HEADER_BYTES = 8 * 1024;
/** A press is a few bytes. */
const MAX_PRESS_BYTES = 1024;
/** The largest real programme takes 2 MiB as JSON. */
const MAX_IMPORT_BYTES = 64 * 1024 * 1024;
/** A whole series of the longest bodies, in hex. */
const MAX_PUBLISH_BYTES = 32 * 1024 * 1024;

/** What the server shows and passes on. `device/main.ts` provides it. */
export interface Pages {
  /** The frame on the wall as PNG, and a name that changes with its pixels. */
  frame(): { readonly png: Uint8Array; readonly name: string };
  /** Calls back with each new frame's name; returns how to stop. */
  watchFrames(callback: (name: string) => void): () => void;
  press(button: 1 | 2 | 3, held: boolean): Promise<void>;
  status(): Promise<unknown>;
  /** What this box carries for whom. */
  carried(): Promise<unknown>;
  /** Takes a programme that another process has read, as JSON. */
  import(programme: Uint8Array): Promise<unknown>;
  /** Takes bodies that another process wrote, as JSON: see publish-request.ts. */
  publish(request: Uint8Array): Promise<unknown>;
  /** Proves that a command may read the data folder. */
  readonly token: string;
}

/** Errors that reach a caller: `code` is stable, `message` is for people. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const NOT_FOUND: Refusal = { status: 404, code: "E_NOT_FOUND", message: "There is nothing here" };
const FORBIDDEN: Refusal = { status: 403, code: "E_FORBIDDEN", message: "This is for this machine only" };
const WRONG_HOST: Refusal = { status: 421, code: "E_HOST", message: "This box does not answer to that name" };
const TOO_LARGE: Refusal = { status: 413, code: "E_TOO_LARGE", message: "That is too large" };
const BAD_REQUEST: Refusal = { status: 400, code: "E_REQUEST", message: "That request cannot be read" };

const SECURITY_HEADERS = {
  "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
} as const;

export function createWebServer(pages: Pages, logger: Logger): Server {
  const preview = loadPreview();
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_TIMEOUTS_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  server.on("request", (request, response) => {
    answer(request, response, pages, preview).catch((error: unknown) => {
      logger.warn("request failed", { path: request.url, error: String(error) });
      if (response.headersSent) response.destroy();
      else refuse(response, asRefusal(error));
    });
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  return server;
}

type Preview = ReturnType<typeof loadPreview>;

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  pages: Pages,
  preview: Preview,
): Promise<void> {
  if (!isAllowedHost(request.headers.host)) return refuse(response, WRONG_HOST);
  const { pathname } = new URL(request.url ?? "/", "http://box");
  const asset = request.method === "GET" ? preview.get(pathname) : undefined;
  if (asset) return send(response, 200, asset.type, asset.bytes);
  switch (`${request.method} ${pathname}`) {
    case "GET /screen.png":
      return send(response, 200, "image/png", pages.frame().png);
    case "GET /events":
      return streamFrames(response, pages);
    case "POST /press":
      return press(request, response, pages);
    case "GET /carried":
      if (!isLoopback(request)) return refuse(response, FORBIDDEN);
      return sendJson(response, 200, await pages.carried());
    case "GET /control/status":
      if (!mayControl(request, pages)) return refuse(response, FORBIDDEN);
      return sendJson(response, 200, await pages.status());
    case "POST /control/import":
      if (!mayControl(request, pages)) return refuse(response, FORBIDDEN);
      return passOn(request, response, { limitBytes: MAX_IMPORT_BYTES, take: (bytes) => pages.import(bytes) });
    case "POST /control/publish":
      if (!mayControl(request, pages)) return refuse(response, FORBIDDEN);
      return passOn(request, response, { limitBytes: MAX_PUBLISH_BYTES, take: (bytes) => pages.publish(bytes) });
    default:
      return refuse(response, NOT_FOUND);
  }
}

/** Presses come from the page on this machine's own screen; other devices have their own keys. */
async function press(request: IncomingMessage, response: ServerResponse, pages: Pages): Promise<void> {
  if (!isLoopback(request) || !sameOrigin(request)) return refuse(response, FORBIDDEN);
  const body = await readBody(request, MAX_PRESS_BYTES);
  if (body === undefined) return refuse(response, TOO_LARGE);
  const { button, held } = parsePress(body);
  if (button === undefined) return refuse(response, BAD_REQUEST);
  await pages.press(button, held);
  sendJson(response, 200, { ok: true });
}

function parsePress(body: Uint8Array): { button: 1 | 2 | 3 | undefined; held: boolean } {
  try {
    const { button, held } = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
    return { button: button === 1 || button === 2 || button === 3 ? button : undefined, held: held === true };
  } catch {
    return { button: undefined, held: false };
  }
}

interface Taker {
  readonly limitBytes: number;
  readonly take: (bytes: Uint8Array) => Promise<unknown>;
}

async function passOn(request: IncomingMessage, response: ServerResponse, { limitBytes, take }: Taker): Promise<void> {
  const body = await readBody(request, limitBytes);
  if (body === undefined) return refuse(response, TOO_LARGE);
  sendJson(response, 200, await take(body));
}

function mayControl(request: IncomingMessage, pages: Pages): boolean {
  return isLoopback(request) && request.headers.authorization === `Bearer ${pages.token}`;
}

function streamFrames(response: ServerResponse, pages: Pages): void {
  response.writeHead(200, { ...SECURITY_HEADERS, "Content-Type": "text/event-stream" });
  const say = (name: string): boolean => response.write(`data: ${name}\n\n`);
  const stop = pages.watchFrames(say);
  response.on("close", stop);
  say(pages.frame().name);
}

/** Undefined if it is longer than the limit; the rest is not read then. */
async function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function asRefusal(error: unknown): Refusal {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { status: 500, code: typeof code === "string" ? code : "E_INTERNAL", message: String(message ?? error) };
}

function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  if (status === 413) response.setHeader("Connection", "close");
  sendJson(response, status, { error: { code, message } });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, "application/json", Buffer.from(JSON.stringify(value)));
}

function send(response: ServerResponse, status: number, type: string, bytes: Uint8Array): void {
  response.writeHead(status, { ...SECURITY_HEADERS, "Content-Type": type, "Content-Length": bytes.length });
  response.end(bytes);
}

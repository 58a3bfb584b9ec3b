// Answers: content with a strong name of its bytes, so that nobody fetches them twice, compressed once for all who take
// that; or a refusal with a stable code. How long a browser may keep it is part of the content.
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { SECURITY_HEADERS } from "./security-headers.ts";

/** What never changes under its name; what is asked for again each time; what nobody keeps. */
export type Keeping = "forever" | "asking" | "never";

const CACHE_CONTROL: Readonly<Record<Keeping, string>> = {
  forever: "public, max-age=31536000, immutable",
  asking: "no-cache",
  never: "no-store",
};
const COMPRESSIBLE = /^(text\/|application\/(json|xml|manifest\+json)|image\/svg)/;
/** Below it a packet is a packet. */
const MIN_GZIP_BYTES = 1_024;
const ETAG_HEX_DIGITS = 32;
/** A reader that takes nothing for so long is gone, or means it. */
const STUCK_READER_MS = 30_000;

const compress = promisify(gzip);

export interface ContentOptions {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly keeping: Keeping;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Content {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly mayCompress: boolean;
  readonly #name: string;
  #gzipped: Promise<Uint8Array> | undefined;

  constructor({ type, bytes, keeping, headers = {} }: ContentOptions) {
    this.type = type;
    this.bytes = bytes;
    this.headers = { "Cache-Control": CACHE_CONTROL[keeping], ...headers };
    this.mayCompress = COMPRESSIBLE.test(type) && bytes.length >= MIN_GZIP_BYTES;
    this.#name = createHash("sha256").update(bytes).digest("hex").slice(0, ETAG_HEX_DIGITS);
  }

  /** Strong: another one for other bytes, compressed ones included. */
  etag(isCompressed: boolean): string {
    return `"${this.#name}${isCompressed ? "-gzip" : ""}"`;
  }

  gzipped(): Promise<Uint8Array> {
    this.#gzipped ??= compress(this.bytes, { level: 9 });
    return this.#gzipped;
  }
}

/** Errors that reach a caller: `code` is stable, `message` is for people. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const NOT_FOUND: Refusal = { status: 404, code: "E_NOT_FOUND", message: "There is nothing here" };
export const FORBIDDEN: Refusal = { status: 403, code: "E_FORBIDDEN", message: "This is for this machine only" };
export const FOREIGN_PAGE: Refusal = { status: 403, code: "E_ORIGIN", message: "Another page may not do this" };
export const WRONG_HOST: Refusal = { status: 421, code: "E_HOST", message: "This box does not answer to that name" };
export const TOO_LARGE: Refusal = { status: 413, code: "E_TOO_LARGE", message: "That is too large" };
export const BAD_REQUEST: Refusal = { status: 400, code: "E_REQUEST", message: "That request cannot be read" };
/** What it was is for the logger: it may name files. */
export const INTERNAL: Refusal = { status: 500, code: "E_INTERNAL", message: "Something went wrong in this box" };
export const WRONG_METHOD: Refusal = { status: 405, code: "E_METHOD", message: "That cannot be done here" };

/** What a handler gives; nothing if it answers by itself. */
export type Reply = Content | Refusal | undefined;

export function jsonContent(value: unknown, keeping: Keeping = "never"): Content {
  return new Content({ type: "application/json", bytes: Buffer.from(JSON.stringify(value)), keeping });
}

export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Content | Refusal,
): Promise<void> {
  if (reply instanceof Content) await sendContent(request, response, reply);
  else refuse(response, reply);
}

async function sendContent(request: IncomingMessage, response: ServerResponse, content: Content): Promise<void> {
  const isCompressed = content.mayCompress && takesGzip(request);
  const etag = content.etag(isCompressed);
  response.setHeaders(new Map(Object.entries({ ...SECURITY_HEADERS, ...content.headers, ETag: etag })));
  if (content.mayCompress) response.setHeader("Vary", "Accept-Encoding");
  if (holds(request, etag)) {
    response.writeHead(304).end();
    return;
  }
  const bytes = isCompressed ? await content.gzipped() : content.bytes;
  if (isCompressed) response.setHeader("Content-Encoding", "gzip");
  response.writeHead(200, { "Content-Type": content.type, "Content-Length": bytes.length });
  response.setTimeout(STUCK_READER_MS, () => response.destroy());
  response.end(request.method === "HEAD" ? undefined : bytes);
}

export function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  if (status === TOO_LARGE.status) response.setHeader("Connection", "close");
  const bytes = Buffer.from(JSON.stringify({ error: { code, message } }));
  const headers = { "Content-Type": "application/json", "Content-Length": bytes.length };
  response.writeHead(status, { ...SECURITY_HEADERS, "Cache-Control": CACHE_CONTROL.never, ...headers });
  response.end(bytes);
}

function takesGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(headers["accept-encoding"] ?? ""));
}

function holds({ headers }: IncomingMessage, etag: string): boolean {
  const held = headers["if-none-match"]?.split(",").map((each) => each.trim().replace(/^W\//, "")) ?? [];
  return held.includes(etag) || held.includes("*");
}

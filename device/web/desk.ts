// What comes in by POST, and what only this machine may ask: presses from the preview page, commands that found the
// token in the data folder, and the clocks of phones.
import type { IncomingMessage } from "node:http";
import { isLoopback, sameOrigin } from "./callers.ts";
import type { Pages } from "./pages.ts";
import { BAD_REQUEST, FORBIDDEN, FOREIGN_PAGE, jsonContent, type Reply, TOO_LARGE } from "./reply.ts";
import { jsonFields, readBody } from "./request-body.ts";

/** A press, or a clock, is a few bytes. */
const MAX_NOTE_BYTES = 1024;
/** The largest real programme takes 2 MiB as JSON. */
const MAX_IMPORT_BYTES = 64 * 1024 * 1024;
/** A whole series of the longest bodies, in hex. */
const MAX_PUBLISH_BYTES = 32 * 1024 * 1024;

/** Presses come from the page on this machine's own screen; other devices have their own keys. */
export async function takePress(request: IncomingMessage, pages: Pages): Promise<Reply> {
  if (!isLoopback(request) || !sameOrigin(request)) return FORBIDDEN;
  const body = await readBody(request, MAX_NOTE_BYTES);
  if (body === undefined) return TOO_LARGE;
  const fields = jsonFields(body);
  const button = fields.get("button");
  if (button !== 1 && button !== 2 && button !== 3) return BAD_REQUEST;
  await pages.press(button, fields.get("held") === true);
  return jsonContent({ ok: true });
}

/** From any phone, by the page of this box: three that agree lend a box without a clock their time (M-39). */
export async function takeClock(request: IncomingMessage, pages: Pages): Promise<Reply> {
  if (!sameOrigin(request)) return FOREIGN_PAGE;
  const body = await readBody(request, MAX_NOTE_BYTES);
  if (body === undefined) return TOO_LARGE;
  const phoneMs = jsonFields(body).get("now");
  if (typeof phoneMs !== "number" || !Number.isSafeInteger(phoneMs) || phoneMs < 0) return BAD_REQUEST;
  pages.offerClock(request.socket.remoteAddress ?? "", phoneMs);
  return jsonContent({ ok: true });
}

export async function showCarried(request: IncomingMessage, pages: Pages): Promise<Reply> {
  return isLoopback(request) ? jsonContent(await pages.carried()) : FORBIDDEN;
}

export async function showStatus(request: IncomingMessage, pages: Pages): Promise<Reply> {
  return mayControl(request, pages) ? await told(pages.status()) : FORBIDDEN;
}

export function takeImport(request: IncomingMessage, pages: Pages): Promise<Reply> {
  return passOn(request, pages, { limitBytes: MAX_IMPORT_BYTES, take: (bytes) => pages.import(bytes) });
}

export function takePublished(request: IncomingMessage, pages: Pages): Promise<Reply> {
  return passOn(request, pages, { limitBytes: MAX_PUBLISH_BYTES, take: (bytes) => pages.publish(bytes) });
}

interface Taker {
  readonly limitBytes: number;
  readonly take: (bytes: Uint8Array) => Promise<unknown>;
}

async function passOn(request: IncomingMessage, pages: Pages, { limitBytes, take }: Taker): Promise<Reply> {
  if (!mayControl(request, pages)) return FORBIDDEN;
  const body = await readBody(request, limitBytes);
  return body === undefined ? TOO_LARGE : await told(take(body));
}

/** Whoever may command is told what went wrong, in full. */
async function told(answer: Promise<unknown>): Promise<Reply> {
  try {
    return jsonContent(await answer);
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    return { status: 500, code: typeof code === "string" ? code : "E_INTERNAL", message: String(message ?? error) };
  }
}

function mayControl(request: IncomingMessage, pages: Pages): boolean {
  return isLoopback(request) && request.headers.authorization === `Bearer ${pages.token}`;
}

// Tells who looks at the screen of each new frame, by server-sent events. Nothing is sent while nothing changes.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pages } from "./pages.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

/** A frame's name takes 30 bytes: who has so many of them unread is gone. */
const MAX_UNREAD_BYTES = 16 * 1024;

export function streamFrames(request: IncomingMessage, response: ServerResponse, pages: Pages): void {
  response.writeHead(200, { ...SECURITY_HEADERS, "Cache-Control": "no-store", "Content-Type": "text/event-stream" });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const say = (name: string): void => {
    if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
    else response.write(`data: ${name}\n\n`);
  };
  response.once("close", pages.watchFrames(say));
  say(pages.frame().name);
}

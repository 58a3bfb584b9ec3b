// Debian's browser for tests, and a small server of files in memory from which it loads pages. Under the name `box.test` a
// page has plain HTTP and no secure context, as on a festival's network.
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium } from "playwright-core";

const BROWSER = "/usr/bin/chromium";
/** Options for `test`. */
export const needsBrowser = { skip: existsSync(BROWSER) ? false : "needs Debian's browser: apt-get install chromium" };

/** The first ones keep Debian's Chromium from looking up its maker's hosts at every start. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP *.test 127.0.0.1",
  // A page that a test puts in place of a box's own came from no address, and so for Chromium from the public internet.
  "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets",
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER, args: ARGUMENTS });
}

export interface ServedFile {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** Serves these files by path until it is closed; the address ends with the port. */
export async function serveFiles(files: ReadonlyMap<string, ServedFile>): Promise<{ port: number; server: Server }> {
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? "/", "http://box").pathname);
    response.writeHead(file ? 200 : 404, {
      "Content-Type": file?.type ?? "text/plain",
      "Content-Security-Policy": "default-src 'self'; connect-src *; worker-src 'self'",
    });
    response.end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

// A web server on a free loopback port, with pages that remember what reached them, and ways to ask it.
import { once } from "node:events";
import { type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Scene } from "../../../device/display/scene.ts";
import type { Pages, ProgrammeFormat } from "../../../device/web/pages.ts";
import { createWebServer, type WebServerOptions } from "../../../device/web/server.ts";
import { FakeClock } from "../../support/fake-clock.ts";

export const TOKEN = "secret";
export const PICTURE_HASH = "ab".repeat(32);
/** What a browser takes for one of its own kind. */
export const JSON_TYPE = { "content-type": "application/json" };

export const SCENE: Scene = {
  lang: "en",
  direction: "ltr",
  header: { room: "Campfire", clock: "18:00" },
  body: { kind: "notice", text: "Nothing planned" },
  badge: { text: "synced now", level: "fresh" },
  footer: { labels: [] },
};

/** A screen, desk and programme that only remember. */
export class FakePages implements Pages {
  readonly token = TOKEN;
  readonly pressed: string[] = [];
  readonly imported: string[] = [];
  readonly published: string[] = [];
  readonly clocks: string[] = [];
  readonly written: ProgrammeFormat[] = [];
  readonly watchers = new Set<(name: string) => void>();
  readonly pictures = new Map<string, { readonly mediaType: string; readonly bytes: Uint8Array }>();
  shown = SCENE;
  version = "1";
  trouble: Error | undefined;

  frame() {
    return { png: Uint8Array.of(0x89, 0x50), name: "frame-1" };
  }

  watchFrames(callback: (name: string) => void) {
    this.watchers.add(callback);
    return () => void this.watchers.delete(callback);
  }

  scene() {
    return this.shown;
  }

  async press(button: number, held: boolean) {
    this.pressed.push(`${button}${held ? " held" : ""}`);
  }

  join() {
    return { festival: { topic: "00ff", open: true }, clock: { now: 1, trust: "sure" } } as const;
  }

  offerClock(host: string, phoneMs: number) {
    this.clocks.push(`${host} ${phoneMs}`);
  }

  programmeFiles() {
    return { version: this.version, write: (format: ProgrammeFormat) => this.write(format) };
  }

  async write(format: ProgrammeFormat) {
    this.written.push(format);
    if (this.trouble) throw this.trouble;
    return Buffer.from(`${format} ${this.version} ${"programme ".repeat(200)}`);
  }

  async publicStatus() {
    const counts = { things: 3, people: 2, devicesNow: 1, devicesMet: 4 };
    const clock = { now: 1, trust: "unsure" } as const;
    return { name: "Quiet <Otter>", ...counts, lastNews: null, lastNewsAgo: "none yet", clock };
  }

  async picture(hash: string) {
    return this.pictures.get(hash);
  }

  async status() {
    return { operations: 3 };
  }

  async carried() {
    return [{ topic: "00ff", operations: 3 }];
  }

  async import(bytes: Uint8Array) {
    if (bytes.length === 0) throw Object.assign(new Error("Nothing in it"), { code: "E_FILE_FORMAT" });
    this.imported.push(new TextDecoder().decode(bytes));
    return { events: 1 };
  }

  async publish(bytes: Uint8Array) {
    this.published.push(new TextDecoder().decode(bytes));
    return { operations: ["00ff"] };
  }

  /** Everything that a stranger could have written. */
  get writes(): readonly string[] {
    return [...this.pressed, ...this.imported, ...this.published, ...this.clocks];
  }
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  readonly localAddress?: string;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly bytes: Buffer;
  readonly headers: IncomingMessage["headers"];
}

export class OpenServer {
  readonly pages = new FakePages();
  readonly clock = new FakeClock();
  readonly warnings: unknown[] = [];
  readonly server: Server;

  private constructor(options: Partial<WebServerOptions>) {
    const warn = (message: string, fields?: unknown) => void this.warnings.push([message, fields]);
    const logger = { debug: () => {}, info: () => {}, warn, error: () => {} };
    // Where nothing was ever built, whatever this machine has in dist/.
    const clientFolder = new URL("nothing-here/", import.meta.url);
    this.server = createWebServer({ pages: this.pages, clock: this.clock, logger, clientFolder, ...options });
  }

  static async open(options: Partial<WebServerOptions> = {}): Promise<OpenServer> {
    const opened = new OpenServer(options);
    await once(opened.server.listen(0, "127.0.0.1"), "listening");
    return opened;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** Everything that the server says to bytes of any kind, until it ends. */
  async askRaw(bytes: string): Promise<string> {
    const socket = connect(this.port, "127.0.0.1");
    socket.end(bytes);
    let heard = "";
    for await (const chunk of socket.setEncoding("utf8")) heard += chunk;
    return heard;
  }

  /** The headers of the answer are there; its body is still to come. */
  async begin(
    path: string,
    { method = "GET", headers = {}, body, localAddress }: Asked = {},
  ): Promise<IncomingMessage> {
    const own = { host: `localhost:${this.port}`, ...headers };
    const asking = request({
      host: "127.0.0.1",
      port: this.port,
      path,
      method,
      headers: own,
      localAddress,
      agent: false,
    });
    asking.end(body);
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    return response;
  }

  async ask(path: string, asked: Asked = {}): Promise<Answered> {
    const response = await this.begin(path, asked);
    const bytes = Buffer.concat(await response.toArray());
    return { status: response.statusCode ?? 0, text: bytes.toString(), bytes, headers: response.headers };
  }
}

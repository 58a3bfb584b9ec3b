// Which path answers what, and to which methods. A table: what is not in it is not there.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../sync/ports.ts";
import { showCarried, showStatus, takeClock, takeImport, takePress, takePublished } from "./desk.ts";
import { docsPages } from "./docs-pages.ts";
import { streamFrames } from "./event-stream.ts";
import { Feeds } from "./feeds.ts";
import { Kept } from "./kept.ts";
import { missingClientPage } from "./missing-client.ts";
import type { Pages } from "./pages.ts";
import { pictureContent } from "./picture.ts";
import { Content, jsonContent, NOT_FOUND, type Reply } from "./reply.ts";
import { screenPage } from "./screen-page.ts";
import { clientFiles, ownFiles } from "./static-files.ts";
import { statusPage } from "./status-page.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Reply | Promise<Reply>;

/** HEAD comes with GET. */
export interface Route {
  readonly GET?: Handler;
  readonly POST?: Handler;
}

/** Describing the screen, or counting what is known, asks the database: once a second serves any number of phones. */
const SCENE_MS = 1_000;
const STATUS_MS = 5_000;
const PICTURE = /^\/picture\/([0-9a-f]{64})$/;

export interface RoutesOptions {
  readonly pages: Pages;
  readonly clock: Clock;
  /** Where the phone page lies, if it was built. */
  readonly clientFolder: URL;
}

/** Gives the route of a path, if there is one. */
export function routesOf({ pages, clock, clientFolder }: RoutesOptions): (path: string) => Route | undefined {
  const routes = new Map<string, Route>([
    ["/", { GET: missingClientPage }],
    ...fileRoutes(clientFolder),
    ...screenRoutes(pages, clock),
    ...programmeRoutes(pages, clock),
    ...statusRoutes(pages, clock),
    ["/clock", { POST: (request) => takeClock(request, pages) }],
    ["/press", { POST: (request) => takePress(request, pages) }],
    ["/carried", { GET: (request) => showCarried(request, pages) }],
    ["/control/status", { GET: (request) => showStatus(request, pages) }],
    ["/control/import", { POST: (request) => takeImport(request, pages) }],
    ["/control/publish", { POST: (request) => takePublished(request, pages) }],
  ]);
  return (path) => routes.get(path) ?? pictureRoute(path, pages);
}

type Routes = readonly (readonly [path: string, route: Route])[];

function fileRoutes(clientFolder: URL): Routes {
  const files = [...docsPages(), ...ownFiles(), ...clientFiles(clientFolder)];
  return files.map(([path, content]) => [path, { GET: () => content }]);
}

function screenRoutes(pages: Pages, clock: Clock): Routes {
  const scene = new Kept({ clock, forMs: SCENE_MS, make: () => pages.scene() });
  // Who is told of a new frame asks at once, and must not get the words of the one before.
  pages.watchFrames(() => scene.forget());
  const page = (): Content =>
    new Content({ type: "text/html; charset=utf-8", bytes: screenPage(scene.value), keeping: "asking" });
  let frame: Content | undefined;
  const picture = (): Content => {
    const { png } = pages.frame();
    if (frame?.bytes !== png) frame = new Content({ type: "image/png", bytes: png, keeping: "asking" });
    return frame;
  };
  return [
    ["/screen", { GET: page }],
    ["/screen.json", { GET: () => jsonContent(scene.value, "asking") }],
    ["/screen.png", { GET: picture }],
    [
      "/events",
      {
        GET: (request, response) => {
          streamFrames(request, response, pages);
          return undefined;
        },
      },
    ],
  ];
}

function programmeRoutes(pages: Pages, clock: Clock): Routes {
  const feeds = new Feeds(pages, clock);
  return [
    ["/feed.ics", { GET: () => feeds.get("ics") }],
    ["/export/programme.ics", { GET: () => feeds.get("ics") }],
    ["/export/schedule.xml", { GET: () => feeds.get("schedule-xml") }],
    ["/export/schedule.json", { GET: () => feeds.get("schedule-json") }],
  ];
}

function statusRoutes(pages: Pages, clock: Clock): Routes {
  const status = new Kept({ clock, forMs: STATUS_MS, make: () => pages.publicStatus() });
  return [
    ["/join.json", { GET: () => jsonContent(pages.join()) }],
    ["/status", { GET: async () => statusPage(await status.value) }],
    ["/status.json", { GET: async () => jsonContent(await status.value) }],
  ];
}

function pictureRoute(path: string, pages: Pages): Route | undefined {
  const [, hash] = PICTURE.exec(path) ?? [];
  if (hash === undefined) return undefined;
  return { GET: async () => pictureContent(await pages.picture(hash)) ?? NOT_FOUND };
}

// Files that go out as they are: the phone client as esbuild left it, and the small pages of the box itself. Read once at
// start; after that a path is a key of a map, and no path of a request ever reaches the file system (T20).
import { readFileSync } from "node:fs";
import { Content, type Keeping } from "./reply.ts";

/** esbuild puts a hash of eight letters and digits into a name: other bytes have another name. */
const HASHED_NAME = /-[A-Z0-9]{8}\.[a-z0-9]+$/i;
const ENTRY = "/index.html";

const HTML = "text/html; charset=utf-8";
const CSS = "text/css; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";

const OWN_FILES = [
  ["/preview", "preview/page.html", HTML],
  ["/preview.css", "preview/preview.css", CSS],
  ["/preview.js", "preview/preview.js", SCRIPT],
  ["/site.css", "site/site.css", CSS],
  ["/screen.js", "site/screen.js", SCRIPT],
  ["/favicon.svg", "preview/favicon.svg", "image/svg+xml"],
] as const;

/** Where `npm run build:client` puts the phone page. */
export const CLIENT_FOLDER = new URL("../../dist/client/", import.meta.url);

/** Written by the build beside the files. */
interface ClientManifest {
  readonly files: readonly { readonly path: string; readonly type: string; readonly file: string }[];
}

export type Files = ReadonlyMap<string, Content>;

export function ownFiles(): Files {
  return new Map(
    OWN_FILES.map(([path, name, type]) => [path, fileContent(new URL(name, import.meta.url), type, "asking")]),
  );
}

/** Empty where the client is not built. Throws if it is built in part. */
export function clientFiles(folder: URL): Files {
  const manifest = readManifest(folder);
  const files = new Map(
    manifest.files.map(({ path, type, file }) => {
      const keeping = HASHED_NAME.test(path) ? "forever" : "asking";
      return [path, fileContent(new URL(file, folder), type, keeping)];
    }),
  );
  const entry = files.get(ENTRY);
  return entry === undefined ? files : files.set("/", entry);
}

function readManifest(folder: URL): ClientManifest {
  try {
    return JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as ClientManifest;
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return { files: [] };
    throw error;
  }
}

function fileContent(url: URL, type: string, keeping: Keeping): Content {
  return new Content({ type, bytes: readFileSync(url), keeping });
}

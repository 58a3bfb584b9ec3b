// Our own code of one process as one file, as a card runs it.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** `source` below the repository becomes `name` below `out`; packages stay outside. */
export async function bundleProcess(source: string, name: string, out: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [source],
    outfile: join(out, name),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    packages: "external",
    legalComments: "none",
    plugins: [ownPlace(dirname(name))],
    logLevel: "warning",
  });
}

/** A module that reads a file beside itself finds it beside the place it had: the tree of assets is as in the repository. */
function ownPlace(from: string): Plugin {
  return {
    name: "own-place",
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes("import.meta.url")) return undefined;
        const place = relative(join(ROOT, from), path);
        const contents = text.replaceAll("import.meta.url", `new URL(${JSON.stringify(place)}, import.meta.url).href`);
        return { contents, loader: "ts" };
      });
    },
  };
}

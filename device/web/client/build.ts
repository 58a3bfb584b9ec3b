// Builds the phone page: one script, one style, one worker, in dist/client/, with names that change with their bytes, and a
// list of them for the server. `npm run build:client`; with --if-needed only where a source is newer than what is there.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { BuildOptions } from "esbuild";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const HERE = fileURLToPath(new URL("./", import.meta.url));
const FOLDER = join(ROOT, "dist", "client");
const MANIFEST = "manifest.json";
/** Everything that a phone has to fetch before it first works, over a crowded Wi-Fi. */
const MAX_GZIP_BYTES = 250 * 1024;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

export interface ClientBuild {
  /** Script that the page runs, and its style if it has one. */
  readonly entry: string;
  readonly style?: string;
  /** Emptied, then filled. */
  readonly folder: string;
}

export interface BuiltFile {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** Resolves with what was written; rejects where a source cannot be built. */
export async function buildClient({ entry, style, folder }: ClientBuild): Promise<readonly BuiltFile[]> {
  const { build } = await import("esbuild");
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const write = async (options: BuildOptions): Promise<readonly string[]> => {
    const { metafile } = await build({ ...COMMON, outdir: fresh, metafile: true, ...options });
    return Object.entries(metafile?.outputs ?? {}).flatMap(([path, output]) =>
      output.entryPoint ? basename(path) : [],
    );
  };
  const [worker] = await write({ entryPoints: { worker: join(HERE, "replica", "verify-worker.ts") } });
  const define = { VERIFY_WORKER_PATH: JSON.stringify(`/${worker}`) };
  const [script = ""] = await write({ entryPoints: { app: entry }, define });
  const [sheet] = style === undefined ? [] : await write({ entryPoints: { app: style } });
  const page = readFileSync(join(HERE, "index.html"), "utf8")
    .replace("/phone.js", `/${script}`)
    .replace(/.*"\/phone\.css".*\n/, (line) => (sheet === undefined ? "" : line.replace("/phone.css", `/${sheet}`)));
  writeFileSync(join(fresh, "index.html"), page);
  const files = readdirSync(fresh).sort();
  const listed = files.map((file) => ({ path: `/${file}`, type: TYPES[extname(file)], file }));
  writeFileSync(join(fresh, MANIFEST), `${JSON.stringify({ files: listed }, null, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return files.map((name) => {
    const bytes = readFileSync(join(folder, name));
    return { name, bytes: bytes.length, gzipBytes: gzipSync(bytes).length };
  });
}

/** Two years back. No `eval` ever: the page's policy forbids it. */
const COMMON: BuildOptions = {
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome120", "firefox121", "safari17.2"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
};

function isCurrent(): boolean {
  const manifest = join(FOLDER, MANIFEST);
  if (!existsSync(manifest)) return false;
  const builtMs = statSync(manifest).mtimeMs;
  const sources = ["protocol", "sync", "device"].flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true }),
  );
  return sources.every((each) => !each.isFile() || statSync(join(each.parentPath, each.name)).mtimeMs <= builtMs);
}

async function main(): Promise<void> {
  if (process.argv.includes("--if-needed") && isCurrent()) return;
  const entry = join(HERE, "main.tsx");
  const files = await buildClient({ entry, style: join(HERE, "style", "phone.css"), folder: FOLDER });
  for (const { name, bytes, gzipBytes } of files) {
    process.stdout.write(`${name.padEnd(52)} ${kilobytes(bytes)} ${kilobytes(gzipBytes)} gzip\n`);
  }
  const sum = files.reduce((bytes, { gzipBytes }) => bytes + gzipBytes, 0);
  process.stdout.write(
    `${"in all".padEnd(52)} ${" ".repeat(9)} ${kilobytes(sum)} gzip, at most ${kilobytes(MAX_GZIP_BYTES)}\n`,
  );
  if (sum > MAX_GZIP_BYTES) process.exitCode = 1;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`.padStart(9);
}

if (import.meta.main) await main();

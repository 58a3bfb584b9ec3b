// One SHA-256 over a folder: names, modes and bytes of everything in it, in the order of the names. Times do not count.
import { createHash, type Hash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** 64 hex digits. */
export function treeHash(folder: string): string {
  const hash = createHash("sha256");
  addFolder(hash, folder, "");
  return hash.digest("hex");
}

function addFolder(hash: Hash, folder: string, place: string): void {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const inner = `${place}/${name}`;
    const state = lstatSync(path);
    hash.update(`${inner}\0${(state.mode & 0o777).toString(8)}\0`);
    if (state.isDirectory()) addFolder(hash, path, inner);
    else {
      const bytes = state.isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path);
      hash.update(`${bytes.length}\0`).update(bytes);
    }
  }
}

// Writes a small file so that it is there whole or not at all, and still there after a power cut.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const OWNER_ONLY = 0o600;

/** Temporary file, fsync, rename, fsync of the folder. Only the owner may read it. */
export function writeDurably(path: string, text: string): void {
  const file = openSync(`${path}.new`, "w", OWNER_ONLY);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

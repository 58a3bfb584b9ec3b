// Where the material beside the repository lies, and the reason to skip where it does not.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const SHARED = new URL("../../../shared/", import.meta.url);

export function sharedPath(path: string): string {
  return fileURLToPath(new URL(path, SHARED));
}

/** Options for `test`: skips, visibly, where ../shared is absent. */
export function needsShared(path = ""): { skip: string | false } {
  return { skip: existsSync(new URL(path, SHARED)) ? false : `needs ../shared/${path} beside the repository` };
}

export function sharedJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, SHARED), "utf8")) as T;
}

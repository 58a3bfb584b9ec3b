// What a browser says when IndexedDB fails, as codes that a person can act on. SQLite's are in errors.ts.
import { type StoreCode, StoreError } from "./errors.ts";

const CODES: ReadonlyMap<string, StoreCode> = new Map([
  ["QuotaExceededError", "E_STORE_FULL"],
  ["VersionError", "E_STORE_VERSION"],
  // Private windows and blocked site data.
  ["SecurityError", "E_STORE_READONLY"],
  ["NotAllowedError", "E_STORE_READONLY"],
  ["ReadOnlyError", "E_STORE_READONLY"],
  ["NotReadableError", "E_STORE_CORRUPT"],
]);

/** The StoreError for a failed medium, with the failure as `cause`; anything else (a bug, a StoreError) as it came. */
export function asIndexedDbError(error: unknown, action: string): unknown {
  if (!(error instanceof DOMException)) return error;
  const code = CODES.get(error.name) ?? "E_STORE_IO";
  return new StoreError(code, `Cannot ${action}: ${error.message || error.name}`, { cause: error });
}

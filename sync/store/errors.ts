// What can go wrong with the medium under a store. Maps SQLite's result codes and the system's errno names to a few
// codes that a person can act on; imports neither, so that a store in a browser can use it too.

export type StoreCode =
  /** No room: the disk is full or the page limit is reached. Reading and pruning still work. */
  | "E_STORE_FULL"
  /** The folder, file or file system cannot be written. */
  | "E_STORE_READONLY"
  /** The file is not ours or is damaged: quarantine it and fetch from peers. */
  | "E_STORE_CORRUPT"
  /** Another process kept the write lock for longer than the busy timeout. */
  | "E_STORE_LOCKED"
  /** Anything else that the medium refused. */
  | "E_STORE_IO"
  /** Written by a newer release. */
  | "E_STORE_VERSION";

export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreCode;

  constructor(code: StoreCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** An extended SQLite code (SQLITE_IOERR_WRITE) is looked up whole first, then by its family (SQLITE_IOERR). */
const STORE_CODES: ReadonlyMap<string, StoreCode> = new Map([
  ["SQLITE_FULL", "E_STORE_FULL"],
  ["SQLITE_IOERR_SHMSIZE", "E_STORE_FULL"],
  ["SQLITE_READONLY", "E_STORE_READONLY"],
  ["SQLITE_PERM", "E_STORE_READONLY"],
  ["SQLITE_CORRUPT", "E_STORE_CORRUPT"],
  ["SQLITE_NOTADB", "E_STORE_CORRUPT"],
  ["SQLITE_BUSY", "E_STORE_LOCKED"],
  ["SQLITE_LOCKED", "E_STORE_LOCKED"],
  ["SQLITE_IOERR", "E_STORE_IO"],
  ["SQLITE_CANTOPEN", "E_STORE_IO"],
  ["SQLITE_PROTOCOL", "E_STORE_IO"],
  ["SQLITE_NOLFS", "E_STORE_IO"],
  ["ENOSPC", "E_STORE_FULL"],
  ["EDQUOT", "E_STORE_FULL"],
  ["EACCES", "E_STORE_READONLY"],
  ["EPERM", "E_STORE_READONLY"],
  ["EROFS", "E_STORE_READONLY"],
]);

const SQLITE_FAMILY = /^SQLITE_[A-Z]+/;

/** The StoreError for a failed medium, with the failure as `cause`. Anything else (a bug, a StoreError) as it came. */
export function asStoreError(error: unknown, action: string): unknown {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return error;
  const family = SQLITE_FAMILY.exec(error.code)?.[0] ?? "";
  const otherwise = "syscall" in error ? "E_STORE_IO" : undefined;
  const code = STORE_CODES.get(error.code) ?? STORE_CODES.get(family) ?? otherwise;
  return code === undefined ? error : new StoreError(code, `Cannot ${action}: ${error.message}`, { cause: error });
}

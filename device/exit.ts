// How a command ends in front of a person: one line that says what to do, a stable code to search for, and an exit
// status. Only the command line prints these; a running box writes to its logger instead.
import { ConfigError } from "./config-error.ts";
import { escapeControl } from "./escape-control.ts";

/** Exit statuses of sysexits(3), which systemd shows by name. */
export const EXIT = {
  failure: 1,
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  software: 70,
  cannotCreate: 73,
  noPermission: 77,
  config: 78,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

export interface CommandErrorOptions extends ErrorOptions {
  /** EXIT.failure unless given. */
  readonly status?: ExitStatus;
}

/** A command cannot do what it was asked. The message is for the person who asked, the code is stable. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: string;
  readonly status: ExitStatus;

  constructor(code: string, message: string, { status = EXIT.failure, ...options }: CommandErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.status = status;
  }
}

/** What Node, SQLite and our own rings leave on their errors. */
interface Fault extends Error {
  readonly code?: string;
  readonly path?: string;
  readonly port?: number;
  readonly address?: string;
  readonly syscall?: string;
}

interface Translation {
  readonly code: string;
  readonly status: ExitStatus;
  readonly sentence: (fault: Fault) => string;
}

const PORT_TAKEN: Translation = {
  code: "E_PORT_TAKEN",
  status: EXIT.unavailable,
  sentence: ({ port }) => `Cannot listen on port ${port}: it is in use; choose another with --port`,
};
const PORT_FORBIDDEN: Translation = {
  code: "E_PORT_FORBIDDEN",
  status: EXIT.noPermission,
  sentence: ({ port }) => `Cannot listen on port ${port}: this user may not; choose one above 1023 with --port`,
};
const HOST_UNKNOWN: Translation = {
  code: "E_HOST_UNKNOWN",
  status: EXIT.unavailable,
  sentence: ({ address }) =>
    `Cannot listen on "${address}": this machine has no such address; choose another with --host`,
};
const DATA_READONLY: Translation = {
  code: "E_DATA_READONLY",
  status: EXIT.noPermission,
  sentence: ({ path }) => `Cannot write ${dataPath(path)}: this user may not; choose another folder with --data`,
};
const DATA_FULL: Translation = {
  code: "E_DATA_FULL",
  status: EXIT.cannotCreate,
  sentence: ({ path }) =>
    `Cannot write ${dataPath(path)}: no room is left; free some, allow more with --store-max-megabytes, or choose another folder with --data`,
};
const FILE_MISSING: Translation = {
  code: "E_FILE_MISSING",
  status: EXIT.noInput,
  sentence: ({ path }) => `Cannot open ${quoted(path) ?? "a file"}: it does not exist`,
};
const FILE_IS_FOLDER: Translation = {
  code: "E_FILE_IS_FOLDER",
  status: EXIT.noInput,
  sentence: ({ path }) => `Cannot open ${quoted(path) ?? "a file"}: it is a folder`,
};
const FOLDER_IS_FILE: Translation = {
  code: "E_FOLDER_IS_FILE",
  status: EXIT.cannotCreate,
  sentence: ({ path }) => `Cannot use ${dataPath(path)}: a file stands where a folder should be`,
};
const USAGE: Translation = {
  code: "E_USAGE",
  status: EXIT.usage,
  sentence: ({ message }) => message.split(". ", 1)[0] ?? message,
};

/** By code, by call and code where the call makes the difference, or by family. */
const TRANSLATIONS: ReadonlyMap<string, Translation> = new Map([
  ["EADDRINUSE", PORT_TAKEN],
  ["listen EACCES", PORT_FORBIDDEN],
  ["EADDRNOTAVAIL", HOST_UNKNOWN],
  ["EACCES", DATA_READONLY],
  ["EPERM", DATA_READONLY],
  ["EROFS", DATA_READONLY],
  ["SQLITE_READONLY", DATA_READONLY],
  ["E_STORE_READONLY", DATA_READONLY],
  ["ENOSPC", DATA_FULL],
  ["EDQUOT", DATA_FULL],
  ["SQLITE_FULL", DATA_FULL],
  ["E_STORE_FULL", DATA_FULL],
  ["ENOENT", FILE_MISSING],
  ["EISDIR", FILE_IS_FOLDER],
  ["ENOTDIR", FOLDER_IS_FILE],
  ["mkdir EEXIST", FOLDER_IS_FILE],
  ["ERR_PARSE_ARGS", USAGE],
]);
const FAMILY = /^(?:SQLITE_[A-Z]+|ERR_PARSE_ARGS)/;

/** Writes `lagerfeuer: CODE: message` and answers the exit status. A wrong configuration has one line for each mistake. */
export function reportFailure(error: unknown, write: (line: string) => void): ExitStatus {
  const { problems, status } = explain(error);
  for (const { code, message } of problems) write(`lagerfeuer: ${code}: ${escapeControl(message)}\n`);
  return status;
}

interface Explanation {
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly status: ExitStatus;
}

function explain(error: unknown): Explanation {
  if (error instanceof ConfigError) return { problems: error.problems, status: EXIT.config };
  if (error instanceof CommandError) return { problems: [error], status: error.status };
  const fault = error instanceof Error ? translated(error) : undefined;
  if (fault !== undefined) return fault;
  const { code, message } = error instanceof Error ? (error as Fault) : { code: undefined, message: String(error) };
  if (code?.startsWith("E_")) return { problems: [{ code, message }], status: EXIT.failure };
  return { problems: [{ code: "E_BUG", message: `Cannot go on: ${message}` }], status: EXIT.software };
}

/** What the system refused often lies under the errors of the rings above it. */
function translated(error: Error): Explanation | undefined {
  for (let fault: unknown = error; fault instanceof Error; fault = fault.cause) {
    const { code = "", syscall } = fault as Fault;
    const found = [`${syscall} ${code}`, code, FAMILY.exec(code)?.[0] ?? ""].map((name) => TRANSLATIONS.get(name));
    const translation = found.find((candidate) => candidate !== undefined);
    if (translation === undefined) continue;
    const problem = { code: translation.code, message: translation.sentence(fault) };
    return { problems: [problem], status: translation.status };
  }
  return undefined;
}

/** SQLite names no path; the only database is ours. */
function dataPath(path: string | undefined): string {
  return quoted(path) ?? "the data folder";
}

function quoted(path: string | undefined): string | undefined {
  return path === undefined ? undefined : `"${path}"`;
}

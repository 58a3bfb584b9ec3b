// How failures end in front of a person: one line, one code, one status for each kind of trouble.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseArgs } from "node:util";
import { ConfigError } from "../../device/config-error.ts";
import { CommandError, EXIT, reportFailure } from "../../device/exit.ts";
import { StoreError } from "../../sync/store/errors.ts";

function report(error: unknown): { readonly lines: string[]; readonly status: number } {
  const lines: string[] = [];
  const status = reportFailure(error, (line) => lines.push(line));
  return { lines, status };
}

function fault(code: string, details: object = {}): Error {
  return Object.assign(new Error(`${code}: told by the system`), { code, ...details });
}

function parseError(): unknown {
  try {
    return parseArgs({ args: ["--colour"], options: {} });
  } catch (error) {
    return error;
  }
}

const FILE = { syscall: "open", path: "camp.xml" };
const READONLY = 'E_DATA_READONLY: Cannot write "camp.xml": this user may not; choose another folder with --data';
const NO_ROOM =
  "no room is left; free some, allow more with --store-max-megabytes, or choose another folder with --data";
const FULL = `E_DATA_FULL: Cannot write the data folder: ${NO_ROOM}`;

const rows: readonly (readonly [what: string, error: unknown, line: string, status: number])[] = [
  [
    "a port that is taken",
    fault("EADDRINUSE", { syscall: "listen", port: 3473 }),
    "E_PORT_TAKEN: Cannot listen on port 3473: it is in use; choose another with --port",
    EXIT.unavailable,
  ],
  [
    "a port that only the system may use",
    fault("EACCES", { syscall: "listen", port: 80 }),
    "E_PORT_FORBIDDEN: Cannot listen on port 80: this user may not; choose one above 1023 with --port",
    EXIT.noPermission,
  ],
  [
    "an address of another machine",
    fault("EADDRNOTAVAIL", { syscall: "listen", address: "192.0.2.1" }),
    'E_HOST_UNKNOWN: Cannot listen on "192.0.2.1": this machine has no such address; choose another with --host',
    EXIT.unavailable,
  ],
  ["a file of somebody else", fault("EACCES", FILE), READONLY, EXIT.noPermission],
  ["a file that is sealed", fault("EPERM", FILE), READONLY, EXIT.noPermission],
  ["a card that is write-protected", fault("EROFS", FILE), READONLY, EXIT.noPermission],
  [
    "a database that cannot be written",
    fault("SQLITE_READONLY_DBMOVED"),
    "E_DATA_READONLY: Cannot write the data folder: this user may not; choose another folder with --data",
    EXIT.noPermission,
  ],
  ["a disk that is full", fault("ENOSPC", FILE), `E_DATA_FULL: Cannot write "camp.xml": ${NO_ROOM}`, EXIT.cannotCreate],
  ["a quota that is used up", fault("EDQUOT"), FULL, EXIT.cannotCreate],
  ["a database that is full", fault("SQLITE_FULL"), FULL, EXIT.cannotCreate],
  [
    "a file that is missing",
    fault("ENOENT", FILE),
    'E_FILE_MISSING: Cannot open "camp.xml": it does not exist',
    EXIT.noInput,
  ],
  [
    "a folder in place of a file",
    fault("EISDIR", FILE),
    'E_FILE_IS_FOLDER: Cannot open "camp.xml": it is a folder',
    EXIT.noInput,
  ],
  [
    "a file in place of a folder",
    fault("ENOTDIR", FILE),
    'E_FOLDER_IS_FILE: Cannot use "camp.xml": a file stands where a folder should be',
    EXIT.cannotCreate,
  ],
  [
    "a folder that Node does not name",
    fault("EISDIR", { syscall: "read" }),
    "E_FILE_IS_FOLDER: Cannot open a file: it is a folder",
    EXIT.noInput,
  ],
  [
    "a file where the data folder should be made",
    fault("EEXIST", { syscall: "mkdir", path: "box" }),
    'E_FOLDER_IS_FILE: Cannot use "box": a file stands where a folder should be',
    EXIT.cannotCreate,
  ],
  ["an option that does not exist", parseError(), "E_USAGE: Unknown option '--colour'", EXIT.usage],
  ["a store without room", new StoreError("E_STORE_FULL", "Cannot commit"), FULL, EXIT.cannotCreate],
  [
    "a store that cannot be written",
    new StoreError("E_STORE_READONLY", "Cannot commit"),
    "E_DATA_READONLY: Cannot write the data folder: this user may not; choose another folder with --data",
    EXIT.noPermission,
  ],
  [
    "a store that is damaged",
    new StoreError("E_STORE_CORRUPT", "Cannot open"),
    "E_STORE_CORRUPT: Cannot open",
    EXIT.failure,
  ],
  [
    "a command that says how it ends",
    new CommandError("E_FILE_FORMAT", "Cannot read it", { status: EXIT.data }),
    "E_FILE_FORMAT: Cannot read it",
    EXIT.data,
  ],
  ["a command that does not", new CommandError("E_NO_BOX", "None runs"), "E_NO_BOX: None runs", EXIT.failure],
];

for (const [what, error, line, status] of rows) {
  test(`${what} ends as ${line.split(":", 1)[0]}`, () => {
    assert.deepEqual(report(error), { lines: [`lagerfeuer: ${line}\n`], status });
  });
}

test("what the system refused is found under the error of the ring above", () => {
  const error = new Error("Cannot start", { cause: new Error("Cannot open", { cause: fault("ENOENT", FILE) }) });
  assert.match(report(error).lines.join(), /^lagerfeuer: E_FILE_MISSING: .*camp\.xml/);
});

test("a wrong configuration has one line for each mistake", () => {
  const error = new ConfigError(
    { code: "E_CONFIG_KEY", message: "one" },
    { code: "E_CONFIG_VALUE", message: "two" },
    { code: "E_CONFIG_SYNTAX", message: "three" },
  );
  assert.deepEqual(report(error), {
    lines: [
      "lagerfeuer: E_CONFIG_KEY: one\n",
      "lagerfeuer: E_CONFIG_VALUE: two\n",
      "lagerfeuer: E_CONFIG_SYNTAX: three\n",
    ],
    status: EXIT.config,
  });
});

test("an error nobody expected is called a bug, in one line without its stack", () => {
  for (const error of [new TypeError("x is not a function"), "x is not a function"]) {
    assert.deepEqual(report(error), {
      lines: ["lagerfeuer: E_BUG: Cannot go on: x is not a function\n"],
      status: EXIT.software,
    });
  }
});

test("an error's words cannot move the cursor or begin a line", () => {
  const { lines } = report(new Error("a\u001b[2J\nlagerfeuer: all is well\u009b"));
  assert.deepEqual(lines, ["lagerfeuer: E_BUG: Cannot go on: a\\u001b[2J\\u000alagerfeuer: all is well\\u009b\n"]);
});

// Bad input at the command line: one clear line with a code, an exit status, and nothing lost. One row, one mistake.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { asLogId, asSigningKey, toHex } from "../../protocol/operation/bytes.ts";
import { MAX_BODY_BYTES } from "../../protocol/operation/limits.ts";
import { createOperation } from "../../protocol/operation/operation.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import { lagerfeuer, statusOf } from "../support/box-process.ts";

const CAMP = fileURLToPath(new URL("./fixtures/camp.schedule.xml", import.meta.url));
const HEADERS = new URL("../vectors/headers.json", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-bad-"));
const data = join(folder, "data");
const isRoot = process.getuid?.() === 0;

const suite = await createNodeCrypto();
/** Well signed, but larger than a body may be. */
const tooLarge = createOperation(
  {
    signingKey: asSigningKey(new Uint8Array(32).fill(1)),
    logId: asLogId(new Uint8Array(32)),
    timestamp: 1_790_000_000_000_000,
    body: new Uint8Array(MAX_BODY_BYTES + 1),
  },
  suite,
);

interface Row {
  readonly what: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly code: string;
  /** Some part of the line that helps a person on. */
  readonly says: RegExp;
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const camp = readFileSync(CAMP, "utf8");
const [first] = JSON.parse(readFileSync(HEADERS, "utf8")) as [{ header: string; body: string }];
const forged = first.header.replace(
  /^(.{80})(..)/,
  (_, head, byte) => head + (Number.parseInt(byte, 16) ^ 1).toString(16).padStart(2, "0"),
);

const rows: readonly Row[] = [
  { what: "a command that does not exist", args: ["imprt", CAMP], code: "E_USAGE", says: /did you mean "import"/ },
  { what: "an option that does not exist", args: ["import", CAMP, "--colour"], code: "E_USAGE", says: /--colour/ },
  {
    what: "a file that is missing",
    args: ["import", join(folder, "nowhere.xml")],
    code: "E_FILE_MISSING",
    says: /nowhere\.xml/,
  },
  { what: "a folder instead of a file", args: ["import", folder], code: "E_FILE_IS_FOLDER", says: /folder/ },
  {
    what: "a file that is no programme",
    args: ["import", file("poem.txt", "Over the hills and far away")],
    code: "E_FILE_FORMAT",
    says: /neither schedule.xml/,
  },
  { what: "an empty file", args: ["import", file("empty.xml", "")], code: "E_FILE_FORMAT", says: /programme/ },
  {
    what: "a truncated schedule.xml",
    args: ["import", file("cut.xml", camp.slice(0, camp.length / 2))],
    code: "E_FILE_BROKEN",
    says: /line \d+/,
  },
  {
    what: "a truncated schedule JSON",
    args: ["import", file("cut.json", '{"schedule": {"version": "1", "conference": {')],
    code: "E_FILE_BROKEN",
    says: /JSON/,
  },
  {
    what: "an unknown key in the configuration",
    args: ["status", "--config", file("key.toml", "[screen]\nvenu = 'Barn'\n")],
    code: "E_CONFIG_KEY",
    says: /key\.toml:2: .*"screen\.venu".*venue/,
  },
  {
    what: "a wrong value in the configuration",
    args: ["status", "--config", file("value.toml", "[web]\n\nport = 99999\n")],
    code: "E_CONFIG_VALUE",
    says: /value\.toml:3: .*"web\.port"/,
  },
  {
    what: "a configuration that is no TOML",
    args: ["status", "--config", file("syntax.toml", "[web\nport = 1")],
    code: "E_CONFIG_SYNTAX",
    says: /syntax\.toml:1/,
  },
  {
    what: "a configuration that is missing",
    args: ["status", "--config", join(folder, "none.toml")],
    code: "E_FILE_MISSING",
    says: /none\.toml/,
  },
  { what: "a moment that is none", args: ["render", "--at", "yesterday"], code: "E_USAGE", says: /--at/ },
  {
    what: "a venue that nobody knows",
    args: ["render", "--venue", "Bran"],
    code: "E_VENUE_UNKNOWN",
    says: /did you mean "Barn"/,
  },
  {
    what: "a screen that does not exist",
    args: ["render", "--screen", "door-of-oak"],
    code: "E_CONFIG_VALUE",
    says: /door-800x480/,
  },
  { what: "an operation that is no hex", args: ["inspect"], input: "hello", code: "E_HEX", says: /hex/ },
  {
    what: "an operation cut short",
    args: ["inspect"],
    input: first.header.slice(0, -10),
    code: "E_HEADER_SYNTAX",
    says: /bytes end/,
  },
  { what: "a wrong signature", args: ["inspect"], input: forged, code: "E_SIGNATURE", says: /not valid/ },
  {
    what: "a body of another operation",
    args: ["inspect"],
    input: `${first.header} ${"00".repeat(10)}`,
    code: "E_BODY",
    says: /not valid/,
  },
  {
    what: "a body over the limit",
    args: ["inspect"],
    input: toHex(tooLarge.headerBytes),
    code: "E_BODY_LIMIT",
    says: /not valid/,
  },
];

let hash: unknown;
before(async () => {
  const { status, stderr } = await lagerfeuer(["import", CAMP, "--data", data, "--json"]);
  assert.equal(status, 0, stderr);
  hash = (await statusOf({ data }))["stateHash"];
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function refused(row: Row): Promise<void> {
  const { status, stderr } = await lagerfeuer([...row.args, "--data", data], { input: row.input ?? "" });
  const lines = stderr.trim().split("\n");
  assert.notEqual(status, 0, "exit status");
  assert.equal(lines.length, 1, stderr);
  assert.match(stderr, new RegExp(`^lagerfeuer: ${row.code}: `));
  assert.match(stderr, row.says);
}

for (const row of rows) test(`${row.what}: ${row.code}`, () => refused(row));

test("a port that is taken: E_PORT_TAKEN", async () => {
  const server = createServer().listen(0, "0.0.0.0");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    await refused({
      what: "",
      args: ["start", "--port", String(port)],
      code: "E_PORT_TAKEN",
      says: new RegExp(`${port}.*--port`),
    });
  } finally {
    server.close();
  }
});

test("a data folder that another box uses: E_DATA_IN_USE", async () => {
  const { DataFolder } = await import("../../device/data-folder.ts");
  const holder = new DataFolder(data);
  holder.lock();
  try {
    await refused({ what: "", args: ["import", CAMP], code: "E_DATA_IN_USE", says: /another box/ });
  } finally {
    holder.release();
  }
});

test("a full disk: E_DATA_FULL, and what was acknowledged stays readable", {
  skip: isRoot ? false : "needs root to mount a small disk",
}, async () => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]);
  try {
    cpSync(data, join(disk, "data"), { recursive: true });
    writeFileSync(join(disk, "ballast"), new Uint8Array(0));
    const { status, stderr } = await lagerfeuer(["import", bigProgramme(), "--data", join(disk, "data")]);
    assert.notEqual(status, 0);
    assert.match(stderr, /^lagerfeuer: E_DATA_FULL: .*room/);
    assert.equal((await statusOf({ data: join(disk, "data") }))["stateHash"], hash);
  } finally {
    execFileSync("umount", [disk]);
  }
});

test("a data folder on a read-only disk: E_DATA_READONLY", {
  skip: isRoot ? false : "needs root to mount a read-only disk",
}, async () => {
  const disk = join(folder, "readonly");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]);
  try {
    cpSync(data, join(disk, "data"), { recursive: true });
    execFileSync("mount", ["-o", "remount,ro", disk]);
    const { status, stderr } = await lagerfeuer(["import", CAMP, "--data", join(disk, "data")]);
    assert.notEqual(status, 0);
    assert.match(stderr, /^lagerfeuer: E_DATA_READONLY: /);
  } finally {
    execFileSync("umount", [disk]);
  }
});

test("after all of that nothing is lost", async () => {
  assert.equal((await statusOf({ data }))["stateHash"], hash);
});

/** A thousand events: more than a megabyte of operations. */
function bigProgramme(): string {
  const event = (i: number) =>
    `<event guid="e${i}" id="${i}"><date>2026-07-17T10:00:00+02:00</date><start>10:00</start><duration>00:30</duration><title>Talk ${i}</title><description>${"word ".repeat(200)}</description></event>`;
  const events = Array.from({ length: 1000 }, (_, i) => event(i)).join("");
  return file("big.xml", camp.replace('<room name="Barn">', `<room name="Barn">${events}`));
}

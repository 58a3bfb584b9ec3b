// Acts by the real command line, on one data folder: first without a box, then with one that runs and publishes for them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { BoxProcess, lagerfeuer } from "../support/box-process.ts";

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-acts-"));
const data = join(folder, "data");
const COMMON = ["--timezone", "Europe/Berlin", "--festival", "acts test"];

let box: BoxProcess | undefined;
after(async () => {
  await box?.end("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

interface Said {
  readonly [name: string]: unknown;
  readonly id: string;
}

async function act(...args: readonly string[]): Promise<Said> {
  const { status, stdout, stderr } = await lagerfeuer([...args, "--json", "--data", data, ...COMMON]);
  assert.equal(status, 0, `${args.join(" ")}: ${stderr}`);
  return JSON.parse(stdout) as Said;
}

test("without a box, a command writes itself; a refusal is one line and a status", async () => {
  await act("create", "venue", "Barn", "--as", "ada");
  const { status, stdout, stderr } = await lagerfeuer(["edit", "Barn", "--title", "Mine", "--data", data, ...COMMON]);
  assert.deepEqual([status, stdout], [1, ""]);
  assert.equal(
    stderr,
    "lagerfeuer: E_NOT_YOURS: Cannot change this: somebody else made it; make your own copy with fork\n",
  );
});

test("where a box runs, it publishes for all of them at once, and nobody's log forks", async () => {
  box = new BoxProcess({ data, args: ["--port", "0", "--host", "127.0.0.1", "--no-discovery", ...COMMON] });
  await box.ready;
  const { id } = await act("create", "event", "Embers", "--as", "ada", "--venue", "Barn");
  await Promise.all(["ada", "ben", "cleo"].map((name) => act("rsvp", id, "yes", "--as", name)));
  const refused = await lagerfeuer(["edit", id, "--title", "Mine", "--as", "ben", "--data", data, ...COMMON]);
  assert.match(refused.stderr, /E_NOT_YOURS/);
  const elsewhere = await lagerfeuer(["list", "events", "--data", data, "--festival", "another one"]);
  assert.match(elsewhere.stderr, /E_OTHER_FESTIVAL/);
  assert.equal(await box.end("SIGTERM"), 0, box.said);
  await act("edit", id, "--title", "Ashes", "--as", "ada");
  const { stdout } = await lagerfeuer(["list", "events", "--data", data, ...COMMON]);
  const [, line = "", footer = ""] = stdout.split("\n");
  assert.match(line, /^sometime +Ashes +Barn +3\+ /);
  assert.match(footer, /^seen from this box \(.+\): 5 things from 3 people, no news from others yet$/);
});

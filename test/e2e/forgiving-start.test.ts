// A box as a card runs it: mistakes in its file stand on the screen instead of ending it, and without a data partition it
// says so and leaves no trace anywhere.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { FakeScreen } from "../device/display/output/fake-screen.ts";
import { BoxProcess, eventually, lagerfeuer } from "../support/box-process.ts";

const CLI = fileURLToPath(new URL("../../device/cli.ts", import.meta.url));
/** Of proc_net_tcp(5), from 0. */
const INODE_COLUMN = 9;
const TEXT = '[screen]\noutput = "framebufer"\nvenue = "Campfire\n\n[web]\nport = "many"\n';

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-forgiving-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function card(name: string): string {
  const run = join(folder, name);
  mkdirSync(run);
  writeFileSync(join(run, "lagerfeuer.toml"), TEXT);
  const wifi = {
    code: "E_CONFIG_VALUE",
    at: { file: "lagerfeuer.toml", line: 9 },
    message: 'lagerfeuer.toml:9: "wifi.x"',
  };
  writeFileSync(join(run, "mistakes.json"), JSON.stringify([wifi]));
  return run;
}

test("a box starts in spite of mistakes, and shows those of the card too", async () => {
  const config = join(card("start"), "lagerfeuer.toml");
  const refused = await lagerfeuer(["start", "--config", config, "--data", join(folder, "none")]);
  assert.equal(refused.status, 78, refused.stderr);
  const box = new BoxProcess({
    data: join(folder, "data"),
    args: ["--forgiving", "--config", config, "--port", "0", "--no-discovery"],
  });
  try {
    const page = await (await fetch(new URL("/screen", await box.ready))).text();
    for (const line of [2, 3, 6, 9]) assert.match(page, new RegExp(`Line ${line}<`));
    assert.match(page, /did you mean .*framebuffer/);
    await eventually("status has them", 120_000, async () => {
      const { running, mistakes } = await box.status();
      return running === true && (mistakes as string[]).length === 4;
    });
  } finally {
    assert.equal(await box.end("SIGTERM"), 0, box.said);
  }
});

test("without its memory a box draws, writes no file, opens no socket and ends when it is told to", async () => {
  const run = card("trouble");
  using screen = new FakeScreen({ width: 400, height: 300, bits: 32 });
  screen.sysfs("blank", "0");
  const blank = screen.memory();
  const home = join(folder, "home");
  mkdirSync(home);
  const args = [CLI, "trouble", "--forgiving", "--screen-device", join(screen.root, "dev/fb0")];
  const box = spawn(process.execPath, args, { cwd: run, env: { ...process.env, HOME: home, XDG_CACHE_HOME: "" } });
  let said = "";
  box.stderr.on("data", (chunk) => {
    said += chunk;
  });
  try {
    await eventually("something is drawn", 120_000, async () => !screen.memory().equals(blank), 100);
    assert.deepEqual([readdirSync(run).sort(), readdirSync(home)], [["lagerfeuer.toml", "mistakes.json"], []]);
    assert.deepEqual(listening(box.pid ?? 0), []);
  } finally {
    const ended = once(box, "exit");
    box.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null], said);
  }
});

/** Inodes of the sockets of a process on which something could reach it. */
function listening(pid: number): string[] {
  const links = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`)));
  const tables = ["tcp", "tcp6", "udp", "udp6"].map((name) => `/proc/${pid}/net/${name}`).filter(existsSync);
  const lines = tables.flatMap((table) => readFileSync(table, "utf8").split("\n"));
  const inodes = lines.map((line) => line.trim().split(/\s+/)[INODE_COLUMN] ?? "");
  return inodes.filter((inode) => links.has(`socket:[${inode}]`));
}

/** Empty for one that was closed meanwhile. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

// What the bundle is made with: the hash that says whether two are the same, and the broom that goes through packages.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pruneModules } from "../../image/prune-modules.ts";
import { treeHash } from "../../image/tree-hash.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-tree-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test("two folders with the same files have one hash, whenever they were written", (t) => {
  const [one, other] = [folderWith({ "a/b": "x", c: "y" }), folderWith({ c: "y", "a/b": "x" })];
  t.after(() => [one, other].map((folder) => rmSync(folder, { recursive: true })));
  utimesSync(join(other, "c"), 0, 0);
  assert.equal(treeHash(one), treeHash(other));
});

test("another name, another byte or another mode is another hash", (t) => {
  const folders = [{ a: "x" }, { b: "x" }, { a: "y" }, { a: "x" }, { "a/x": "" }].map(folderWith);
  t.after(() => folders.map((folder) => rmSync(folder, { recursive: true })));
  chmodSync(join(folders[3] as string, "a"), 0o755);
  assert.equal(new Set(folders.map(treeHash)).size, folders.length);
});

test("of a package only what the card loads stays, and its licence", (t) => {
  const folder = folderWith({
    "better-sqlite3/prebuilds/linux-arm64.node": "",
    "better-sqlite3/prebuilds/linux-x64.node": "",
    "better-sqlite3/deps/sqlite3.c": "",
    "better-sqlite3/lib/index.js": "",
    "preact/index.js": "",
    "ws/README.md": "",
    "ws/LICENSE.md": "",
    "ws/lib/test/a.js": "",
    "ws/lib/a.d.ts": "",
    "ws/lib/a.js": "",
  });
  t.after(() => rmSync(folder, { recursive: true }));
  pruneModules(folder);
  const kept = [
    "better-sqlite3/prebuilds/linux-arm64.node",
    "better-sqlite3/lib/index.js",
    "ws/LICENSE.md",
    "ws/lib/a.js",
  ];
  const gone = [
    "better-sqlite3/prebuilds/linux-x64.node",
    "better-sqlite3/deps",
    "preact",
    "ws/README.md",
    "ws/lib/test",
  ];
  for (const path of kept) assert.ok(existsSync(join(folder, path)), `${path} should stay`);
  for (const path of [...gone, "ws/lib/a.d.ts"]) assert.ok(!existsSync(join(folder, path)), `${path} should go`);
});

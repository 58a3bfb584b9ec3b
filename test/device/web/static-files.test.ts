// The phone page as the build left it: what its manifest names is there, hashed names for ever, and nothing else.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { OpenServer } from "./open-server.ts";

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-client-"));
after(() => rmSync(folder, { recursive: true }));

function built(files: Readonly<Record<string, string>>): URL {
  const client = mkdtempSync(join(folder, "client-"));
  mkdirSync(join(client, "fonts"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(client, name), text);
  const manifest = {
    files: [
      { path: "/index.html", type: "text/html; charset=utf-8", file: "index.html" },
      { path: "/app-ABCD1234.js", type: "text/javascript", file: "app-ABCD1234.js" },
      { path: "/fonts/round.woff2", type: "font/woff2", file: "fonts/round.woff2" },
    ],
  };
  writeFileSync(join(client, "manifest.json"), JSON.stringify(manifest));
  return pathToFileURL(`${client}/`);
}

const FILES = { "index.html": "<!doctype html>phone", "app-ABCD1234.js": "start()", "fonts/round.woff2": "wOF2" };

test("the phone page stands at /, and what it needs beside it", async () => {
  await using box = await OpenServer.open({ clientFolder: built(FILES) });
  const page = await box.ask("/");
  assert.equal(page.text, "<!doctype html>phone");
  assert.equal((await box.ask("/index.html")).text, page.text);
  const script = await box.ask("/app-ABCD1234.js");
  assert.equal(script.headers["content-type"], "text/javascript");
  assert.equal((await box.ask("/fonts/round.woff2")).status, 200);
  assert.equal((await box.ask("/preview")).status, 200);
});

test("a hashed name is kept for ever; the page is asked for each time", async () => {
  await using box = await OpenServer.open({ clientFolder: built(FILES) });
  assert.equal((await box.ask("/app-ABCD1234.js")).headers["cache-control"], "public, max-age=31536000, immutable");
  for (const path of ["/", "/fonts/round.woff2"]) {
    const { headers } = await box.ask(path);
    assert.equal(headers["cache-control"], "no-cache", path);
    assert.match(String(headers.etag), /^"[0-9a-f]{32}"$/);
  }
});

test("what lies in the folder and not in the manifest is not there", async () => {
  await using box = await OpenServer.open({ clientFolder: built({ ...FILES, "app.js.map": "{}" }) });
  for (const path of ["/app.js.map", "/manifest.json", "/fonts/", "/fonts/../index.html"]) {
    assert.equal((await box.ask(path)).status, 404, path);
  }
});

test("a build of which a file is missing does not start to serve", () => {
  const { "index.html": page } = FILES;
  return assert.rejects(OpenServer.open({ clientFolder: built({ "index.html": page }) }), { code: "ENOENT" });
});

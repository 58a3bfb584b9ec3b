// The box's port, asked by people, by its own pages, and by commands of this machine.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { JSON_TYPE, OpenServer, PICTURE_HASH, TOKEN } from "./open-server.ts";

const PAGES = ["/", "/preview", "/screen", "/docs", "/status"];

for (const path of PAGES) {
  test(`the page ${path} comes with everything it needs, from this box only`, async () => {
    await using box = await OpenServer.open();
    const page = await box.ask(path);
    assert.equal(page.status, 200);
    assert.match(String(page.headers["content-type"]), /^text\/html; charset=utf-8$/);
    assert.match(
      String(page.headers["content-security-policy"]),
      /default-src 'none'; script-src 'self'; worker-src 'self';/,
    );
    assert.equal(page.headers["set-cookie"], undefined);
    const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link as string);
    assert.ok(links.length >= 2);
    for (const link of links) assert.equal((await box.ask(link)).status, 200, link);
    assert.doesNotMatch(page.text, /https?:\/\/|<script>|style="|onclick/);
  });
}

test("a box without the page for phones says kindly how to build it", async () => {
  await using box = await OpenServer.open();
  const { text } = await box.ask("/");
  assert.match(text, /npm run build:client/);
  assert.match(text, /href="\/preview"/);
  assert.match(text, /href="\/screen"/);
});

test("the protocol is there to read, as the text that it is", async () => {
  await using box = await OpenServer.open();
  assert.match((await box.ask("/docs")).text, /<a href="\/docs\/SPEC.md">/);
  const { headers, text } = await box.ask("/docs/SPEC.md");
  assert.equal(headers["content-type"], "text/plain; charset=utf-8");
  assert.match(text, /^# /);
});

test("what a phone needs to join is told to whoever asks", async () => {
  await using box = await OpenServer.open();
  const { headers, text } = await box.ask("/join.json");
  assert.equal(headers["cache-control"], "no-store");
  assert.deepEqual(JSON.parse(text), box.pages.join());
});

test("the status is told to everybody, and a name stays a name", async () => {
  await using box = await OpenServer.open();
  assert.deepEqual(JSON.parse((await box.ask("/status.json")).text), await box.pages.publicStatus());
  const { text } = await box.ask("/status");
  assert.match(text, /<strong>Quiet &lt;Otter&gt;<\/strong>/);
  assert.match(text, /does not know what time it is/);
});

test("a new frame is told to whoever looks, until they look away", async () => {
  await using box = await OpenServer.open();
  const own = box.pages.watchers.size;
  const stream = await box.begin("/events");
  assert.equal(stream.headers["content-type"], "text/event-stream");
  assert.equal(String((await once(stream, "data"))[0]), "data: frame-1\n\n");
  for (const tell of box.pages.watchers) tell("frame-2");
  assert.equal(String((await once(stream, "data"))[0]), "data: frame-2\n\n");
  const looked = new Promise<void>((resolve) => {
    const { delete: forget } = box.pages.watchers;
    box.pages.watchers.delete = (callback) => {
      resolve();
      return forget.call(box.pages.watchers, callback);
    };
  });
  stream.destroy();
  await looked;
  assert.equal(box.pages.watchers.size, own);
});

test("who asks after a new frame gets its words, however short a while ago somebody else asked", async () => {
  await using box = await OpenServer.open();
  assert.doesNotMatch((await box.ask("/screen")).text, /Another door/);
  box.pages.shown = { ...box.pages.shown, header: { room: "Another door" } };
  for (const tell of box.pages.watchers) tell("frame-2");
  assert.match((await box.ask("/screen")).text, /Another door/);
});

test("what did not change is not sent again", async () => {
  await using box = await OpenServer.open();
  for (const path of ["/screen", "/screen.png", "/screen.json", "/feed.ics", "/docs/SPEC.md", "/site.css"]) {
    const first = await box.ask(path);
    const again = await box.ask(path, { headers: { "if-none-match": `W/"other", ${first.headers.etag}` } });
    assert.equal(again.status, 304, path);
    assert.equal(again.bytes.length, 0);
    assert.equal(again.headers.etag, first.headers.etag);
    assert.equal((await box.ask(path, { headers: { "if-none-match": '"other"' } })).status, 200);
  }
});

test("who takes gzip gets it, under a name of its own", async () => {
  await using box = await OpenServer.open();
  const plain = await box.ask("/site.css");
  const packed = await box.ask("/site.css", { headers: { "accept-encoding": "br, gzip;q=0.8" } });
  assert.equal(packed.headers["content-encoding"], "gzip");
  assert.equal(packed.headers.vary, "Accept-Encoding");
  assert.deepEqual(gunzipSync(packed.bytes), plain.bytes);
  assert.notEqual(packed.headers.etag, plain.headers.etag);
  const refused = await box.ask("/site.css", { headers: { "accept-encoding": "gzip;q=0, br" } });
  assert.equal(refused.headers["content-encoding"], undefined);
});

test("HEAD tells what GET would send, and sends nothing", async () => {
  await using box = await OpenServer.open();
  for (const path of ["/", "/screen", "/feed.ics", "/events"]) {
    const { status, bytes, headers } = await box.ask(path, { method: "HEAD" });
    assert.equal(status, 200, path);
    assert.equal(bytes.length, 0);
    if (path === "/screen") assert.equal(headers["content-length"], String((await box.ask(path)).bytes.length));
  }
});

test("every path says what can be done there", async () => {
  await using box = await OpenServer.open();
  const options = await box.ask("/clock", { method: "OPTIONS" });
  assert.equal(options.status, 204);
  assert.equal(options.headers.allow, "POST, OPTIONS");
  assert.equal(options.headers["access-control-allow-origin"], undefined);
  for (const method of ["DELETE", "PUT", "PATCH", "POST", "PROPFIND"]) {
    const refused = await box.ask("/screen", { method });
    assert.equal(refused.status, 405, method);
    assert.equal(refused.headers.allow, "GET, HEAD, OPTIONS");
  }
});

test("a picture is served under its hash for ever, and only as a picture", async () => {
  await using box = await OpenServer.open();
  const path = `/picture/${PICTURE_HASH}`;
  assert.equal((await box.ask(path)).status, 404);
  box.pages.pictures.set(PICTURE_HASH, { mediaType: "image/png", bytes: Uint8Array.of(0x89) });
  const { status, headers } = await box.ask(path);
  assert.equal(status, 200);
  assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
  assert.equal(headers["content-security-policy"], "default-src 'none'; sandbox");
  assert.equal(headers["x-content-type-options"], "nosniff");
  for (const mediaType of ["image/svg+xml", "text/html", "application/pdf"]) {
    box.pages.pictures.set(PICTURE_HASH, { mediaType, bytes: Buffer.from("<svg onload=alert(1)>") });
    assert.equal((await box.ask(path)).status, 404, mediaType);
  }
  for (const name of ["", "AB".repeat(32), PICTURE_HASH.slice(1), `${PICTURE_HASH}0`]) {
    assert.equal((await box.ask(`/picture/${name}`)).status, 404, name);
  }
});

test("the page's own press is passed on", async () => {
  await using box = await OpenServer.open();
  const headers = { ...JSON_TYPE, origin: `http://localhost:${box.port}` };
  const press = (body: string) => box.ask("/press", { method: "POST", headers, body });
  assert.equal((await press('{"button":1,"held":false}')).status, 200);
  assert.equal((await press('{"button":2,"held":true}')).status, 200);
  assert.deepEqual(box.pages.pressed, ["1", "2 held"]);
});

test("a phone tells what its clock says, and is known by its address", async () => {
  await using box = await OpenServer.open();
  const tell = (body: string) =>
    box.ask("/clock", { method: "POST", headers: JSON_TYPE, body, localAddress: "127.0.0.7" });
  assert.equal((await tell('{"now":1784311200000}')).status, 200);
  for (const body of ['{"now":"soon"}', '{"now":-1}', '{"now":1e99}', "{}", "null", "[", '{"now":1.5}']) {
    assert.equal((await tell(body)).status, 400, body);
  }
  assert.deepEqual(box.pages.clocks, ["127.0.0.7 1784311200000"]);
});

test("a command of this machine reads the status and imports; its errors keep their codes", async () => {
  await using box = await OpenServer.open();
  const headers = { authorization: `Bearer ${TOKEN}` };
  assert.deepEqual(JSON.parse((await box.ask("/control/status", { headers })).text), { operations: 3 });
  await box.ask("/control/import", { method: "POST", headers, body: "abc" });
  assert.deepEqual(box.pages.imported, ["abc"]);
  const failed = await box.ask("/control/import", { method: "POST", headers, body: "" });
  assert.deepEqual(JSON.parse(failed.text).error, { code: "E_FILE_FORMAT", message: "Nothing in it" });
});

test("a command publishes by the box only with the token", async () => {
  await using box = await OpenServer.open();
  const body = JSON.stringify({ as: "marie", bodies: ["a0"] });
  assert.equal((await box.ask("/control/publish", { method: "POST", body })).status, 403);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const { text } = await box.ask("/control/publish", { method: "POST", headers, body });
  assert.deepEqual(JSON.parse(text), { operations: ["00ff"] });
  assert.deepEqual(box.pages.published, [body]);
});

test("a fault of the box is told to its logger; a stranger learns that there was one", async () => {
  await using box = await OpenServer.open();
  box.pages.trouble = new Error("ENOENT: the folder of marie");
  const { status, text } = await box.ask("/feed.ics");
  assert.equal(status, 500);
  assert.deepEqual(JSON.parse(text), { error: { code: "E_INTERNAL", message: "Something went wrong in this box" } });
  assert.match(JSON.stringify(box.warnings), /marie/);
});

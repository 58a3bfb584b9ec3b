// The box's port, asked by its own page, by other pages, by other names, and by people who try things.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { isAllowedHost, mayOpenSocket } from "../../../device/web/callers.ts";
import { createWebServer, type Pages } from "../../../device/web/server.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const pressed: string[] = [];
const imported: string[] = [];
const published: string[] = [];
let tell: (name: string) => void = () => {};

const pages: Pages = {
  frame: () => ({ png: Uint8Array.of(0x89, 0x50), name: "frame-1" }),
  watchFrames: (callback) => {
    tell = callback;
    return () => {
      tell = () => {};
    };
  },
  press: async (button, held) => void pressed.push(`${button}${held ? " held" : ""}`),
  status: async () => ({ operations: 3 }),
  carried: async () => [{ topic: "00ff", operations: 3 }],
  import: async (bytes) => {
    if (bytes.length === 0) throw Object.assign(new Error("nothing in it"), { code: "E_FILE_FORMAT" });
    imported.push(new TextDecoder().decode(bytes));
    return { events: 1 };
  },
  publish: async (bytes) => {
    published.push(new TextDecoder().decode(bytes));
    return { operations: ["00ff"] };
  },
  token: "secret",
};

let server: Server;
let port = 0;
before(async () => {
  server = createWebServer(pages, silent).listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

async function ask(
  path: string,
  { method = "GET", headers = {}, body }: Asked = {},
): Promise<{ status: number; text: string; headers: IncomingMessage["headers"] }> {
  const asking = request({ host: "127.0.0.1", port, path, method, headers: { host: `localhost:${port}`, ...headers } });
  asking.end(body);
  const [response] = (await once(asking, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode ?? 0, text, headers: response.headers };
}

const json = { "content-type": "application/json" };

test("the page comes with everything it needs, from this box only", async () => {
  const page = await ask("/");
  assert.equal(page.status, 200);
  assert.match(String(page.headers["content-security-policy"]), /default-src 'self'/);
  const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link as string);
  assert.ok(links.length >= 4);
  for (const link of links) assert.equal((await ask(link)).status, 200, link);
  assert.doesNotMatch(page.text, /https?:\/\//);
});

test("a new frame is told to whoever looks", async () => {
  const asking = request({ host: "127.0.0.1", port, path: "/events", headers: { host: "localhost" } });
  asking.end();
  const [response] = (await once(asking, "response")) as [IncomingMessage];
  const [first] = (await once(response, "data")) as [Buffer];
  assert.equal(first.toString(), "data: frame-1\n\n");
  tell("frame-2");
  const [second] = (await once(response, "data")) as [Buffer];
  assert.equal(second.toString(), "data: frame-2\n\n");
  asking.destroy();
});

test("the page's own press is passed on", async () => {
  const origin = `http://localhost:${port}`;
  const press = (body: string) => ask("/press", { method: "POST", headers: { ...json, origin }, body });
  assert.equal((await press('{"button":1,"held":false}')).status, 200);
  assert.equal((await press('{"button":2,"held":true}')).status, 200);
  assert.deepEqual(pressed.splice(0), ["1", "2 held"]);
});

const refused: readonly (readonly [string, string, Asked, number])[] = [
  [
    "a form of another page",
    "/press",
    { method: "POST", headers: { "content-type": "text/plain" }, body: '{"button":1}' },
    403,
  ],
  [
    "a script of another page",
    "/press",
    { method: "POST", headers: { ...json, origin: "http://evil.example" }, body: '{"button":1}' },
    403,
  ],
  ["a button that does not exist", "/press", { method: "POST", headers: json, body: '{"button":4}' }, 400],
  ["a press that is no JSON", "/press", { method: "POST", headers: json, body: "{" }, 400],
  ["a press that is too long", "/press", { method: "POST", headers: json, body: "x".repeat(2000) }, 413],
  ["a name that somebody pointed here", "/", { headers: { host: "evil.example" } }, 421],
  ["a status without the token", "/control/status", {}, 403],
  ["a status with a wrong token", "/control/status", { headers: { authorization: "Bearer guess" } }, 403],
  ["an import without the token", "/control/import", { method: "POST", body: "x" }, 403],
  ["a path out of the folder", "/..%2f..%2fetc%2fpasswd", {}, 404],
  ["a path with a null byte", "/preview.js%00", {}, 404],
  ["another method", "/", { method: "DELETE" }, 404],
];

for (const [what, path, asked, status] of refused) {
  test(`${what} is refused with ${status}`, async () => {
    const answer = await ask(path, asked);
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.text, /"code":"E_/);
    assert.deepEqual(pressed, []);
  });
}

test("a command of this machine reads the status and imports; its errors keep their codes", async () => {
  const headers = { authorization: "Bearer secret" };
  assert.deepEqual(JSON.parse((await ask("/control/status", { headers })).text), { operations: 3 });
  await ask("/control/import", { method: "POST", headers, body: "abc" });
  assert.deepEqual(imported, ["abc"]);
  const failed = await ask("/control/import", { method: "POST", headers, body: "" });
  assert.equal(JSON.parse(failed.text).error.code, "E_FILE_FORMAT");
});

test("a command publishes by the box only with the token, from this machine", async () => {
  const body = JSON.stringify({ as: "marie", bodies: ["a0"] });
  const refused = await ask("/control/publish", { method: "POST", body });
  assert.equal(refused.status, 403);
  const headers = { authorization: "Bearer secret" };
  const { text } = await ask("/control/publish", { method: "POST", headers, body });
  assert.deepEqual(JSON.parse(text), { operations: ["00ff"] });
  assert.deepEqual(published, [body]);
});

test("the box answers to addresses and local names, to no others", () => {
  const allowed = [
    "192.168.1.20",
    "192.168.1.20:3473",
    "localhost:3473",
    "lagerfeuer.local",
    "[::1]:3473",
    "[fe80::1%eth0]",
    "door",
  ];
  const others = ["evil.example", "evil.example:3473", "", "localhost.evil.example", "[evil]", "1.2.3", "a b"];
  for (const host of allowed) assert.equal(isAllowedHost(host), true, host);
  for (const host of [...others, undefined]) assert.equal(isAllowedHost(host), false, host);
});

test("a WebSocket is opened by boxes and by our own page only", () => {
  const from = (headers: Record<string, string>) => mayOpenSocket({ headers } as unknown as IncomingMessage);
  assert.equal(from({ host: "192.168.1.20:3473" }), true);
  assert.equal(from({ host: "192.168.1.20:3473", origin: "http://192.168.1.20:3473" }), true);
  assert.equal(from({ host: "192.168.1.20:3473", origin: "http://evil.example" }), false);
  assert.equal(from({ host: "evil.example", origin: "http://evil.example" }), false);
});

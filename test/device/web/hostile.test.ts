// Other pages, other names, other machines and people who try things at the box's port: nothing of theirs is written, and
// nothing of this machine's is told (reliability.md T18–T21).
import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { test } from "node:test";
import { isAllowedHost, mayOpenSocket } from "../../../device/web/callers.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { type Asked, JSON_TYPE, OpenServer } from "./open-server.ts";

const POST = { method: "POST", headers: JSON_TYPE };
const FROM_EVIL = { ...JSON_TYPE, origin: "http://evil.example" };

const refused: readonly (readonly [what: string, path: string, asked: Asked, status: number])[] = [
  [
    "a form of another page",
    "/press",
    { method: "POST", headers: { "content-type": "text/plain" }, body: '{"button":1}' },
    403,
  ],
  ["a script of another page", "/press", { method: "POST", headers: FROM_EVIL, body: '{"button":1}' }, 403],
  [
    "a page that tells no origin",
    "/press",
    { method: "POST", headers: { ...JSON_TYPE, origin: "null" }, body: '{"button":1}' },
    403,
  ],
  ["a clock from another page", "/clock", { method: "POST", headers: FROM_EVIL, body: '{"now":1}' }, 403],
  [
    "a clock from a form",
    "/clock",
    { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "now=1" },
    403,
  ],
  ["a clock by an image", "/clock?now=1", {}, 405],
  ["a press by an image", "/press?button=1", {}, 405],
  ["a clock that is too long", "/clock", { ...POST, body: "x".repeat(2000) }, 413],
  ["a button that does not exist", "/press", { ...POST, body: '{"button":4}' }, 400],
  ["a press that is no JSON", "/press", { ...POST, body: "{" }, 400],
  ["a press by prototype", "/press", { ...POST, body: '{"__proto__":{"button":1}}' }, 400],
  ["a press that is too long", "/press", { ...POST, body: "x".repeat(2000) }, 413],
  ["a name that somebody pointed here", "/", { headers: { host: "evil.example" } }, 421],
  [
    "a press under such a name",
    "/press",
    { method: "POST", headers: { ...FROM_EVIL, host: "evil.example" }, body: '{"button":1}' },
    421,
  ],
  ["a status without the token", "/control/status", {}, 403],
  ["a status with a wrong token", "/control/status", { headers: { authorization: "Bearer guess" } }, 403],
  ["an import without the token", "/control/import", { method: "POST", body: "x" }, 403],
  ["a path out of the folder", "/..%2f..%2fetc%2fpasswd", {}, 404],
  ["a path out of the documents", "/docs/../../package.json", {}, 404],
  ["a path with a null byte", "/preview.js%00", {}, 404],
  ["a path with backslashes", "/docs/..\\..\\package.json", {}, 404],
  ["a path that is a property", "/__proto__", {}, 404],
];

for (const [what, path, asked, status] of refused) {
  test(`${what} is refused with ${status}`, async () => {
    await using box = await OpenServer.open();
    const answer = await box.ask(path, asked);
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.text, /"code":"E_/);
    assert.equal(answer.headers["access-control-allow-origin"], undefined);
    assert.deepEqual(box.pages.writes, []);
  });
}

test("a thousand paths made from the real ones find nothing new", async () => {
  await using box = await OpenServer.open();
  const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
  const random = seededRandom(seed);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
  const known = ["/docs/SPEC.md", "/preview.js", "/site.css", "/screen.png", "/export/schedule.xml"];
  const twists = [
    "..",
    "%2e%2e",
    "..%2f",
    "%00",
    "\\",
    "//",
    "/./",
    "%c0%ae",
    ";",
    "~",
    ".git/config",
    "%",
    "package.json",
  ];
  for (let round = 0; round < 1_000; round++) {
    const path = pick(known);
    const at = 1 + Math.floor(random() * path.length);
    const twisted = path.slice(0, at) + pick(twists) + path.slice(at);
    assert.equal((await box.ask(twisted)).status, 404, `seed ${seed}: ${twisted}`);
  }
});

test("the address of somebody else may be in the first line; the answer is about this box", async () => {
  await using box = await OpenServer.open();
  assert.equal((await box.ask("http://evil.example/screen")).status, 404);
  assert.equal((await box.ask("//evil.example/screen")).status, 404);
});

const raw: readonly (readonly [what: string, bytes: string, status: RegExp])[] = [
  ["an empty name", "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", /^HTTP\/1.1 421 /],
  [
    "two names at once",
    "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    /^HTTP\/1.1 421 /,
  ],
  ["no name", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", /^HTTP\/1.1 400 /],
  ["no HTTP at all", "hello\r\n\r\n", /^$/],
  ["headers without end", `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, /^$/],
  [
    "two lengths",
    "POST /clock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    /^$/,
  ],
];

for (const [what, bytes, status] of raw) {
  test(`${what} ends the connection and harms nobody`, async () => {
    await using box = await OpenServer.open();
    const heard = await box.askRaw(bytes).catch(({ code }) => (code === "ECONNRESET" ? "" : Promise.reject(code)));
    assert.match(heard, status);
    assert.equal((await box.ask("/")).status, 200);
  });
}

test("the box answers to addresses, to local names and to its own, to no others", () => {
  const allowed = [
    "192.168.1.20",
    "192.168.1.20:3473",
    "localhost:3473",
    "lagerfeuer.local",
    "[::1]:3473",
    "[fe80::1%eth0]",
    "door",
    "Fire.Camp.Example:80",
  ];
  const others = [
    "evil.example",
    "evil.example:3473",
    "",
    "localhost.evil.example",
    "[evil]",
    "1.2.3",
    "a b",
    "camp.example",
  ];
  for (const host of allowed) assert.equal(isAllowedHost(host, "fire.camp.example"), true, host);
  for (const host of [...others, undefined]) assert.equal(isAllowedHost(host, "fire.camp.example"), false, host);
});

test("a WebSocket is opened by boxes and by our own page only", () => {
  const from = ({ host, origin }: { host: string; origin?: string }) => {
    const headers = { host, ...(origin !== undefined && { origin }) };
    return mayOpenSocket({ headers, headersDistinct: { host: [host] } } as unknown as IncomingMessage);
  };
  assert.equal(from({ host: "192.168.1.20:3473" }), true);
  assert.equal(from({ host: "192.168.1.20:3473", origin: "http://192.168.1.20:3473" }), true);
  for (const origin of [
    "http://192.168.1.21:3473",
    "http://10.73.73.1",
    "http://[fe80::1]:3473",
    "http://barn.local",
  ]) {
    assert.equal(from({ host: "192.168.1.20:3473", origin }), true, `${origin} is a page of a box nearby`);
  }
  const elsewhere = [
    "http://8.8.8.8",
    "https://192.168.1.21",
    "http://192.168.1.21.evil.example",
    "http://[2001:db8::1]",
  ];
  for (const origin of [...elsewhere, "http://notlocal", "http://evil.example/local"]) {
    assert.equal(from({ host: "192.168.1.20:3473", origin }), false, `${origin} is a page of elsewhere`);
  }
  assert.equal(from({ host: "192.168.1.20:3473", origin: "http://evil.example" }), false);
  assert.equal(from({ host: "192.168.1.20:3473", origin: "null" }), false);
  assert.equal(from({ host: "evil.example", origin: "http://evil.example" }), false);
});

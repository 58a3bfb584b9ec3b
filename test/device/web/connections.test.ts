// Slow and greedy callers at the box's port: they lose their connections in time, and others never wait for them
// (reliability.md T11). Time is a test's own; sockets are real.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { HTTP_LIMITS } from "../../../device/web/connection-guard.ts";
import { JSON_TYPE, OpenServer } from "./open-server.ts";

/** What a page that answers stays under, whoever else is there. */
const PATIENCE_MS = 200;

/** Sends the beginning of a request and then nothing. Resolves when the server has taken the connection. */
async function dripping(box: OpenServer, localAddress: string, text = "GET / HTTP/1.1\r\nX-Slow: "): Promise<Socket> {
  const accepted = once(box.server, "connection");
  const socket = connect({ port: box.port, host: "127.0.0.1", localAddress });
  socket.on("error", () => {});
  socket.write(text);
  await accepted;
  return socket;
}

/** By whatever end. */
async function ended(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.resume().once("close", resolve));
}

test("headers that do not come in five seconds end the connection", async () => {
  await using box = await OpenServer.open();
  const socket = await dripping(box, "127.0.0.2");
  box.clock.advance(4_999);
  assert.equal(socket.closed, false);
  box.clock.advance(1);
  await ended(socket);
  assert.equal(box.clock.waiting, 0);
});

test("a body that does not come in ten seconds ends the connection", async () => {
  await using box = await OpenServer.open();
  const head = "POST /clock HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n";
  const asked = once(box.server, "request");
  const socket = await dripping(box, "127.0.0.2", head);
  await asked;
  box.clock.advance(9_999);
  assert.equal(socket.closed, false);
  box.clock.advance(1);
  await ended(socket);
  assert.deepEqual(box.pages.clocks, []);
});

test("the second request of a connection may not drip either", async () => {
  await using box = await OpenServer.open();
  const socket = await dripping(box, "127.0.0.2", "GET /join.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(socket, "data");
  socket.write("GET / HTTP/1.1\r\nX: ");
  box.clock.advance(10_000);
  await ended(socket);
});

test("an answer that takes its time has it, and so has who watches the screen", async () => {
  await using box = await OpenServer.open();
  const stream = await box.begin("/events");
  await once(stream, "data");
  box.clock.advance(3_600_000);
  for (const tell of box.pages.watchers) tell("frame-2");
  assert.equal(String((await once(stream, "data"))[0]), "data: frame-2\n\n");
});

test("a port to which nobody speaks has nothing to wake up for", async () => {
  await using box = await OpenServer.open();
  assert.equal(box.clock.waiting, 0);
  const { headers } = await box.ask("/status.json", { headers: { connection: "close" } });
  assert.equal(headers.connection, "close");
  await new Promise((resolve) => box.server.getConnections((_, open) => resolve(assert.equal(open, 0))));
  assert.equal(box.clock.waiting, 0);
});

test("six hundred slow connections of one address take half of the places, and another address is served at once", async (t) => {
  await using box = await OpenServer.open();
  const sockets: Socket[] = [];
  while (sockets.length < 600) sockets.push(await dripping(box, "127.0.0.2"));
  const open = () => new Promise<number>((resolve) => box.server.getConnections((_, count) => resolve(count)));
  assert.ok((await open()) <= HTTP_LIMITS.total / 2 + 1, `${await open()} are open`);
  const began = performance.now();
  assert.equal((await box.ask("/", { localAddress: "127.0.0.3" })).status, 200);
  const ms = performance.now() - began;
  t.diagnostic(`answered after ${ms.toFixed(1)} ms`);
  assert.ok(ms < PATIENCE_MS, `${ms} ms`);
  for (const socket of sockets) socket.destroy();
});

test("one address gives its places back", async () => {
  await using box = await OpenServer.open({ limits: { total: 4, perAddress: 1 } });
  const first = await dripping(box, "127.0.0.2");
  await dripping(box, "127.0.0.2");
  await ended(await dripping(box, "127.0.0.2"));
  const others = [await dripping(box, "127.0.0.3"), await dripping(box, "127.0.0.4")];
  await ended(await dripping(box, "127.0.0.5"));
  const gone = once(first, "close");
  for (const socket of [first, ...others]) socket.destroy();
  await gone;
  assert.equal((await box.ask("/join.json", { localAddress: "127.0.0.2" })).status, 200);
});

test("a body that is too long is not read to its end", async () => {
  await using box = await OpenServer.open();
  const { status, headers } = await box.ask("/clock", {
    method: "POST",
    headers: JSON_TYPE,
    body: "x".repeat(100_000),
  });
  assert.equal(status, 413);
  assert.equal(headers.connection, "close");
});

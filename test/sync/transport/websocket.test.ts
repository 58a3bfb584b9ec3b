import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { TransportError } from "../../../sync/errors.ts";
import type { Connection } from "../../../sync/ports.ts";
import { MAX_MESSAGE_BYTES } from "../../../sync/session/frame.ts";
import { SystemClock } from "../../../sync/system-clock.ts";
import { UNSENT_LIMIT_BYTES } from "../../../sync/transport/limits.ts";
import { addressGroup } from "../../../sync/address-caps.ts";
import { WebSocketTransport } from "../../../sync/transport/websocket-dial.ts";
import { connectionContract } from "../../contract/connection-contract.ts";
import { ConnectionRecorder } from "../../support/connection-recorder.ts";
import { within } from "../../support/deadline.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import {
  acceptedRecorder,
  BINARY,
  type Box,
  CONTINUATION,
  openBox,
  RawClient,
  rawFrame,
  TEXT,
} from "./websocket-harness.ts";

const MAX_FRAME_BYTES = MAX_MESSAGE_BYTES + 4;
const forever = new AbortController().signal;

connectionContract("websocket", async () => {
  const box = await openBox();
  const transport = new WebSocketTransport({ clock: new SystemClock() });
  const initiator = await transport.dial(box.address, forever);
  const stop = async () => {
    await within("the transport to close", transport.close());
    await box[Symbol.asyncDispose]();
  };
  return { initiator, acceptor: await box.accepted(), stop };
});

// --- Who may come in ---

const subprotocols: [string, string, boolean?][] = [
  ["lagerfeuer.1, p2panda.0.7", "HTTP/1.1 101 Switching Protocols", true],
  ["p2panda.0.7, lagerfeuer.1", "HTTP/1.1 101 Switching Protocols", true],
  ["p2panda.0.7", "HTTP/1.1 101 Switching Protocols", false],
  ["p2panda.0.8,p2panda.0.7", "HTTP/1.1 101 Switching Protocols", false],
  ["p2panda.0.8", "HTTP/1.1 400 Bad Request E_SUBPROTOCOL"],
  ["", "HTTP/1.1 400 Bad Request E_SUBPROTOCOL"],
];
for (const [protocols, expected, extended] of subprotocols) {
  test(`a client that offers "${protocols}" is answered ${expected}`, async () => {
    await using box = await openBox();
    const { answer } = await RawClient.upgrade(box.port, { protocols });
    assert.equal(answer, expected);
    if (extended !== undefined) assert.equal((await box.accepted()).extended, extended);
    else assert.equal(box.acceptor.connections, 0);
  });
}

test("a box that dials another speaks the messages of our own boxes", async () => {
  await using box = await openBox();
  const transport = new WebSocketTransport({ clock: new SystemClock() });
  const connection = await transport.dial(box.address, forever);
  assert.equal(connection.extended, true);
  assert.equal(connection.remote, box.address);
  assert.match((await box.accepted()).remote, /^127\.0\.0\.1:\d+$/);
  await transport.close();
});

test("another path than /sync is not found", async () => {
  await using box = await openBox();
  assert.equal((await RawClient.upgrade(box.port, { path: "/" })).answer, "HTTP/1.1 404 Not Found E_PATH");
  assert.equal((await RawClient.upgrade(box.port, { path: "/sync/x" })).answer, "HTTP/1.1 404 Not Found E_PATH");
});

test("a page of a foreign origin is refused, a box without an origin is not", async () => {
  const isAllowedOrigin: NonNullable<Parameters<typeof openBox>[0]>["isAllowedOrigin"] = ({ headers }) =>
    headers.origin === undefined || headers.origin === `http://${headers.host}`;
  await using box = await openBox({ isAllowedOrigin });
  const asked = async (headers: string) => (await RawClient.upgrade(box.port, { headers })).answer;
  assert.equal(await asked("Origin: http://evil.example\r\n"), "HTTP/1.1 403 Forbidden E_ORIGIN");
  assert.equal(await asked("Origin: http://127.0.0.1\r\n"), "HTTP/1.1 101 Switching Protocols");
  assert.equal(await asked(""), "HTTP/1.1 101 Switching Protocols");
});

test("one address gets its share of connections, others still get in, and a share that is given back counts", async () => {
  await using box = await openBox({ limits: { total: 4, perAddress: 2 } });
  const ask = (localAddress: string) => RawClient.upgrade(box.port, { localAddress });
  const first = await ask("127.0.0.1");
  const recorder = await acceptedRecorder(box);
  await ask("127.0.0.1");
  assert.equal((await ask("127.0.0.1")).answer, "HTTP/1.1 503 Service Unavailable E_CONNECTIONS_ADDRESS");
  assert.equal((await ask("127.0.0.2")).answer, "HTTP/1.1 101 Switching Protocols");
  assert.equal((await ask("127.0.0.3")).answer, "HTTP/1.1 101 Switching Protocols");
  assert.equal((await ask("127.0.0.4")).answer, "HTTP/1.1 503 Service Unavailable E_CONNECTIONS");

  first.client.socket.destroy();
  await recorder.ended();
  assert.equal((await ask("127.0.0.1")).answer, "HTTP/1.1 101 Switching Protocols");
  assert.equal(box.acceptor.connections, 4);
});

test("an IPv6 household counts as one, and so does each neighbour on the link", () => {
  assert.equal(addressGroup("192.168.1.20"), "192.168.1.20");
  assert.equal(addressGroup("::ffff:192.168.1.20"), "192.168.1.20");
  assert.equal(addressGroup("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2");
  assert.equal(addressGroup("2001:db8:1:2::9"), "2001:db8:1:2");
  assert.equal(addressGroup("2001:db8::9"), "2001:db8:0:0");
  assert.equal(addressGroup("::1"), "0:0:0:0");
  assert.equal(addressGroup("fe80::1%eth0"), "fe80::1%eth0");
});

test("garbage instead of a request harms nobody", async () => {
  await using box = await openBox();
  const random = seededRandom(11);
  for (let round = 0; round < 30; round++) {
    const client = await RawClient.connect(box.port);
    const closed = within("the box to hang up", once(client.socket, "close"));
    client.socket.end(Buffer.from(Array.from({ length: 300 }, () => Math.floor(random() * 256))));
    await closed;
  }
  assert.equal((await RawClient.upgrade(box.port)).answer, "HTTP/1.1 101 Switching Protocols");
});

// --- What may come in ---

test("the largest message is taken, also in the smallest segments", async () => {
  await using box = await openBox();
  const { client } = await RawClient.upgrade(box.port);
  const there = await acceptedRecorder(box);
  const message = rawFrame(BINARY, new Uint8Array(MAX_FRAME_BYTES).fill(7));
  for (let start = 0; start < message.length; start += 536) {
    client.socket.write(message.subarray(start, start + 536));
    await read(box);
  }
  const [frame] = await there.received(1);
  assert.equal(frame?.length, MAX_FRAME_BYTES);
});

for (const declared of [BigInt(MAX_FRAME_BYTES + 1), 100n * 1024n * 1024n, 2n ** 53n, 2n ** 63n]) {
  test(`a message that claims ${declared} bytes is refused with 1009 before any memory is taken for it`, async () => {
    await using box = await openBox();
    const { client } = await RawClient.upgrade(box.port);
    const there = await acceptedRecorder(box);
    const before = process.memoryUsage().arrayBuffers;
    client.socket.write(rawFrame(BINARY, new Uint8Array(100), { declared }));
    assert.equal((await client.closeFrame()).status, 1009);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1024 * 1024);
    client.socket.end();
    assert.equal(await there.ended(), "E_FRAME_LIMIT");
    assert.deepEqual(there.frames, []);
  });
}

const breaches: Record<string, { bytes: Buffer; status: number; code: string }> = {
  text: { bytes: rawFrame(TEXT, Buffer.from("hello")), status: 1003, code: "E_TEXT" },
  "a reserved opcode": { bytes: rawFrame(0x3, Buffer.from("x")), status: 1002, code: "E_TRANSPORT" },
  "an unmasked frame": { bytes: Buffer.of(0x82, 1, 0), status: 1002, code: "E_TRANSPORT" },
  "a continuation of nothing": { bytes: rawFrame(CONTINUATION, Buffer.from("x")), status: 1002, code: "E_TRANSPORT" },
  "a message in 17 parts": { bytes: parts(17), status: 1008, code: "E_TRANSPORT" },
  "a flood of 100,000 parts": { bytes: parts(100_000), status: 1008, code: "E_TRANSPORT" },
};
for (const [breach, { bytes, status, code }] of Object.entries(breaches)) {
  test(`${breach} ends the connection with ${status}`, async () => {
    await using box = await openBox();
    const { client } = await RawClient.upgrade(box.port);
    const there = await acceptedRecorder(box);
    client.socket.write(bytes);
    assert.equal((await client.closeFrame()).status, status);
    client.socket.end();
    assert.equal(await there.ended(), code);
    assert.deepEqual(there.frames, []);
  });
}

test("a message in 16 parts is taken", async () => {
  await using box = await openBox();
  const { client } = await RawClient.upgrade(box.port);
  const there = await acceptedRecorder(box);
  client.socket.write(parts(16));
  assert.equal((await there.received(1))[0]?.length, 16);
});

test("random bytes after the upgrade end the connection and nothing else", async () => {
  await using box = await openBox();
  const random = seededRandom(13);
  for (let round = 0; round < 100; round++) {
    const { client } = await RawClient.upgrade(box.port);
    const there = await acceptedRecorder(box);
    client.socket.end(Buffer.from(Array.from({ length: 200 }, () => Math.floor(random() * 256))));
    assert.match(await there.ended(), /^(E_TRANSPORT|E_FRAME_LIMIT|E_LOST|E_TEXT|closed)$/);
  }
});

// --- Slow, silent and gone ---

test("a reader that is stuck with more than a megabyte is ended between two pings", async () => {
  const clock = new FakeClock();
  await using box = await openBox({ clock });
  const { client } = await RawClient.upgrade(box.port);
  const connection = await box.accepted();
  const here = new ConnectionRecorder(connection);
  client.socket.pause();
  while (here.end === undefined) {
    while (connection.unsentBytes < 4 * UNSENT_LIMIT_BYTES) connection.send(new Uint8Array(64 * 1024));
    await turns(50);
    clock.advance(20_000);
  }
  assert.equal(here.end, "E_SLOW_READER");
  client.socket.destroy();
});

test("a burst just before a ping is not a stuck reader", async () => {
  const clock = new FakeClock();
  await using box = await openBox({ clock });
  const transport = new WebSocketTransport({ clock: new FakeClock() });
  const there = new ConnectionRecorder(await transport.dial(box.address, forever));
  const connection = await box.accepted();
  connection.send(new Uint8Array(2 * UNSENT_LIMIT_BYTES));
  clock.advance(20_000);
  await there.received(1);
  clock.advance(20_000);
  assert.equal(there.end, undefined);
  await transport.close();
});

for (const reader of ["pauses", "does not listen yet"]) {
  test(`a reader that ${reader} is felt by the sender; what waits here is bounded`, async () => {
    await using box = await openBox();
    const transport = new WebSocketTransport({ clock: new SystemClock() });
    const connection = await transport.dial(box.address, forever);
    const accepted = await box.accepted();
    if (reader === "pauses") {
      connection.send(Uint8Array.of(1));
      await new ConnectionRecorder(accepted).received(1);
      accepted.pause();
    }
    let sent = 0;
    for (let turn = 0; turn < 1_000 && sent < 64; turn++) {
      while (connection.unsentBytes < UNSENT_LIMIT_BYTES) {
        connection.send(new Uint8Array(UNSENT_LIMIT_BYTES));
        sent += 1;
      }
      await turns(1);
    }
    assert.ok(sent < 64, `${sent} MiB left for a reader that takes nothing`);
  });
}

test("a reader that is stuck with less is given time, until it does not answer either", async () => {
  const clock = new FakeClock();
  await using box = await openBox({ clock });
  const { client } = await RawClient.upgrade(box.port);
  const here = await acceptedRecorder(box);
  client.socket.pause();
  clock.advance(40_000);
  await turns(5);
  assert.equal(here.end, undefined);
  clock.advance(20_000);
  assert.equal(await here.ended(), "E_SILENT");
  assert.equal(clock.waiting, 0);
});

test("whoever answers pings stays, for hours", async () => {
  const [clock, otherClock] = [new FakeClock(), new FakeClock()];
  await using box = await openBox({ clock });
  const transport = new WebSocketTransport({ clock: otherClock });
  const here = new ConnectionRecorder(await transport.dial(box.address, forever));
  const there = await acceptedRecorder(box);
  for (let minute = 0; minute < 180; minute++) {
    const pong = read(box);
    clock.advance(20_000);
    await pong;
  }
  assert.equal(here.end, undefined);
  assert.equal(there.end, undefined);
  await transport.close();
});

test("a side that paused itself does not take its own deafness for the other's silence", async () => {
  const clock = new FakeClock();
  await using box = await openBox({ clock });
  await RawClient.upgrade(box.port);
  const connection = await box.accepted();
  const here = new ConnectionRecorder(connection);
  connection.pause();
  clock.advance(10 * 60_000);
  await turns(5);
  assert.equal(here.end, undefined);
  connection.resume();
  clock.advance(60_000);
  assert.equal(await here.ended(), "E_SILENT");
});

test("a large message that arrives for minutes on a slow link is not silence", async () => {
  const clock = new FakeClock();
  await using box = await openBox({ clock });
  const { client } = await RawClient.upgrade(box.port);
  const there = await acceptedRecorder(box);
  const message = rawFrame(BINARY, new Uint8Array(1000).fill(7));
  for (let start = 0; start < message.length; start += 100) {
    client.socket.write(message.subarray(start, start + 100));
    await read(box);
    clock.advance(20_000);
  }
  await there.received(1);
  assert.equal(there.end, undefined);
});

test("a link that breaks is told as lost", async () => {
  await using box = await openBox();
  const { client } = await RawClient.upgrade(box.port);
  const there = await acceptedRecorder(box);
  client.socket.resetAndDestroy();
  assert.equal(await there.ended(), "E_LOST");
});

const goodbyes: [number, string, string][] = [
  [4000, "E_TOPIC", "E_TOPIC"],
  [1000, "", "closed"],
  [1001, "", "closed"],
  [1009, "", "E_TRANSPORT"],
  [4000, "\u001b[31mroot logged in\n", "E_TRANSPORT"],
  [4000, "E".repeat(65), "E_TRANSPORT"],
];
for (const [status, reason, code] of goodbyes) {
  test(`a goodbye of ${status} ${JSON.stringify(reason)} is told as ${code}`, async () => {
    await using box = await openBox();
    const { client } = await RawClient.upgrade(box.port);
    const there = await acceptedRecorder(box);
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(status);
    payload.write(reason, 2);
    client.socket.write(Buffer.concat([Buffer.of(0x88, 0x80 | payload.length, 0, 0, 0, 0), payload]));
    assert.equal(await there.ended(), code);
  });
}

test("our goodbye carries the code; without an answer the socket is gone after a second", async () => {
  await using box = await openBox();
  const { client } = await RawClient.upgrade(box.port);
  const connection = await box.accepted();
  const here = new ConnectionRecorder(connection);
  const startedMs = performance.now();
  connection.close("E_FAULTS");
  assert.deepEqual(await client.closeFrame(), { status: 4000, reason: "E_FAULTS" });
  assert.equal(await here.ended(), "E_FAULTS");
  assert.ok(performance.now() - startedMs < 3_000);
});

test("closing the box closes its connections", async () => {
  const box = await openBox();
  const transport = new WebSocketTransport({ clock: new SystemClock() });
  const here = new ConnectionRecorder(await transport.dial(box.address, forever));
  await box.accepted();
  await within("the acceptor to close", Promise.all([box.acceptor.close(), box.acceptor.close()]));
  assert.equal(await here.ended(), "E_STOPPING");
  assert.equal(box.acceptor.connections, 0);
  await transport.close();
  await box[Symbol.asyncDispose]();
});

// --- Dialling in vain ---

async function dialError(address: string, signal: AbortSignal = forever): Promise<TransportError> {
  const dial: Promise<Connection> = new WebSocketTransport({ clock: new FakeClock() }).dial(address, signal);
  const error = await within(
    "the dial to fail",
    dial.catch((reason: unknown) => reason),
  );
  assert.ok(error instanceof TransportError);
  return error;
}

test("a port where nobody listens, or an address that is none, is an error with a code", async () => {
  const box = await openBox();
  await box[Symbol.asyncDispose]();
  assert.equal((await dialError(box.address)).code, "E_DIAL");
  assert.equal((await dialError("not an address")).code, "E_ADDRESS");
});

test("a box that is full is an error, and it says so", async () => {
  await using box = await openBox({ limits: { total: 0, perAddress: 0 } });
  const error = await dialError(box.address);
  assert.equal(error.code, "E_DIAL");
  assert.match(error.message, /503/);
});

test("a host that takes the call and says nothing is given up when the caller's time is over", async () => {
  await using silent = await silentHost();
  assert.equal((await dialError(silent.address, AbortSignal.timeout(50))).code, "E_DIAL_TIMEOUT");
});

test("a dial can be called off, before and during", async () => {
  await using silent = await silentHost();
  assert.equal((await dialError(silent.address, AbortSignal.abort())).code, "E_DIAL");
  const caller = new AbortController();
  const error = dialError(silent.address, caller.signal);
  caller.abort();
  assert.equal((await error).code, "E_DIAL");
});

test("a signal that fires after the dial does not end the connection", async () => {
  await using box = await openBox();
  const caller = new AbortController();
  const transport = new WebSocketTransport({ clock: new SystemClock() });
  const connection = await transport.dial(box.address, caller.signal);
  const there = await acceptedRecorder(box);
  caller.abort();
  connection.listen(new ConnectionRecorder(connection));
  connection.send(Uint8Array.of(1));
  await there.received(1);
  await transport.close();
});

async function silentHost(): Promise<Pick<Box, "address"> & AsyncDisposable> {
  const server = createServer((socket) => socket.on("error", () => undefined));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { address: `127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() };
}

function parts(count: number): Buffer {
  const one = Buffer.of(0);
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      rawFrame(index === 0 ? BINARY : CONTINUATION, one, { fin: index === count - 1 }),
    ),
  );
}

/** Resolves when the box has read something. */
async function read(box: Box): Promise<void> {
  await within("something to read", once(box.socket(), "data"));
}

/** Lets the event loop turn: what the kernel has is read and written. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

// Our replica as a contender of ../shared/peers: real operations in one topic, the SQLite store, Peers over WebSocket.
// Speaks JSON lines as that folder's README asks; sync.bench.ts runs it too.
//   node contender.ts seed|serve|pull|check --dir D --authors A --per P [--port P] [--expect N]
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { asLogId, asSigningKey, asTopic, fromHex, type SigningKey, toHex } from "../../protocol/operation/bytes.ts";
import { type CborMap, decodeCbor } from "../../protocol/operation/cbor.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import { ownKey } from "../../sync/own-key.ts";
import { Peers } from "../../sync/peers.ts";
import type { Logger } from "../../sync/ports.ts";
import { Replica } from "../../sync/replica.ts";
import { openDatabase } from "../../sync/store/database.ts";
import { SqliteStore } from "../../sync/store/sqlite.ts";
import { SystemClock } from "../../sync/system-clock.ts";
import { acceptWebSockets } from "../../sync/transport/websocket-accept.ts";
import { WebSocketTransport } from "../../sync/transport/websocket-dial.ts";
import { Author, type AuthorOptions } from "./author.ts";
import { type EventBody, loadEventBody } from "./event-body.ts";
import { now, say } from "./measure.ts";

const HOST = "127.0.0.1";
/** 800 MB, far more than any run of the harness. */
const MAX_PAGES = 200_000;
/** As an operation that was made here. */
const OWN = 0;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: "string", default: "" },
    authors: { type: "string", default: "200" },
    per: { type: "string", default: "100" },
    port: { type: "string", default: "0" },
    expect: { type: "string" },
  },
});
const authorCount = Number(values.authors);
const keysFile = join(values.dir, "keys.json");

const suite = await createNodeCrypto();
const clock = new SystemClock();
const topic = asTopic(suite.hash(new TextEncoder().encode("peers, measured side by side")));
const logId = asLogId(suite.hash(topic));

/** Each run of `serve` and `pull` is a device of its own; the authors' keys only sign what `seed` and `write` make. */
async function openReplica(): Promise<Replica> {
  mkdirSync(values.dir, { recursive: true });
  const store = new SqliteStore(openDatabase(join(values.dir, "box.sqlite"), { maxPages: MAX_PAGES }));
  return Replica.open({ store, suite, topic, key: ownKey(randomKey(), suite), clock });
}

function randomKey(): SigningKey {
  return asSigningKey(new Uint8Array(randomBytes(32)));
}

function openPeers(replica: Replica, changed: () => void): Peers {
  const ignore = (): void => {};
  const tell = (message: string, fields?: object): void => console.error(message, JSON.stringify(fields));
  const logger: Logger = { debug: ignore, info: tell, warn: tell, error: tell };
  return new Peers({
    replicas: [replica],
    transport: new WebSocketTransport({ clock }),
    clock,
    random: Math.random,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    logger,
    changed,
  });
}

function author(number: number, signingKey: SigningKey, body: EventBody, previous?: AuthorOptions["previous"]): Author {
  return new Author({ number, signingKey, logId, suite, body, ...(previous && { previous }) });
}

async function seed(): Promise<void> {
  const body = await loadEventBody();
  const replica = await openReplica();
  const keys = Array.from({ length: authorCount }, randomKey);
  writeFileSync(keysFile, JSON.stringify(keys.map(toHex)));
  for (const [number, key] of keys.entries()) {
    const writer = author(number, key, body);
    const operations = Array.from({ length: Number(values.per) }, () => writer.write());
    await replica.receive(operations.map((operation) => ({ operation, introducer: OWN })));
  }
  say({ event: "seeded", ops: await replica.store.count() });
  await replica.store.close();
}

/** The authors as the store left them: each goes on at the end of the own log. */
async function openAuthors(replica: Replica): Promise<readonly Author[]> {
  const body = await loadEventBody();
  const logs = new Map((await replica.logs()).map((log) => [toHex(log.author), log]));
  const keys: readonly string[] = JSON.parse(readFileSync(keysFile, "utf8"));
  return keys.map((hex, number) => {
    const key = asSigningKey(fromHex(hex));
    const log = logs.get(toHex(suite.verifyingKey(key)));
    const [id] = log?.ends ?? [];
    return author(number, key, body, log && id && { id, seqNum: log.height });
  });
}

async function serve(): Promise<void> {
  const replica = await openReplica();
  const authors = await openAuthors(replica);
  const peers = openPeers(replica, () => {});
  const server = createServer();
  acceptWebSockets(server, { clock, onConnection: (connection) => peers.accept(connection) });
  server.listen(Number(values.port), HOST, () => {
    say({ event: "listening", port: (server.address() as AddressInfo).port });
  });
  await untilExit(async (line) => {
    const k = Number(line.split(" ")[1]);
    const t = now();
    const operation = (authors[k % authorCount] as Author).write({ live: k });
    await replica.receive([{ operation, introducer: OWN }]);
    say({ event: "wrote", k, t });
  });
  await end(replica, peers);
}

async function pull(): Promise<void> {
  const replica = await openReplica();
  const before = await replica.store.count();
  let stored = false;
  replica.subscribe({
    accepted: (operations) => {
      if (!stored) return;
      for (const { body } of operations) {
        if (body) say({ event: "seen", k: (decodeCbor(body) as CborMap)["live"], t: now() });
      }
    },
    completed: () => {},
  });
  const peers = openPeers(replica, () => {
    if (stored || peers.live === 0) return;
    stored = true;
    const t = now();
    void replica.store.count().then((count) => say({ event: "stored", t, ops: count - before }));
  });
  say({ event: "connecting", t: now() });
  peers.add(`${HOST}:${values.port}`);
  await untilExit(async () => {});
  await end(replica, peers);
}

async function check(): Promise<void> {
  const replica = await openReplica();
  say({ event: "count", ops: await replica.store.count() });
  await replica.store.close();
}

async function untilExit(obey: (line: string) => Promise<void>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "exit") return;
    await obey(line);
  }
}

async function end(replica: Replica, peers: Peers): Promise<void> {
  await peers.stop();
  await replica.store.close();
  process.exit(0);
}

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = { seed, serve, pull, check };
const command = COMMANDS[positionals[0] ?? ""];
if (command === undefined || values.dir === "") {
  console.error("Cannot run: the command is seed, serve, pull or check, with --dir");
  process.exit(1);
}
await command();

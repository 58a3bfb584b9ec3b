// A crowd of phones in a process of its own: each with a key and an address of its own shakes hands with a box, and stays
// live until stdin ends. They share one store, so only the first fetches the festival: the others come back with it.
// Says on stdout when all are live.   node phone-crowd.ts <port> <topic hex> <count>
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import WebSocket from "ws";
import { asSigningKey, asTopic, fromHex } from "../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import { ownKey } from "../../sync/own-key.ts";
import { Peers } from "../../sync/peers.ts";
import type { Connection } from "../../sync/ports.ts";
import { Replica } from "../../sync/replica.ts";
import { MemoryStore } from "../../sync/store/memory.ts";
import { SystemClock } from "../../sync/system-clock.ts";
import {
  SUBPROTOCOLS,
  WEBSOCKET_OPTIONS,
  WEBSOCKET_PATH,
  WebSocketConnection,
} from "../../sync/transport/websocket-connection.ts";

/** Phones behind one access point, each with an address; 25 of them share one, as behind a router of a camp. */
const PER_ADDRESS = 25;
/** So many shake hands at once; a scan a moment is what people do. */
const WAVE = 50;
const LOOK_AGAIN_MS = 20;

const [port, topicHex, count] = process.argv.slice(2);
const clock = new SystemClock();
const suite = await createNodeCrypto();
const topic = asTopic(fromHex(topicHex ?? ""));
const store = new MemoryStore();
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function dial(number: number): Promise<Connection> {
  const localAddress = `127.0.1.${1 + Math.floor(number / PER_ADDRESS)}`;
  const socket = connect({ host: "127.0.0.1", port: Number(port), localAddress });
  const url = `ws://127.0.0.1:${port}${WEBSOCKET_PATH}`;
  const webSocket = new WebSocket(url, [...SUBPROTOCOLS], { ...WEBSOCKET_OPTIONS, createConnection: () => socket });
  return new Promise((resolve, reject) => {
    webSocket.once("error", reject);
    webSocket.once("open", () => resolve(new WebSocketConnection({ webSocket, socket, role: "initiator", clock })));
  });
}

async function phone(number: number): Promise<Peers> {
  const key = ownKey(asSigningKey(new Uint8Array(randomBytes(32))), suite);
  const replica = await Replica.open({ store, suite, topic, key, clock });
  const peers = new Peers({
    replicas: [replica],
    transport: { dial: () => dial(number), close: async () => {} },
    clock,
    logger: silent,
    random: Math.random,
    randomBytes,
    changed: () => {},
  });
  peers.add(`127.0.0.1:${port}`);
  return peers;
}

async function allLive(crowd: readonly Peers[]): Promise<void> {
  while (crowd.some((each) => each.live === 0)) await pause(LOOK_AGAIN_MS);
}

const crowd: Peers[] = [];
for (let size = 1; crowd.length < Number(count); size = WAVE) {
  const wave = Math.min(size, Number(count) - crowd.length);
  const first = crowd.length;
  crowd.push(...(await Promise.all(Array.from({ length: wave }, (_, index) => phone(first + index)))));
  await allLive(crowd);
}
process.stdout.write("live\n");
await once(process.stdin.resume(), "end");
process.exit();

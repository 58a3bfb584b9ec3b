import assert from "node:assert/strict";
import { test } from "node:test";
import { asSigningKey, asVerifyingKey, toHex } from "../../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { P2pandaNodes } from "../../../sync/discovery/p2panda-nodes.ts";
import type { TransportInfo } from "../../../sync/discovery/p2panda-transport-info.ts";
import { endpoint, signedInfo } from "./p2panda-answers.ts";

const crypto = await createNodeCrypto();
const HOST = "192.168.1.20";
const NOW_MS = 0;
const NOBODY = asVerifyingKey(new Uint8Array(32));
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

function nodes(ownKey = NOBODY, debug: (message: string) => void = silent): P2pandaNodes {
  return new P2pandaNodes({ ownKey, crypto, logger: { ...logger, debug } });
}

function seed(number: number) {
  return asSigningKey(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? number & 0xff : i === 1 ? number >> 8 : 5)));
}

function node(number: number, said: Partial<TransportInfo> = {}): TransportInfo {
  return signedInfo(crypto, seed(number), said);
}

function addressOf(info: TransportInfo, rest: string): string {
  return `${toHex(info.nodeId)}@${rest}`;
}

test("a node is found once, however often it answers", () => {
  const table = nodes();
  const info = node(1);
  assert.deepEqual(table.heard(info, HOST, NOW_MS), { found: addressOf(info, "192.168.1.20:40000") });
  assert.deepEqual(table.heard(info, HOST, NOW_MS), {});
});

test("we are not our own neighbour", () => {
  assert.deepEqual(nodes(node(1).nodeId).heard(node(1), HOST, NOW_MS), {});
});

test("a node that moved is lost where it was and found where it is", () => {
  const table = nodes();
  const [before, after] = [node(1), node(1, { lamport: 1, endpoints: [endpoint("10.0.0.5", 7)] })];
  table.heard(before, HOST, NOW_MS);
  const change = { lost: addressOf(before, "192.168.1.20:40000"), found: addressOf(after, "10.0.0.5:7") };
  assert.deepEqual(table.heard(after, HOST, NOW_MS), change);
});

test("what a node signed earlier, or at the same time, does not move it back", () => {
  const table = nodes();
  const moved = { endpoints: [endpoint("10.0.0.5", 7)] };
  table.heard(node(1, { unixMicros: 5, lamport: 5 }), HOST, NOW_MS);
  for (const age of [
    { unixMicros: 4, lamport: 9 },
    { unixMicros: 5, lamport: 4 },
    { unixMicros: 5, lamport: 5 },
  ]) {
    assert.deepEqual(table.heard(node(1, { ...age, ...moved }), HOST, NOW_MS), {});
  }
});

test("a node that signed the same addresses again is not told again", () => {
  const table = nodes();
  table.heard(node(1), HOST, NOW_MS);
  assert.deepEqual(table.heard(node(1, { lamport: 1 }), HOST, NOW_MS), {});
});

test("what a node did not sign is refused, and said once a round", () => {
  const lines: string[] = [];
  const table = nodes(undefined, (line) => lines.push(line));
  const forged = { ...node(1), endpoints: [endpoint("10.6.6.6", 6)] };
  for (let i = 0; i < 3; i++) assert.deepEqual(table.heard(forged, HOST, NOW_MS), {});
  assert.deepEqual(lines, ["A p2panda node's addresses are not signed by it"]);
  table.expire(NOW_MS);
  table.heard(forged, HOST, NOW_MS);
  assert.equal(lines.length, 2);
  assert.ok(table.heard(node(1), HOST, NOW_MS).found, "a forgery does not keep the genuine one out");
});

test("a forgery of somebody who is known neither moves nor removes them", () => {
  const table = nodes();
  table.heard(node(1), HOST, NOW_MS);
  const forged = { ...node(1), lamport: 9, endpoints: [endpoint("10.6.6.6", 6)] };
  assert.deepEqual(table.heard(forged, HOST, NOW_MS), {});
  assert.deepEqual(table.expire(NOW_MS + 180_001), [addressOf(node(1), "192.168.1.20:40000")]);
});

test("a node is lost once when it was silent for more than three minutes, and may come back", () => {
  const table = nodes();
  table.heard(node(1), HOST, 0);
  table.heard(node(1), HOST, 60_000);
  assert.deepEqual(table.expire(240_000), []);
  assert.deepEqual(table.expire(240_001), [addressOf(node(1), "192.168.1.20:40000")]);
  assert.deepEqual(table.expire(240_002), []);
  assert.ok(table.heard(node(1), HOST, 240_003).found);
});

test("a forgery is no sign of life", () => {
  const table = nodes();
  table.heard(node(1), HOST, 0);
  table.heard({ ...node(1), signature: node(2).signature, lamport: 1 }, HOST, 100_000);
  assert.equal(table.expire(180_001).length, 1);
});

test("a node that cannot be dialled is not told, and is lost when it no longer can", () => {
  const table = nodes();
  const nowhere = { endpoints: [endpoint("0.0.0.0", 1)] };
  assert.deepEqual(table.heard(node(1, nowhere), HOST, NOW_MS), {});
  table.heard(node(1), HOST, NOW_MS);
  const lost = addressOf(node(1), "192.168.1.20:40000");
  assert.deepEqual(table.heard(node(1, { lamport: 1, ...nowhere }), HOST, NOW_MS), { lost });
  assert.deepEqual(table.expire(180_001), []);
});

test("one host names at most 8 nodes, all together at most 64", () => {
  const table = nodes();
  const named = (host: number): number =>
    Array.from({ length: 10 }, (_, i) => table.heard(node(10 * host + i), `10.0.0.${host}`, NOW_MS).found).filter(
      Boolean,
    ).length;
  assert.deepEqual(
    Array.from({ length: 10 }, (_, host) => named(host)),
    [8, 8, 8, 8, 8, 8, 8, 8, 0, 0],
  );
  assert.deepEqual(table.heard(node(0), "10.0.0.0", 1), {}, "who is known may still answer");
  assert.equal(table.expire(180_001).length, 63);
});

test("a flood of forgeries costs at most 256 checks a round, and those who are known stay", () => {
  let refused = 0;
  const table = nodes(NOBODY, () => refused++);
  table.heard(node(1), HOST, 0);
  table.expire(0);
  const forged = node(2);
  for (let i = 0; i < 1_000; i++) table.heard({ ...forged, lamport: i + 1 }, HOST, 100_000);
  assert.equal(refused, 256);
  table.heard(node(1), HOST, 100_000);
  assert.deepEqual(table.heard(node(3), HOST, 100_000), {}, "deaf for news");
  assert.deepEqual(table.expire(200_000), []);
  assert.ok(table.heard(node(3), HOST, 200_000).found, "the next round hears again");
});

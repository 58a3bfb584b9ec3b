import assert from "node:assert/strict";
import { test } from "node:test";
import { asSigningKey, asVerifyingKey, concatBytes, fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import { P2PANDA_SERVICE, readTransportInfos } from "../../../sync/discovery/p2panda-answer.ts";
import { nodeAddress, signedBytes, type TransportInfo } from "../../../sync/discovery/p2panda-transport-info.ts";
import {
  base32,
  endpoint,
  RUST_ANSWER,
  RUST_NODE_ID,
  signedInfo,
  writeAnswer,
  writeName,
  writeRecord,
} from "./p2panda-answers.ts";

const crypto = await createNodeCrypto();
const seed = asSigningKey(new Uint8Array(32).fill(7));
const TXT = 16;
const SRV = 33;

function isGenuine(info: TransportInfo): boolean {
  return crypto.verify(signedBytes(info), info.signature, info.nodeId);
}

/** An answer of one node with this label and this text. */
function spelt(label: string, text: string): Uint8Array {
  const name = `${label}.${P2PANDA_SERVICE}`;
  const service = writeRecord(name, SRV, concatBytes(Uint8Array.of(0, 0, 0, 0, 0, 80), writeName("h.local")));
  const texts = writeRecord(name, TXT, Uint8Array.of(text.length, ...Buffer.from(text)));
  const host = writeRecord("h.local", 1, Uint8Array.of(10, 0, 0, 1));
  return concatBytes(Uint8Array.of(0, 0, 0x84, 0, 0, 0, 0, 3, 0, 0, 0, 0), service, texts, host);
}

test("a real Rust node's answer is genuine and names all its addresses", () => {
  const [info, ...others] = readTransportInfos(RUST_ANSWER);
  assert.ok(info && others.length === 0);
  assert.deepEqual(info.nodeId, RUST_NODE_ID);
  assert.ok(isGenuine(info));
  const addresses = "10.77.0.2:40000,10.78.0.2:40000,[2001:db8::2]:40001";
  assert.equal(nodeAddress(info), `${toHex(RUST_NODE_ID)}@${addresses}`);
});

test("a label is the node's key in base32, and a text says when it signed", () => {
  const signature =
    "405e254fcd7cb1b83516dee09fe4b3c4db45b12db94deed7fd263c98a50a9565d66b6335de9ef17622b92be56e3375a51af7ab8e763a66da48595d7029582002";
  const label = "4qk4igimy7ywi6szf27y4x4qlqvn56murmlvwk24chqukenvcyqa";
  const [info] = readTransportInfos(spelt(label, `user-data=${signature}|1785838042000000/0`));
  assert.ok(info);
  const nodeId = asVerifyingKey(fromHex("e415c4190cc7f1647a592ebf8e5f905c2adef9948b175b2b5c11e14511b51620"));
  assert.deepEqual(info.nodeId, nodeId);
  assert.equal(base32(nodeId), label);
  assert.equal(info.unixMicros, 1_785_838_042_000_000);
  assert.ok(isGenuine({ ...info, endpoints: [endpoint("192.168.1.20", 40_000)] }));
});

test("an answer without a PTR record and with 0 seconds to live is read, with what was signed", () => {
  const endpoints = [endpoint("10.0.0.1", 1), endpoint("10.0.0.2", 1), { ip: new Uint8Array(16).fill(1), port: 2 }];
  const info = signedInfo(crypto, seed, { endpoints, relays: ["https://relay.example/"], lamport: 3 });
  assert.deepEqual(readTransportInfos(writeAnswer(info)), [info]);
});

test("a relay counts once, also if a second text repeats it", () => {
  const info = signedInfo(crypto, seed, { relays: ["https://relay.example/"] });
  const text = "relay=https://relay.example/";
  const repeated = writeRecord(
    `${base32(info.nodeId)}.${P2PANDA_SERVICE}`,
    TXT,
    Uint8Array.of(text.length, ...Buffer.from(text)),
  );
  const message = concatBytes(writeAnswer(info), repeated);
  message.set([0, 2], 10);
  const [read] = readTransportInfos(message);
  assert.ok(read && isGenuine(read));
});

test("two nodes in one packet are both read, each with its own addresses", () => {
  const other = signedInfo(crypto, asSigningKey(new Uint8Array(32).fill(8)), { endpoints: [endpoint("10.0.0.8", 8)] });
  const infos = [signedInfo(crypto, seed), other];
  assert.deepEqual(readTransportInfos(writeAnswer(...infos)), infos);
});

test("an address that the node did not sign, or one too few, spoils its signature", () => {
  const endpoints = [endpoint("10.0.0.1", 1), endpoint("10.0.0.2", 1)];
  const info = signedInfo(crypto, seed, { endpoints });
  const more = { ...info, endpoints: [...endpoints, endpoint("10.0.0.3", 1)] };
  const fewer = { ...info, endpoints: endpoints.slice(1) };
  const elsewhere = { ...info, endpoints: [endpoint("10.0.0.1", 2), endpoint("10.0.0.2", 2)] };
  const answers = [info, more, fewer, elsewhere].map((each) => readTransportInfos(writeAnswer(each))[0]);
  assert.deepEqual(
    answers.map((each) => each && isGenuine(each)),
    [true, false, false, false],
  );
});

test("a node with more than 64 addresses is left out", () => {
  const many = Array.from({ length: 65 }, (_, i) => endpoint(`10.0.0.${i + 1}`, 1));
  assert.equal(readTransportInfos(writeAnswer(signedInfo(crypto, seed, { endpoints: many.slice(1) }))).length, 1);
  assert.equal(readTransportInfos(writeAnswer(signedInfo(crypto, seed, { endpoints: many }))).length, 0);
});

test("labels and texts that are spelt wrong are left out", () => {
  const label = base32(crypto.verifyingKey(seed));
  const signature = "ab".repeat(64);
  const good = `user-data=${signature}|1/0`;
  assert.equal(readTransportInfos(spelt(label, good)).length, 1);
  const wrongLabels = [label.slice(1), `${label}a`, `${label.slice(0, -1)}b`, `1${label.slice(1)}`, "é".repeat(52)];
  for (const each of wrongLabels) assert.deepEqual(readTransportInfos(spelt(each, good)), [], each);
  const wrongTexts = [
    "",
    "user-data",
    "user-data=",
    `user-date=${signature}|1/0`,
    `user-data=${signature}`,
    `user-data=${signature}|1`,
    `user-data=${signature}|1/0|`,
    `user-data=${signature}|1/0|https://a/|https://b/`,
    `user-data=${signature}|-1/0`,
    `user-data=${signature}|9007199254740992/0`,
    `user-data=${signature}|1/9007199254740992`,
    `user-data=${signature}|18446744073709551615/0`,
    `user-data=${signature.slice(2)}|1/0`,
  ];
  for (const each of wrongTexts) assert.deepEqual(readTransportInfos(spelt(label, each)), [], each);
});

test("other services and questions are none of ours", () => {
  const message = Buffer.from(writeAnswer(signedInfo(crypto, seed)));
  const other = Uint8Array.from(
    Buffer.from(message.toString("latin1").replaceAll("_p2pandav1", "_printer01"), "latin1"),
  );
  assert.deepEqual(readTransportInfos(other), []);
});

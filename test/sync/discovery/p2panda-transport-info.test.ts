import assert from "node:assert/strict";
import { test } from "node:test";
import { asSignature, asVerifyingKey, fromHex, toHex } from "../../../protocol/operation/bytes.ts";
import { createNodeCrypto } from "../../../sync/crypto/node.ts";
import {
  compareAge,
  nodeAddress,
  signedBytes,
  type TransportInfo,
} from "../../../sync/discovery/p2panda-transport-info.ts";
import { endpoint } from "./p2panda-answers.ts";

const crypto = await createNodeCrypto();
const NODE_ID = "e415c4190cc7f1647a592ebf8e5f905c2adef9948b175b2b5c11e14511b51620";

/** The example of p2panda's Rust nodes (p2panda-wire.md §4.3). */
const EXAMPLE: TransportInfo = {
  nodeId: asVerifyingKey(fromHex(NODE_ID)),
  unixMicros: 1_785_838_042_000_000,
  lamport: 0,
  signature: asSignature(
    fromHex(
      "405e254fcd7cb1b83516dee09fe4b3c4db45b12db94deed7fd263c98a50a9565" +
        "d66b6335de9ef17622b92be56e3375a51af7ab8e763a66da48595d7029582002",
    ),
  ),
  relays: [],
  endpoints: [endpoint("192.168.1.20", 40_000)],
};
const EXAMPLE_CBOR =
  "a26974696d657374616d70821b00065835d21eaa80006961646472657373657381a16449726f68a2626964982018e41518c418190c18c718f1" +
  "1864187a1859182e18bf188e185f1890185c182a18de18f91894188b17185b182b185c1118e118451118b516182065616464727381a1624970" +
  "a1625634828418c018a80114199c40";

test("the signed bytes are those that Rust's serde writes", () => {
  assert.equal(toHex(signedBytes(EXAMPLE)), EXAMPLE_CBOR);
  assert.ok(crypto.verify(signedBytes(EXAMPLE), EXAMPLE.signature, EXAMPLE.nodeId));
});

test("a relay and addresses of both families are signed as Rust's serde writes them", () => {
  const relays = ["https://r.example/"];
  const endpoints = [{ ip: fromHex("fe800000000000000000000000000001"), port: 5 }, endpoint("10.0.0.1", 70)];
  const addresses =
    "83a16552656c61797268747470733a2f2f722e6578616d706c652fa1624970a162563482840a0000011846" +
    "a1624970a1625636829018fe1880000000000000000000000000000105";
  assert.ok(toHex(signedBytes({ ...EXAMPLE, relays, endpoints })).endsWith(`656164647273${addresses}`));
});

test("addresses are a set: in order, and each once", () => {
  const [low, high, otherPort] = [endpoint("9.0.0.9", 2), endpoint("10.0.0.1", 1), endpoint("10.0.0.1", 300)];
  const ipv6 = { ip: new Uint8Array(16), port: 1 };
  const sorted = signedBytes({
    ...EXAMPLE,
    relays: ["https://a/", "https://b/"],
    endpoints: [low, high, otherPort, ipv6],
  });
  const shuffled = [ipv6, otherPort, low, high, low, ipv6];
  const relays = ["https://b/", "https://a/", "https://b/"];
  assert.deepEqual(signedBytes({ ...EXAMPLE, relays, endpoints: shuffled }), sorted);
});

test("an IPv4 address and the same in IPv6 clothes are two", () => {
  const mapped = { ip: fromHex("00000000000000000000ffff0a000001"), port: 1 };
  const both = signedBytes({ ...EXAMPLE, endpoints: [endpoint("10.0.0.1", 1), mapped] });
  assert.ok(both.length > signedBytes({ ...EXAMPLE, endpoints: [mapped] }).length);
});

test("a later clock is newer, and within one the higher counter", () => {
  const at = (unixMicros: number, lamport: number): TransportInfo => ({ ...EXAMPLE, unixMicros, lamport });
  assert.ok(compareAge(at(2, 0), at(1, 9)) > 0);
  assert.ok(compareAge(at(1, 10), at(1, 9)) > 0);
  assert.equal(compareAge(at(1, 9), at(1, 9)), 0);
});

test("a node with several addresses is one address to dial", () => {
  const ipv6 = { ip: fromHex("20010db8000000000000000000000002"), port: 40_001 };
  const endpoints = [ipv6, endpoint("10.78.0.2", 40_000), endpoint("10.77.0.2", 40_000)];
  const address = `${NODE_ID}@10.77.0.2:40000,10.78.0.2:40000,[2001:db8::2]:40001`;
  assert.equal(nodeAddress({ ...EXAMPLE, endpoints }), address);
});

test("of many addresses 8 are dialled", () => {
  const endpoints = Array.from({ length: 20 }, (_, i) => endpoint("10.0.0.1", i + 1));
  assert.equal(nodeAddress({ ...EXAMPLE, endpoints })?.split(",").length, 8);
});

test("what names no one machine is not dialled", () => {
  const ipv6 = (hex: string) => ({ ip: fromHex(hex), port: 1 });
  const nowhere = [
    endpoint("10.0.0.1", 0),
    endpoint("0.0.0.0", 1),
    endpoint("224.0.0.251", 1),
    endpoint("255.255.255.255", 1),
    ipv6("00000000000000000000000000000000"),
    ipv6("ff0200000000000000000000000000fb"),
    ipv6("fe800000000000000000000000000001"),
    ipv6("febf0000000000000000000000000001"),
  ];
  for (const each of nowhere) assert.equal(nodeAddress({ ...EXAMPLE, endpoints: [each] }), undefined, toHex(each.ip));
  assert.equal(
    nodeAddress({ ...EXAMPLE, endpoints: [...nowhere, endpoint("127.0.0.1", 1)] }),
    `${NODE_ID}@127.0.0.1:1`,
  );
});

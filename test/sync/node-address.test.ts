import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { asVerifyingKey, fromHex } from "../../protocol/operation/bytes.ts";
import { TransportError } from "../../sync/errors.ts";
import { formatNodeAddress, isNodeAddress, parseNodeAddress } from "../../sync/node-address.ts";

const ID = "ab".repeat(32);
const nodeId = asVerifyingKey(fromHex(ID));

const readable: [string, { host: string; port: number }[]][] = [
  ["192.168.1.20:40000", [{ host: "192.168.1.20", port: 40_000 }]],
  ["[2001:db8::1]:1", [{ host: "2001:db8::1", port: 1 }]],
  ["[fe80::1%2]:65535", [{ host: "fe80::1%2", port: 65_535 }]],
  [
    "10.0.0.1:5,[::1]:6",
    [
      { host: "10.0.0.1", port: 5 },
      { host: "::1", port: 6 },
    ],
  ],
];
for (const [text, hosts] of readable) {
  test(`a node at ${text} is read and written again`, () => {
    assert.deepEqual(parseNodeAddress(`${ID}@${text}`), { nodeId, hosts });
    assert.equal(formatNodeAddress({ nodeId, hosts }), `${ID}@${text}`);
  });
}

test("a node id may be pasted in capitals", () => {
  const pasted = `${ID.toUpperCase()}@10.0.0.1:5`;
  assert.equal(formatNodeAddress(parseNodeAddress(pasted)), `${ID}@10.0.0.1:5`);
});

const unreadable: [string, RegExp][] = [
  ["", /hex digits/],
  ["192.168.1.20:3473", /hex digits/],
  [`${ID}`, /hex digits/],
  [`${ID.slice(1)}@10.0.0.1:5`, /hex digits/],
  [`${ID}00@10.0.0.1:5`, /hex digits/],
  [`${ID}@`, /host:port/],
  [`${ID}@10.0.0.1`, /host:port/],
  [`${ID}@10.0.0.1:0`, /host:port/],
  [`${ID}@10.0.0.1:5,`, /host:port/],
  [`${ID}@10.0.0.1:5, 10.0.0.2:5`, /host:port/],
  [`${ID}@door.local:5`, /"door.local" is a name/],
  [`${ID}@10.0.0.256:5`, /"10.0.0.256" is a name/],
  [`${ID}@10.0.1:5`, /"10.0.1" is a name/],
  [`${ID}@10.0.0.1.:5`, /"10.0.0.1." is a name/],
  [`${ID}@[fe80::1%eth0]:5`, /"fe80::1%eth0" is a name/],
  [`${ID}@[1::2::3]:5`, /"1::2::3" is a name/],
];
for (const [address, message] of unreadable) {
  test(`"${address}" is no node address`, () => {
    assert.throws(() => parseNodeAddress(address), { name: "TransportError", code: "E_ADDRESS", message });
  });
}

test("a node address is told from a host's, even if it is faulty", () => {
  assert.equal(isNodeAddress(`${ID}@10.0.0.1:5`), true);
  assert.equal(isNodeAddress(`${ID}@door.local:5`), true);
  assert.equal(isNodeAddress("10.0.0.1:5"), false);
  assert.equal(isNodeAddress(`${ID}:5`), false);
});

test("any text is a node address that reads back the same, or E_ADDRESS", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ unit: "binary-ascii" })), fc.nat(70_000), (host, port) => {
      const text = host.includes(":") ? `[${host}]` : host;
      try {
        const address = parseNodeAddress(`${ID}@${text}:${port}`);
        assert.deepEqual(parseNodeAddress(formatNodeAddress(address)), address);
      } catch (error) {
        assert.ok(error instanceof TransportError && error.code === "E_ADDRESS", String(error));
      }
    }),
  );
});

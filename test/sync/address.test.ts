import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatAddress, parseAddress } from "../../sync/address.ts";
import { TransportError } from "../../sync/errors.ts";

const readable: [string, string, number][] = [
  ["192.168.1.20:3473", "192.168.1.20", 3473],
  ["door.local:1", "door.local", 1],
  ["localhost:65535", "localhost", 65_535],
  ["[::1]:3473", "::1", 3473],
  ["[fe80::1%eth0]:3473", "fe80::1%eth0", 3473],
];
for (const [address, host, port] of readable) {
  test(`${address} is read and written again`, () => {
    assert.deepEqual(parseAddress(address), { host, port });
    assert.equal(formatAddress({ host, port }), address);
  });
}

test("IPv4 in IPv6 clothes is written as IPv4", () => {
  assert.equal(formatAddress({ host: "::ffff:192.168.1.20", port: 3473 }), "192.168.1.20:3473");
  assert.equal(formatAddress({ host: "::ffff:1", port: 3473 }), "[::ffff:1]:3473");
});

for (const address of [
  "",
  "door",
  "door:",
  "door:0",
  "door:65536",
  "door:123456",
  "::1:3473",
  "[::1]",
  "a b:1",
  "a/b:1",
]) {
  test(`"${address}" is not an address`, () => {
    assert.throws(() => parseAddress(address), { name: "TransportError", code: "E_ADDRESS" });
  });
}

test("any text is an address that reads back the same, or E_ADDRESS", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), fc.nat(70_000), (text, port) => {
      try {
        const target = parseAddress(`${text}:${port}`);
        assert.deepEqual(parseAddress(formatAddress(target)), target);
      } catch (error) {
        assert.ok(error instanceof TransportError && error.code === "E_ADDRESS", String(error));
      }
    }),
  );
});

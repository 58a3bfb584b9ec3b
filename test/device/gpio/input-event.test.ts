// Events of /dev/input as bytes, wherever the stream is cut, and what sysfs says about keys.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hasKeys, type InputEvent, InputEventReader, isKeySet, keyBits } from "../../../device/gpio/input-event.ts";

/** struct input_event of a 64-bit kernel. */
function inputEvent(type: number, code: number, value: number, micros = 0): Buffer {
  const event = Buffer.alloc(24);
  event.writeBigInt64LE(BigInt(Math.floor(micros / 1e6)), 0);
  event.writeBigInt64LE(BigInt(micros % 1e6), 8);
  event.writeUInt16LE(type, 16);
  event.writeUInt16LE(code, 18);
  event.writeInt32LE(value, 20);
  return event;
}

const STREAM = Buffer.concat([
  inputEvent(1, 28, 1, 3_000_250),
  inputEvent(0, 0, 0),
  inputEvent(1, 28, 2),
  inputEvent(4, 4, 28),
  inputEvent(1, 28, 0, 4_000_000),
  inputEvent(0, 3, 0),
]);
const EVENTS: readonly InputEvent[] = [
  { type: "key", code: 28, down: true, timeNs: 3_000_250_000n },
  { type: "key", code: 28, down: false, timeNs: 4_000_000_000n },
  { type: "dropped" },
];

test("keys going down and up are events; repeats, scan codes and reports are none", () => {
  assert.deepEqual(new InputEventReader().push(STREAM), EVENTS);
});

test("a stream cut at any byte gives the same events", () => {
  for (let cut = 0; cut <= STREAM.length; cut++) {
    const reader = new InputEventReader();
    assert.deepEqual([...reader.push(STREAM.subarray(0, cut)), ...reader.push(STREAM.subarray(cut))], EVENTS);
  }
  const reader = new InputEventReader();
  assert.deepEqual(
    [...STREAM].flatMap((byte) => reader.push(Uint8Array.of(byte))),
    EVENTS,
  );
});

test("random bytes never throw and give no more events than they have room for", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      assert.ok(new InputEventReader().push(bytes).length <= bytes.length / 24);
    }),
  );
});

test("keys that are down stand as bits", () => {
  const bits = keyBits();
  assert.equal(bits.length, 96);
  bits[28 >> 3] = 1 << (28 & 7);
  assert.ok(isKeySet(bits, 28));
  assert.ok(!isKeySet(bits, 27) && !isKeySet(bits, 0x2ff) && !isKeySet(bits, 5_000));
});

test("capabilities are words in hex, the highest first", () => {
  // KEY_ENTER 28, KEY_POWER 116, BTN_0 256.
  assert.ok(hasKeys("1 0 0 10000000000000 10000000\n", [28, 116, 256]));
  assert.ok(!hasKeys("10000000", [28, 116]));
  assert.ok(hasKeys("0", []));
});

test("hostile capabilities have no keys", () => {
  for (const text of ["", " ", "zz", "0x10", "10000000000000000", "1\n1", "-1", "1  1", "🔥", "NaN"])
    assert.equal(hasKeys(text, [0]), false, text);
});

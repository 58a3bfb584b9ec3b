import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeFrame, MAX_MESSAGE_BYTES } from "../../../sync/session/frame.ts";
import { FrameSplitter } from "../../../sync/transport/iroh-frames.ts";

const messages = [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3, 4), new Uint8Array(300).fill(5)];
const frames = messages.map(encodeFrame);
const stream = new Uint8Array(Buffer.concat(frames));

test("frames in one piece are told apart, the empty one too", () => {
  const splitter = new FrameSplitter();
  assert.deepEqual(splitter.push(stream), frames);
  assert.equal(splitter.idle, true);
});

test("frames split at every byte come out whole", () => {
  for (let at = 0; at <= stream.length; at++) {
    const splitter = new FrameSplitter();
    const cut = [...splitter.push(stream.subarray(0, at)), ...splitter.push(stream.subarray(at))];
    assert.deepEqual(cut, frames, `split at ${at}`);
  }
  const bytewise = new FrameSplitter();
  assert.deepEqual(
    Array.from(stream).flatMap((byte) => bytewise.push(Uint8Array.of(byte))),
    frames,
  );
});

test("however a stream is cut, the same frames come out", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.infiniteStream(fc.integer({ min: 1, max: 9 })), check),
  );
  function check(bodies: Uint8Array[], cuts: Iterator<number>): void {
    const whole = new Uint8Array(Buffer.concat(bodies.map(encodeFrame)));
    const splitter = new FrameSplitter();
    const got: Uint8Array[] = [];
    for (let offset = 0; offset < whole.length; ) {
      const length: number = cuts.next().value;
      got.push(...splitter.push(whole.subarray(offset, offset + length)));
      offset += length;
    }
    assert.deepEqual(got, bodies.map(encodeFrame));
    assert.equal(splitter.idle, true);
  }
});

test("a stream cut off inside a frame, or inside its length, is not at a boundary", () => {
  for (const length of [1, 3, 4]) {
    const splitter = new FrameSplitter();
    assert.deepEqual(splitter.push(stream.subarray(0, length)), []);
    assert.equal(splitter.idle, false);
  }
});

test("the largest frame passes, one byte more is refused before it is taken in", () => {
  const largest = new FrameSplitter();
  assert.equal(largest.push(encodeFrame(new Uint8Array(MAX_MESSAGE_BYTES)))[0]?.length, MAX_MESSAGE_BYTES + 4);

  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, MAX_MESSAGE_BYTES + 1);
  const splitter = new FrameSplitter();
  assert.deepEqual(splitter.push(new Uint8Array(Buffer.concat([encodeFrame(Uint8Array.of(7)), prefix]))), [
    encodeFrame(Uint8Array.of(7)),
  ]);
  assert.equal(splitter.oversize, true);
  assert.deepEqual(splitter.push(stream), []);
});

test("a frame keeps no more memory than itself", () => {
  for (const frame of new FrameSplitter().push(stream)) assert.equal(frame.buffer.byteLength, frame.length);
});

// What every transport must keep. Each adapter's test runs this against its own connections.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Connection, DRAINED_BYTES } from "../../sync/ports.ts";
import { UNSENT_CAP_BYTES } from "../../sync/transport/limits.ts";
import { ConnectionRecorder } from "../support/connection-recorder.ts";
import { seededRandom } from "../support/seeded-random.ts";

export interface OpenPair {
  readonly initiator: Connection;
  readonly acceptor: Connection;
  stop(): Promise<void>;
}

type Run = (pair: OpenPair) => Promise<void>;

export function connectionContract(name: string, open: () => Promise<OpenPair>): void {
  const check = (sentence: string, run: Run) =>
    test(sentence, async () => {
      const pair = await open();
      try {
        await run(pair);
      } finally {
        await pair.stop();
      }
    });
  describe(`${name} keeps the promises of a connection`, () => {
    for (const [sentence, run] of Object.entries({ ...DELIVERY, ...PRESSURE, ...ENDS })) check(sentence, run);
  });
}

const DELIVERY: Record<string, Run> = {
  "each side knows its role and where the other is": async ({ initiator, acceptor }) => {
    assert.equal(initiator.role, "initiator");
    assert.equal(acceptor.role, "acceptor");
    assert.notEqual(initiator.remote, "");
    assert.notEqual(acceptor.remote, "");
    assert.equal(initiator.extended, acceptor.extended);
  },

  "frames of any size arrive whole and in order, both ways": async ({ initiator, acceptor }) => {
    const random = seededRandom(7);
    const frames = Array.from({ length: 500 }, (_, index) => filled(Math.floor(random() ** 4 * 20_000), index));
    const here = new ConnectionRecorder(initiator);
    const there = new ConnectionRecorder(acceptor);
    for (const frame of frames) {
      initiator.send(frame);
      acceptor.send(frame);
    }
    for (const received of [await here.received(500), await there.received(500)]) {
      assert.equal(received.length, 500);
      // Not deepEqual: the difference of megabytes takes minutes to print.
      for (const [index, frame] of received.entries()) assert.ok(Buffer.from(frames[index] ?? []).equals(frame));
    }
  },

  "20,000 small frames sent in a row arrive in order": async ({ initiator, acceptor }) => {
    const there = new ConnectionRecorder(acceptor);
    for (let index = 0; index < 20_000; index++) initiator.send(numbered(index));
    const frames = await there.received(20_000);
    assert.ok(frames.every((frame, index) => number(frame) === index));
  },

  "a frame is the receiver's own, and keeps no more memory than itself": async ({ initiator, acceptor }) => {
    const there = new ConnectionRecorder(acceptor);
    const frame = filled(100, 1);
    initiator.send(frame);
    initiator.send(frame);
    const [first, second] = await there.received(2);
    assert.equal(first?.buffer.byteLength, 100);
    first?.fill(9);
    assert.deepEqual(second, filled(100, 1));
    assert.deepEqual(frame, filled(100, 1));
  },

  "frames that came before anybody listened are kept": async ({ initiator, acceptor }) => {
    const here = new ConnectionRecorder(initiator);
    initiator.send(numbered(1));
    initiator.send(numbered(2));
    acceptor.send(numbered(3));
    await here.received(1);
    const there = new ConnectionRecorder(acceptor);
    assert.deepEqual((await there.received(2)).map(number), [1, 2]);
  },
};

const PRESSURE: Record<string, Run> = {
  "a paused side gets nothing, not even what came in the same piece, until it goes on": async (pair) => {
    const here = new ConnectionRecorder(pair.initiator);
    const there = new ConnectionRecorder(pair.acceptor);
    there.onFrame = () => pair.acceptor.pause();
    for (const value of [1, 2, 3]) pair.initiator.send(numbered(value));
    await there.received(1);
    pair.acceptor.send(numbered(0));
    await here.received(1);
    assert.equal(there.frames.length, 1);

    pair.acceptor.resume();
    await there.received(2);
    assert.equal(there.frames.length, 2, "paused again by the second frame");

    there.onFrame = () => undefined;
    pair.initiator.send(numbered(4));
    pair.acceptor.resume();
    assert.deepEqual((await there.received(4)).map(number), [1, 2, 3, 4]);
  },

  "whoever stops at the limit of what may wait hears when to go on": async ({ initiator, acceptor }) => {
    const here = new ConnectionRecorder(initiator);
    const there = new ConnectionRecorder(acceptor);
    const frame = filled(10_000, 1);
    let sent = 0;
    here.onDrained = () => {
      assert.ok(initiator.unsentBytes < DRAINED_BYTES);
      while (sent < 1_000 && initiator.unsentBytes < DRAINED_BYTES) {
        initiator.send(frame);
        sent += 1;
      }
    };
    here.onDrained();
    assert.ok(sent < 1_000, "the limit was reached");
    await there.received(1_000);
    assert.ok(here.drains > 0);
  },

  "what was sent is counted until it left": async ({ initiator, acceptor }) => {
    const here = new ConnectionRecorder(initiator);
    assert.equal(initiator.unsentBytes, 0);
    initiator.send(filled(DRAINED_BYTES, 1));
    assert.equal(initiator.unsentBytes, DRAINED_BYTES);
    const there = new ConnectionRecorder(acceptor);
    await there.received(1);
    await here.until("drained", () => here.drains === 1);
    assert.equal(initiator.unsentBytes, 0);
  },

  "a sender that heeds nothing is cut off from a reader that takes nothing": async ({ initiator, acceptor }) => {
    const here = new ConnectionRecorder(initiator);
    const there = new ConnectionRecorder(acceptor);
    acceptor.pause();
    for (let sent = 0; sent <= UNSENT_CAP_BYTES; sent += 64 * 1024) initiator.send(filled(64 * 1024, 1));
    assert.equal(await here.ended(), "E_SLOW_READER");
    assert.equal(initiator.unsentBytes, 0);
    acceptor.resume();
    assert.equal(await there.ended(), "E_LOST");
  },
};

const ENDS: Record<string, Run> = {
  "both sides get the code of the one that closed, after all that was sent before": async ({ initiator, acceptor }) => {
    const here = new ConnectionRecorder(initiator);
    const there = new ConnectionRecorder(acceptor);
    for (let index = 0; index < 100; index++) initiator.send(numbered(index));
    initiator.close("E_TOPIC");
    assert.equal(await there.ended(), "E_TOPIC");
    assert.equal(await here.ended(), "E_TOPIC");
    assert.equal(there.frames.length, 100);
    assert.equal(there.events.at(-1), "closed");
  },

  "the end is told once, even if both sides close again and again": async ({ initiator, acceptor }) => {
    const here = new ConnectionRecorder(initiator);
    const there = new ConnectionRecorder(acceptor);
    for (const code of ["E_HELLO", "E_GAP"]) {
      initiator.close(code);
      acceptor.close(`${code}_TOO`);
    }
    assert.equal(await here.ended(), "E_HELLO");
    assert.equal(await there.ended(), "E_HELLO_TOO");
    initiator.close("E_ORDER");
    assert.deepEqual(here.events, ["closed"]);
    assert.deepEqual(there.events, ["closed"]);
  },

  "after closing nothing more is taken or given": async ({ initiator, acceptor }) => {
    const here = new ConnectionRecorder(initiator);
    const there = new ConnectionRecorder(acceptor);
    there.onFrame = () => acceptor.close("E_MESSAGE");
    initiator.send(numbered(1));
    initiator.send(numbered(2));
    assert.equal(await here.ended(), "E_MESSAGE");
    assert.equal(await there.ended(), "E_MESSAGE");
    acceptor.send(numbered(3));
    initiator.send(numbered(3));
    initiator.pause();
    initiator.resume();
    assert.deepEqual(there.events, ["frame", "closed"]);
    assert.deepEqual(here.events, ["closed"]);
    assert.equal(initiator.unsentBytes, 0);
  },

  "an end that came before anybody listened is told": async ({ initiator, acceptor }) => {
    const here = new ConnectionRecorder(initiator);
    acceptor.close("E_STOPPING");
    assert.equal(await here.ended(), "E_STOPPING");
    assert.equal(await new ConnectionRecorder(acceptor).ended(), "E_STOPPING");
  },
};

function filled(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}

function numbered(value: number): Uint8Array {
  const frame = new Uint8Array(4);
  new DataView(frame.buffer).setUint32(0, value);
  return frame;
}

function number(frame: Uint8Array): number {
  return new DataView(frame.buffer, frame.byteOffset).getUint32(0);
}

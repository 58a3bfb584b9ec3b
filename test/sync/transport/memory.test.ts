import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Fault, memoryPair } from "../../../sync/transport/memory.ts";
import { connectionContract } from "../../contract/connection-contract.ts";
import { ConnectionRecorder } from "../../support/connection-recorder.ts";
import { seededRandom } from "../../support/seeded-random.ts";

connectionContract("memory", async () => ({ ...ends(memoryPair({ automatic: true })), stop: async () => undefined }));

function ends({ initiator, acceptor }: ReturnType<typeof memoryPair>) {
  return { initiator, acceptor };
}

test("nothing arrives before the test delivers it", async () => {
  const pair = memoryPair();
  const there = new ConnectionRecorder(pair.acceptor);
  new ConnectionRecorder(pair.initiator);
  pair.initiator.send(Uint8Array.of(1));
  await Promise.resolve();
  assert.deepEqual(there.frames, []);
  assert.equal(pair.deliver("initiator"), false);
  assert.equal(pair.deliver("acceptor"), true);
  assert.deepEqual(there.frames, [Uint8Array.of(1)]);
  assert.equal(pair.pump(), 0);
});

test("frames of both directions are delivered in the order in which they were sent", () => {
  const pair = memoryPair();
  const order: string[] = [];
  new ConnectionRecorder(pair.initiator).onFrame = () => order.push("to initiator");
  new ConnectionRecorder(pair.acceptor).onFrame = () => order.push("to acceptor");
  pair.initiator.send(Uint8Array.of(1));
  pair.acceptor.send(Uint8Array.of(2));
  pair.initiator.send(Uint8Array.of(3));
  assert.equal(pair.pump(), 3);
  assert.deepEqual(order, ["to acceptor", "to initiator", "to acceptor"]);
});

const faulty: Record<Fault, { arrived: number[]; end: string | undefined }> = {
  drop: { arrived: [1, 3, 4], end: undefined },
  duplicate: { arrived: [1, 2, 2, 3, 4], end: undefined },
  swap: { arrived: [1, 3, 2, 4], end: undefined },
  cut: { arrived: [1], end: "E_LOST" },
};
for (const [fault, { arrived, end }] of Object.entries(faulty)) {
  test(`a ${fault} befalls the frame it is meant for`, () => {
    const pair = memoryPair({
      fault: (frame, to) => (frame === 2 && to === "acceptor" ? (fault as Fault) : undefined),
    });
    const here = new ConnectionRecorder(pair.initiator);
    const there = new ConnectionRecorder(pair.acceptor);
    for (const value of [1, 2, 3, 4]) pair.initiator.send(Uint8Array.of(value));
    pair.pump();
    assert.deepEqual(
      there.frames.flatMap((frame) => [...frame]),
      arrived,
    );
    assert.equal(there.end, end);
    assert.equal(here.end, end);
    assert.equal(pair.initiator.unsentBytes, 0);
  });
}

test("whatever befalls the frames, the same seed ends the same way and every end is told once", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const [first, second] = [stormyRun(seed), stormyRun(seed)];
      assert.deepEqual(first, second);
      for (const events of first)
        assert.ok(events.indexOf("closed") === -1 || events.indexOf("closed") === events.length - 1);
    }),
  );
});

function stormyRun(seed: number): string[][] {
  const random = seededRandom(seed);
  const faults: (Fault | undefined)[] = ["drop", "duplicate", "swap", ...Array(12).fill(undefined)];
  const pair = memoryPair({ fault: () => faults[Math.floor(random() * faults.length)] });
  const here = new ConnectionRecorder(pair.initiator);
  const there = new ConnectionRecorder(pair.acceptor);
  const steps = [
    () => pair.initiator.send(Uint8Array.of(1)),
    () => pair.acceptor.send(Uint8Array.of(2)),
    () => pair.deliver(),
    () => pair.deliver("acceptor"),
    () => pair.acceptor.pause(),
    () => pair.acceptor.resume(),
    () => random() < 0.02 && pair.cut(),
    () => random() < 0.02 && pair.initiator.close("E_ORDER"),
  ];
  for (let step = 0; step < 200; step++) steps[Math.floor(random() * steps.length)]?.();
  pair.acceptor.resume();
  pair.pump();
  return [here.events, there.events];
}

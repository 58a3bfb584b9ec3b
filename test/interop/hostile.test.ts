// A p2panda node that does not keep to the protocol: the session ends with a code that both sides hear, or stays where
// SPEC.md says so; the replica holds what it should; and the box neither works nor dials more than one that waits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { concatBytes, toHex } from "../../protocol/operation/bytes.ts";
import { MAX_MESSAGE_BYTES } from "../../sync/session/frame.ts";
import type { Message } from "../../sync/session/message.ts";
import { TestLog } from "../support/test-log.ts";
import {
  BROKEN,
  DONE,
  forged,
  HANDSHAKES,
  lengthPrefix,
  live,
  NOTHING,
  OUT_OF_ORDER,
  operation,
  PRE_SYNC,
  withUnknownExtensions,
} from "./support/hostile-messages.ts";
import { framed, Stage, type StageOptions, suite } from "./support/hostile-stage.ts";
import { rustPeerMissing } from "./support/rust-peer.ts";

const options = { skip: rustPeerMissing() };
/** SPEC.md §5.2. */
const TOLERATED_FAULTS = 64;
const HANDSHAKE_MS = 10_000;
const SILENCE_MS = 60_000;
const SHOWN_LINES = 30;

/** A test with a box and a node; what both said stands in its failure. */
function hostile(sentence: string, play: (stage: Stage) => Promise<void>, stageOptions: StageOptions = {}): void {
  test(sentence, options, async () => {
    await using stage = await Stage.open(stageOptions);
    try {
      await play(stage);
    } catch (cause) {
      const lines = [...stage.said.slice(-SHOWN_LINES), ...stage.node.transcript.slice(-SHOWN_LINES)];
      throw new Error(`${String(cause)}\n${lines.join("\n")}`, { cause });
    }
  });
}

/** The node speaks after the handshake, the session ends with the code, and nothing came in. */
function refused(
  sentence: string,
  code: string,
  speak: (stage: Stage) => Promise<void>,
  stageOptions: StageOptions = {},
): void {
  hostile(
    sentence,
    async (stage) => {
      const before = await stage.replica.stateHash();
      await stage.shaken();
      await speak(stage);
      await stage.endsWith(code);
      assert.deepEqual(await stage.replica.stateHash(), before);
      await stage.assertQuiet(stageOptions.otherTopic ? 2 : 1);
    },
    stageOptions,
  );
}

// --- Out of order ---

for (const [what, messages] of Object.entries(OUT_OF_ORDER)) {
  refused(`a node that says ${what} is out of order`, "E_ORDER", (stage) => stage.say(...messages(stage.log)));
}

for (const [what, message] of Object.entries({ Have: NOTHING, PreSync: PRE_SYNC, Done: DONE })) {
  refused(`a node that says ${what} in live mode is out of order`, "E_ORDER", async (stage) => {
    await stage.say(NOTHING, DONE);
    await stage.live();
    await stage.say(message);
  });
}

// --- Broken bytes ---

for (const [what, bytes] of Object.entries(BROKEN)) {
  refused(`a node that says ${what} is not understood`, "E_MESSAGE", (stage) => stage.send(bytes));
}

refused("a frame over the limit is refused by its length alone", "E_FRAME_LIMIT", async (stage) => {
  await stage.send(lengthPrefix(MAX_MESSAGE_BYTES + 1));
});

refused("a frame that claims four gigabytes is refused", "E_FRAME_LIMIT", async (stage) => {
  await stage.send(concatBytes(lengthPrefix(2 ** 32 - 1), new Uint8Array(100_000)));
});

for (const [what, { code, bytes }] of Object.entries(HANDSHAKES)) {
  hostile(`a node that says ${what} in the handshake is refused`, async (stage) => {
    const before = await stage.replica.stateHash();
    await stage.dialled();
    await stage.send(bytes, 1);
    await stage.endsWith(code);
    assert.deepEqual(await stage.replica.stateHash(), before);
    await stage.assertQuiet();
  });
}

// --- Operations ---

refused("an operation whose header is no header ends the session", "E_OPERATION", async (stage) => {
  await stage.say(NOTHING, PRE_SYNC, { type: "operation", headerBytes: new Uint8Array(120).fill(0x9f) });
});

refused("an operation of a log that nobody named is not taken", "E_TOPIC", async (stage) => {
  const elsewhere = new TestLog(suite, "somebody", "winter festival");
  await stage.say(NOTHING, PRE_SYNC, operation(elsewhere.append()));
});

const winter = new TestLog(suite, "somebody", "winter festival");

refused(
  "an operation of another festival that the box follows is not taken, even if the node names its log",
  "E_TOPIC",
  async (stage) => {
    const heights = new Map([[toHex(winter.author), new Map([[toHex(winter.logId), 0]])]]);
    await stage.say({ type: "have", heights }, PRE_SYNC, operation(winter.append()));
  },
  { otherTopic: winter.topic },
);

hostile("an operation with extensions that p2panda does not know is kept as it came", async (stage) => {
  const unknown = withUnknownExtensions(stage.log);
  await stage.shaken();
  await stage.say(NOTHING, PRE_SYNC, operation(unknown), operation(stage.log.append()), DONE);
  await stage.live();
  assert.deepEqual((await stage.replica.store.get(unknown.id))?.headerBytes, unknown.headerBytes);
  assert.equal(await stage.replica.store.count(), 4, "two of our own, the unknown one, and what came after it");
  await stage.assertQuiet();
  assert.deepEqual(stage.ends, []);
});

hostile(`${TOLERATED_FAULTS} forged operations are refused one by one, and the session goes on`, async (stage) => {
  const operations = stage.log.appendMany(TOLERATED_FAULTS);
  await stage.shaken();
  await stage.say(NOTHING, PRE_SYNC, ...operations.map((each) => operation(forged(each))), DONE);
  await stage.live();
  assert.equal(await stage.replica.store.count(), 2);
  const [first] = operations;
  assert.ok(first);
  const arrived = Promise.withResolvers<unknown>();
  stage.replica.subscribe({ accepted: arrived.resolve, completed: () => {} });
  await stage.say(live(first));
  await arrived.promise;
  assert.equal(await stage.replica.store.count(), 3, "an invalid copy does not keep the valid one out");
  await stage.assertQuiet();
  assert.deepEqual(stage.ends, []);
});

refused("one forged operation more ends the session", "E_FAULTS", async (stage) => {
  const operations = stage.log.appendMany(TOLERATED_FAULTS + 1);
  await stage.say(NOTHING, PRE_SYNC, ...operations.map((each) => operation(forged(each))));
});

refused("forged operations in live mode end the session as well", "E_FAULTS", async (stage) => {
  await stage.say(NOTHING, DONE);
  await stage.live();
  await stage.say(...stage.log.appendMany(TOLERATED_FAULTS + 1).map((each) => live(forged(each))));
});

hostile("the same operation over and over is stored once, and nobody else has to wait for it", async (stage) => {
  const [same, next] = stage.log.appendMany(2);
  assert.ok(same && next);
  await stage.shaken();
  await stage.say(NOTHING, PRE_SYNC);
  const commits = stage.replica.commits;
  await flood(stage, operation(same));
  await stage.say(DONE);
  await stage.live();
  await flood(stage, live(same));
  const arrived = Promise.withResolvers<unknown>();
  stage.replica.subscribe({ accepted: arrived.resolve, completed: () => {} });
  await stage.say(live(next));
  await arrived.promise;
  assert.ok(stage.replica.commits - commits <= 2 + 2 * FLOOD_ROUNDS, "one for each of ours, and two for theirs");
  assert.deepEqual(stage.ends, []);
  await stage.assertQuiet();
});

const FLOOD_ROUNDS = 6;
const FLOOD_FRAMES = 1_000;

/** Meanwhile the box's own people write. */
async function flood(stage: Stage, message: Message): Promise<void> {
  const bytes = framed(Array.from({ length: FLOOD_FRAMES }, () => message));
  for (let round = 0; round < FLOOD_ROUNDS; round++) {
    await stage.send(bytes);
    await stage.replica.publish([Uint8Array.of(0xf6)]);
  }
}

// --- Silence and sudden ends ---

hostile("a node that does not answer the handshake is given up", async (stage) => {
  await stage.dialled();
  stage.clock.advance(HANDSHAKE_MS - 1);
  assert.deepEqual(stage.ends, []);
  stage.clock.advance(1);
  await stage.endsWith("E_TIMEOUT");
  await stage.assertQuiet();
});

for (const [when, messages] of Object.entries({
  "after the handshake": [],
  "while operations are due": [NOTHING, PRE_SYNC],
})) {
  hostile(`a node that falls silent ${when} is given up`, async (stage) => {
    await stage.shaken();
    await stage.say(...messages);
    // The box answers Have with what the node lacks, so it has read it all.
    if (messages.length > 0) await stage.hearsDone();
    stage.clock.advance(SILENCE_MS - 1);
    assert.deepEqual(stage.ends, []);
    stage.clock.advance(1);
    await stage.endsWith("E_TIMEOUT");
    await stage.assertQuiet();
  });
}

hostile("a node that only takes may be silent for hours, and hears what is new", async (stage) => {
  await stage.shaken();
  await stage.say(NOTHING, DONE);
  await stage.live();
  stage.clock.advance(100 * SILENCE_MS);
  await stage.replica.publish([Uint8Array.of(0xf6)]);
  await stage.hearsLive();
  assert.deepEqual(stage.ends, []);
});

hostile("a node that goes within a frame is lost, and what it brought before stays", async (stage) => {
  const [whole, half] = stage.log.appendMany(2).map((each) => framed([operation(each)]));
  assert.ok(whole && half);
  await stage.shaken();
  const arrived = Promise.withResolvers<unknown>();
  stage.replica.subscribe({ accepted: arrived.resolve, completed: () => {} });
  await stage.say(NOTHING, PRE_SYNC);
  await stage.send(concatBytes(whole, half.subarray(0, half.length / 2)));
  await arrived.promise;
  await stage.hangUp(7);
  await stage.lost("E_LOST");
  assert.equal(await stage.replica.store.count(), 3);
  await stage.assertQuiet();
});

hostile("a node that goes right after the handshake does not follow the topic", async (stage) => {
  await stage.shaken();
  await stage.hangUp(0);
  await stage.lost("E_TOPIC_UNKNOWN");
  await stage.assertQuiet();
});

refused("a node that ends its stream before Done is left", "E_LOST", async (stage) => {
  await stage.say(NOTHING, PRE_SYNC);
  await stage.finish();
});

refused("a node that ends its stream within a frame is left", "E_TRANSPORT", async (stage) => {
  await stage.say(NOTHING, PRE_SYNC);
  await stage.send(lengthPrefix(100));
  await stage.finish();
});

// --- The next time ---

hostile("a node that never behaves is dialled after growing pauses", async (stage) => {
  const pauses: number[] = [];
  await stage.dialled();
  for (let dial = 1; pauses.length < 8; dial++) {
    await stage.node.waitFor(({ event, connection }) => event === "rawFrame" && connection === dial);
    await stage.node.ask("rawSend", { connection: dial, stream: 1, hex: "0000000109" });
    await stage.until(`session ${dial} to end`, () => stage.ends.length === dial);
    pauses.push(secondsTo(stage, dial + 1));
  }
  assert.deepEqual(new Set(stage.ends), new Set(["E_MESSAGE"]));
  assert.deepEqual(pauses, [1, 1, 2, 4, 8, 16, 30, 30], "with jitter at its mean");
});

/** Lets time go by until the box dials again. */
function secondsTo(stage: Stage, dials: number): number {
  let seconds = 0;
  for (; stage.dials < dials; seconds++) stage.clock.advance(1_000);
  return seconds;
}

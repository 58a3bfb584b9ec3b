// One side of an exchange of blobs, event by event: what it asks, what it answers, and what it does not put up with.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { asHash, type Hash } from "../../../protocol/operation/bytes.ts";
import type { BlobEvent } from "../../../sync/session/blob-events.ts";
import { BlobExchange } from "../../../sync/session/blob-exchange.ts";
import type { BlobMessage } from "../../../sync/session/blob-message.ts";
import { SessionError } from "../../../sync/session/errors.ts";
import type { SessionEffect } from "../../../sync/session/events.ts";

const hash = (fill: number) => asHash(new Uint8Array(32).fill(fill));
const [one, two] = [hash(1), hash(2)];
const part = { total: 5, bytes: Uint8Array.of(1, 2) };

/** What it sent, or what it asked its own side for. */
function said(effects: readonly SessionEffect[]): unknown[] {
  return effects.map((effect) => {
    if (effect.type === "send") return effect.message;
    return effect.type === "blob" ? effect.effect.type : effect.type;
  });
}

/** An exchange that runs: every event is followed by its turn. */
function exchange() {
  const machine = new BlobExchange();
  const turn = (effects: SessionEffect[]) => said([...effects, ...machine.advance()]);
  return {
    machine,
    start: () => turn([]),
    receive: (message: BlobMessage) => turn(machine.receive(message)),
    tell: (event: BlobEvent) => turn(machine.tell(event)),
  };
}

function asking(from: number): ReturnType<typeof exchange> {
  const side = exchange();
  assert.deepEqual(side.start(), ["chooseBlob"]);
  const want = { hash: one, from };
  assert.deepEqual(side.tell({ type: "chosen", want }), [{ type: "wantBlob", ...want }]);
  return side;
}

function refuses(receive: () => unknown): void {
  assert.throws(receive, (error) => error instanceof SessionError && error.code === "E_ORDER");
}

test("it asks part by part, and for the next blob when one is over", () => {
  const side = asking(0);
  assert.deepEqual(side.receive({ type: "blobPart", hash: one, ...part }), ["takePart"]);
  const more = { type: "taken", outcome: { status: "more", from: 2 } } as const;
  assert.deepEqual(side.tell(more), [{ type: "wantBlob", hash: one, from: 2 }]);
  assert.deepEqual(side.receive({ type: "blobPart", hash: one, total: 5, bytes: new Uint8Array(3) }), ["takePart"]);
  assert.deepEqual(side.tell({ type: "taken", outcome: { status: "over" } }), ["chooseBlob"]);
});

test("where nothing is wanted it rests until something is", () => {
  const side = exchange();
  side.start();
  assert.deepEqual(side.tell({ type: "chosen", want: undefined }), []);
  assert.deepEqual(side.start(), []);
  assert.deepEqual(side.tell({ type: "wanted" }), ["chooseBlob"]);
});

test("what is wanted while it looks is looked for again", () => {
  const side = exchange();
  side.start();
  assert.deepEqual(side.tell({ type: "wanted" }), []);
  assert.deepEqual(side.tell({ type: "chosen", want: undefined }), ["chooseBlob"]);
});

test("what the other side lacks, or what failed, is not asked for again before it says that it came", () => {
  for (const fails of [false, true]) {
    const side = asking(0);
    if (fails) side.receive({ type: "blobPart", hash: one, ...part });
    const [effect] = fails
      ? [...side.machine.tell({ type: "taken", outcome: { status: "failed" } }), ...side.machine.advance()]
      : [...side.machine.receive({ type: "noBlob", hash: one }), ...side.machine.advance()].slice(1);
    assert.ok(effect?.type === "blob" && effect.effect.type === "chooseBlob");
    const { lacking } = effect.effect;
    assert.deepEqual([...lacking], ["01".repeat(32)]);
    side.tell({ type: "chosen", want: undefined });
    assert.deepEqual(side.receive({ type: "blobHere", hash: two }), []);
    assert.deepEqual(side.receive({ type: "blobHere", hash: one }), ["chooseBlob"]);
    assert.deepEqual([...lacking], []);
  }
});

test("it answers one question after the other, with a part or with none", () => {
  const side = exchange();
  side.start();
  assert.deepEqual(side.receive({ type: "wantBlob", hash: one, from: 0 }), ["readPart"]);
  assert.deepEqual(side.tell({ type: "read", part }), [{ type: "blobPart", hash: one, ...part }]);
  assert.deepEqual(side.receive({ type: "wantBlob", hash: two, from: 9 }), ["readPart"]);
  assert.deepEqual(side.tell({ type: "read", part: undefined }), [{ type: "noBlob", hash: two }]);
});

test("what it lacked it announces once, when it comes", () => {
  const side = exchange();
  side.start();
  side.receive({ type: "wantBlob", hash: one, from: 0 });
  side.tell({ type: "read", part: undefined });
  assert.deepEqual(side.tell({ type: "here", hash: two }), []);
  assert.deepEqual(side.tell({ type: "here", hash: one }), [{ type: "blobHere", hash: one }]);
  assert.deepEqual(side.tell({ type: "here", hash: one }), []);
});

test("what comes between the look and the answer is found, not refused", () => {
  const side = exchange();
  side.start();
  side.receive({ type: "wantBlob", hash: one, from: 0 });
  side.tell({ type: "here", hash: one });
  assert.deepEqual(side.tell({ type: "read", part: undefined }), ["readPart"]);
  assert.deepEqual(side.tell({ type: "read", part }), [{ type: "blobPart", hash: one, ...part }]);
});

test("a peer that asks for thousands of blobs that nobody has is told of the last thousand", () => {
  const side = exchange();
  side.start();
  const many = Array.from({ length: 1_100 }, (_, index) => {
    const bytes = new Uint8Array(32);
    new DataView(bytes.buffer).setUint32(0, index);
    return asHash(bytes);
  });
  for (const each of many) {
    side.receive({ type: "wantBlob", hash: each, from: 0 });
    side.tell({ type: "read", part: undefined });
  }
  const announced = many.filter((each) => side.tell({ type: "here", hash: each }).length > 0);
  assert.deepEqual([announced.length, announced[0]], [1_024, many[76]]);
});

test("an answer that nobody asked for, or to another question, ends the session", () => {
  const answers: readonly BlobMessage[] = [
    { type: "blobPart", hash: two, ...part },
    { type: "noBlob", hash: two },
  ];
  for (const answer of answers) {
    refuses(() => exchange().receive(answer));
    refuses(() => asking(0).receive(answer));
    const busy = asking(0);
    busy.receive({ type: "blobPart", hash: one, ...part });
    refuses(() => busy.receive({ ...answer, hash: one }));
  }
});

test("a second question before the answer to the first ends the session", () => {
  const side = exchange();
  side.receive({ type: "wantBlob", hash: one, from: 0 });
  refuses(() => side.receive({ type: "wantBlob", hash: one, from: 2 }));
});

test("while operations are on their way it keeps still, and then answers and asks", () => {
  const { machine } = exchange();
  assert.deepEqual(machine.receive({ type: "wantBlob", hash: one, from: 0 }), []);
  assert.deepEqual(machine.tell({ type: "wanted" }), []);
  assert.deepEqual(said(machine.advance()), ["readPart", "chooseBlob"]);
});

test("whatever comes in whatever order, there is one open question in each direction", () => {
  const hashes: readonly Hash[] = [one, two];
  const messages = fc.tuple(fc.constantFrom("wantBlob", "blobPart", "noBlob", "blobHere"), fc.nat(1));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(messages, fc.constantFrom("chosen", "taken", "read", "wanted")), { maxLength: 40 }),
      (steps) => {
        const side = exchange();
        let open = { asked: 0, looked: 0, looking: 0, taking: 0 };
        const note = (effects: unknown[]): void => {
          for (const effect of effects) {
            const type = typeof effect === "string" ? effect : (effect as BlobMessage).type;
            if (type === "wantBlob") open = { ...open, asked: open.asked + 1 };
            if (type === "readPart") open = { ...open, looked: open.looked + 1 };
            if (type === "chooseBlob") open = { ...open, looking: open.looking + 1 };
            if (type === "takePart") open = { ...open, taking: open.taking + 1, asked: open.asked - 1 };
            if (type === "giveUp") open = { ...open, asked: open.asked - 1 };
          }
          for (const count of Object.values(open)) assert.ok(count >= 0 && count <= 1, JSON.stringify(open));
          assert.ok(open.asked + open.looking + open.taking <= 1, JSON.stringify(open));
        };
        note(side.start());
        try {
          for (const step of steps) {
            if (typeof step !== "string") {
              const [type, which] = step;
              note(side.receive({ type, hash: hashes[which] as Hash, from: 0, ...part } as BlobMessage));
            } else if (step === "wanted") note(side.tell({ type: "wanted" }));
            else if (step === "chosen" && open.looking > 0) {
              open = { ...open, looking: 0 };
              note(side.tell({ type: "chosen", want: { hash: one, from: 0 } }));
            } else if (step === "taken" && open.taking > 0) {
              open = { ...open, taking: 0 };
              note(side.tell({ type: "taken", outcome: { status: "more", from: 1 } }));
            } else if (step === "read" && open.looked > 0) {
              open = { ...open, looked: 0 };
              note(side.tell({ type: "read", part }));
            }
          }
        } catch (error) {
          assert.ok(error instanceof SessionError && error.code === "E_ORDER", String(error));
        }
      },
    ),
  );
});

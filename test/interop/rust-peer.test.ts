// The witness itself: p2panda's own implementation is built, knows the bytes that it is known for, and syncs with its own kind.
// What it says of our code stands in the other tests of this folder.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readBody } from "../../protocol/festival/index.ts";
import { asSigningKey } from "../../protocol/operation/bytes.ts";
import { needsShared, sharedJson } from "../support/shared-data.ts";
import { RawNode } from "../sync/transport/iroh-harness.ts";
import { type Fields, RustPeer, rustPeerMissing } from "./support/rust-peer.ts";

const options = { skip: rustPeerMissing() };
const TOPIC = "07".repeat(32);
const LOG_ID = "ebaf85b465a09de21b398fb112c1500f2cbe658c42f379e0c0f18d24b819f637";
const SEED = "f47b55d7a1cc5ee3effd80a4e4a0c33112317d0432da9de6ae019ae7e78e16aa";
const KEY = "e415c4190cc7f1647a592ebf8e5f905c2adef9948b175b2b5c11e14511b51620";
const OTHER_SEED = "0b".repeat(32);
/** Discovery walks from peer to peer with pauses of up to half a minute. */
const MEETING_DEADLINE_MS = 90_000;

const VECTORS = "data/vectors/p2panda-wire.json";
const withVectors = { skip: options.skip || needsShared(VECTORS).skip };

function vectors(): Record<string, string> {
  return sharedJson<Record<string, string>>(VECTORS);
}

function verdictOf(answer: Fields): Fields {
  const { id, canonicalHex, canonical, author, seq, validSignature, headerError, operationError } = answer;
  return { id, canonicalHex, canonical, author, seq, validSignature, headerError, operationError };
}

function faultless(hex: string | undefined, id: string | undefined, seq: number): Fields {
  const valid = { validSignature: true, headerError: null, operationError: null };
  return { id, canonicalHex: hex, canonical: true, author: KEY, seq, ...valid };
}

function dialable(spawned: Fields): Fields {
  const [address] = spawned["addresses"] as readonly string[];
  return { nodeId: spawned["nodeId"], address };
}

test("the oracle knows the headers that p2panda-core ships", withVectors, async () => {
  await using oracle = await RustPeer.start();
  for (const [name, seq] of [["A", 0] as const, ["B", 0] as const, ["C", 1] as const]) {
    const hex = vectors()[`${name}_signed`];
    const answer = await oracle.ask("header", { hex, extensions: "none" });
    assert.deepEqual(verdictOf(answer), faultless(hex, vectors()[`${name}_hash`], seq), name);
  }
});

test(
  "the oracle knows the extensions of p2panda's nodes, and which body belongs to a header",
  withVectors,
  async () => {
    await using oracle = await RustPeer.start();
    const { N0_signed, N0_hash, N1_signed, N1_hash, body } = vectors();
    const first = await oracle.ask("header", { hex: N0_signed, bodyHex: body });
    assert.deepEqual(verdictOf(first), faultless(N0_signed, N0_hash, 0));
    const basic = { version: 1, variant: 0, logId: LOG_ID };
    assert.deepEqual(first["extensions"], { ...basic, timestamp: 1785838042000000, prune: false });
    const second = await oracle.ask("header", { hex: N1_signed });
    assert.deepEqual(verdictOf(second), faultless(N1_signed, N1_hash, 1));
    assert.deepEqual(second["extensions"], { ...basic, timestamp: 1785838042000001, prune: true });
    const wrong = await oracle.ask("header", { hex: N0_signed, bodyHex: "00" });
    assert.match(String(wrong["operationError"]), /payload hash and size do not match/);
  },
);

test("the oracle writes the headers that it knows", withVectors, async () => {
  await using oracle = await RustPeer.start();
  const { N0_signed, N0_hash, N1_signed, N1_hash, body } = vectors();
  const common = { seed: SEED, logId: LOG_ID };
  const first = await oracle.ask("encode", { ...common, payload: body, seq: 0, timestamp: 1785838042000000 });
  assert.deepEqual(first, { id: N0_hash, hex: N0_signed });
  const prune = { seq: 1, backlink: N0_hash, timestamp: 1785838042000001, prune: true };
  assert.deepEqual(await oracle.ask("encode", { ...common, ...prune }), { id: N1_hash, hex: N1_signed });
});

test("the oracle judges many headers and signatures at once, each for itself", withVectors, async () => {
  await using oracle = await RustPeer.start();
  const { A_signed = "", A_unsigned, B_signed = "", N0_signed } = vectors();
  const forged = `${A_signed.slice(0, 90)}00${A_signed.slice(92)}`;
  const { verdicts } = await oracle.ask("headers", { extensions: "none", items: [A_signed, forged, "80", N0_signed] });
  const [good, bad, short, extended] = verdicts as readonly Fields[];
  assert.equal(good?.["validSignature"], true);
  assert.equal(bad?.["validSignature"], false);
  assert.match(String(bad?.["headerError"]), /signature does not match/);
  assert.equal(typeof short?.["error"], "string");
  assert.match(String(extended?.["error"]), /excessive field/);
  const signature = { key: KEY, sig: A_signed.slice(76, 204), msg: A_unsigned };
  const items = [signature, { ...signature, msg: "00" }, { ...signature, sig: "00" }, { ...signature, key: B_signed }];
  assert.deepEqual(await oracle.ask("signatures", { items }), { valid: [true, false, false, false] });
});

test("a command that the peer does not know is refused, and the next is answered", options, async () => {
  await using peer = await RustPeer.start();
  await assert.rejects(peer.ask("dance"), /unknown variant `dance`/);
  await assert.rejects(peer.ask("heights", { topic: TOPIC }), /spawn one first/);
  assert.deepEqual(await peer.ask("close"), {});
});

test("a Rust peer brings its operations to another, those of before and those of now", options, async () => {
  await using author = await RustPeer.start();
  await using reader = await RustPeer.start();
  assert.equal((await author.ask("spawn", { seed: SEED }))["nodeId"], KEY);
  const there = await reader.ask("spawn", { seed: OTHER_SEED });
  await author.ask("subscribe", { topic: TOPIC });
  await reader.ask("subscribe", { topic: TOPIC });
  const { ids } = await author.ask("publish", { topic: TOPIC, count: 10, bytes: 100 });
  await author.ask("addPeer", dialable(there));
  const read = await reader.waitForAll(10, (event) => event.event === "operation", MEETING_DEADLINE_MS);
  assert.deepEqual([...new Set(read.map((event) => event["id"]))], ids);

  const log = { author: KEY, logId: LOG_ID };
  assert.deepEqual(await reader.ask("heights", { topic: TOPIC }), {
    logs: [{ ...log, lowest: 0, highest: 9, count: 10 }],
  });
  await author.ask("prune", { topic: TOPIC, message: "a clean page" });
  const pruned = await reader.waitFor((event) => event["prune"] === true, MEETING_DEADLINE_MS);
  assert.equal(pruned["seq"], 10);
  assert.deepEqual(await reader.ask("heights", { topic: TOPIC }), {
    logs: [{ ...log, lowest: 10, highest: 10, count: 1 }],
  });
});

test("the festival event of a Rust peer is one that we understand", options, async () => {
  await using author = await RustPeer.start();
  await author.ask("spawn", { seed: SEED });
  await author.ask("subscribe", { topic: TOPIC });
  const start = Date.UTC(2026, 6, 17, 20) / 1_000;
  const event = { title: "Songs at the fire", start, end: start + 3_600, tz: "Europe/Berlin", place: "Big oak" };
  await author.ask("festivalEvent", { topic: TOPIC, ...event });
  const { bodyHex, festival } = await author.waitFor(({ event }) => event === "operation");
  assert.partialDeepStrictEqual(readBody(Buffer.from(String(bodyHex), "hex")), {
    status: "understood",
    body: {
      a: "create",
      s: "event/1",
      f: {
        title: event.title,
        when: { m: "exact", start, end: event.end, tz: event.tz },
        place: { text: event.place },
      },
    },
  });
  assert.partialDeepStrictEqual(festival, { schema: "event/1", action: "create", ...event });
  assert.deepEqual(await author.ask("decodeFestival", { bodyHex }), { festival });
});

test("a value is published with the keys in their one order", options, async () => {
  await using author = await RustPeer.start();
  await author.ask("spawn", { seed: SEED });
  await author.ask("subscribe", { topic: TOPIC });
  await author.ask("publishValue", { topic: TOPIC, valueJson: { zz: [1, 70_000], a: { long: true, s: null } } });
  const cborHex = "a2627a7a820a1a00011170";
  await author.ask("publishValue", { topic: TOPIC, cborHex: `${cborHex}616100` });
  const [json, cbor] = await author.waitForAll(2, ({ event }) => event === "operation");
  assert.equal(json?.["bodyHex"], "a26161a26173f6646c6f6e67f5627a7a82011a00011170");
  assert.equal(cbor?.["bodyHex"], `${cborHex}616100`, "given bytes keep their order");
});

test("the raw side reports what it hears and says what it is told", options, async () => {
  await using raw = await RustPeer.start();
  const there = await raw.ask("rawListen", { seed: SEED });
  await using us = await RawNode.open(asSigningKey(new Uint8Array(32).fill(1)));
  const { nodeId, address } = dialable(there);
  const connection = await us.dial(`${nodeId}@${address}`);
  const stream = await connection.openBi();
  await stream.send.writeAll(Array.from(Buffer.from("0000000101", "hex")));
  const heard = await raw.waitFor(({ event }) => event === "rawFrame");
  assert.partialDeepStrictEqual(heard, { connection: 1, stream: 1, hex: "0000000101" });
  await raw.ask("rawSend", { stream: 1, hex: "c0ffee" });
  await raw.ask("rawFinish", { stream: 1 });
  assert.deepEqual(await stream.recv.readToEnd(16), [0xc0, 0xff, 0xee]);
  await raw.ask("rawClose", { code: 7, reason: "enough" });
  assert.match(await connection.closed(), /enough/);
});

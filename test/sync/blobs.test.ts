// The blobs of a device: fetched from one peer each, compared before they are kept and before they are given, dropped when
// nothing needs them. Peers that lie are found out and asked no more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Hash, toHex } from "../../protocol/operation/bytes.ts";
import { type BlobListener, Blobs } from "../../sync/blobs.ts";
import type { BlobStore } from "../../sync/ports.ts";
import { MAX_PART_BYTES } from "../../sync/session/blob-message.ts";
import { MemoryBlobs } from "../../sync/store/memory-blobs.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { createToyCrypto } from "../support/toy-crypto.ts";

const suite = createToyCrypto();
const LACKS_NOTHING: ReadonlySet<string> = new Set();

function blob(fill: number, length = 3 * MAX_PART_BYTES + 1): Uint8Array {
  return new Uint8Array(length).fill(fill);
}

class Device {
  readonly clock = new FakeClock();
  readonly shelf: BlobStore;
  readonly needed: { hash: Hash; bytes: number }[] = [];
  readonly told: string[] = [];
  readonly warned: unknown[] = [];
  accepts = true;
  readonly blobs: Blobs;

  constructor(shelf: BlobStore = new MemoryBlobs()) {
    this.shelf = shelf;
    const warn = (_message: string, fields?: Readonly<Record<string, unknown>>) => this.warned.push(fields?.["reason"]);
    this.blobs = new Blobs({
      store: shelf,
      suite,
      clock: this.clock,
      logger: { debug: () => {}, info: () => {}, warn, error: warn },
      policy: { needed: () => this.needed, accepts: () => this.accepts },
    });
    const listener: BlobListener = {
      wanted: () => this.told.push("wanted"),
      here: (hash) => this.told.push(`here ${toHex(hash).slice(0, 4)}`),
    };
    this.blobs.subscribe(listener);
  }

  need(...blobs: readonly Uint8Array[]): Hash[] {
    const hashes = blobs.map((bytes) => suite.hash(bytes));
    for (const [index, hash] of hashes.entries())
      this.needed.push({ hash, bytes: (blobs[index] as Uint8Array).length });
    this.blobs.renewed();
    return hashes;
  }

  /** Fetches from a peer until it gives nothing any more; what the peer answers, `answer` says. */
  async fetch(asker: { readonly key: string }, source: Uint8Array, parts = Number.POSITIVE_INFINITY): Promise<string> {
    const want = await this.blobs.choose(asker, LACKS_NOTHING);
    if (want === undefined) return "nothing";
    let from = want.from;
    for (let sent = 0; sent < parts; sent++) {
      const bytes = source.subarray(from, from + MAX_PART_BYTES);
      const outcome = await this.blobs.take(asker, want.hash, { total: source.length, bytes });
      if (outcome.status !== "more") return outcome.status;
      from = outcome.from;
    }
    return `cut at ${from}`;
  }
}

const [ada, ben] = [{ key: "ada" }, { key: "ben" }];

test("a blob that came whole is kept, told, and given back part by part", async () => {
  const device = new Device();
  const bytes = blob(1);
  const [hash] = device.need(bytes) as [Hash];
  assert.equal(await device.fetch(ada, bytes), "over");
  assert.deepEqual(await device.blobs.get(hash), bytes);
  assert.ok(device.told.includes(`here ${toHex(hash).slice(0, 4)}`));
  assert.equal(await device.fetch(ada, bytes), "nothing");
  const parts = [];
  for (let from = 0; from < bytes.length; from += MAX_PART_BYTES) parts.push(await device.blobs.part({ hash, from }));
  assert.deepEqual(
    parts.map((part) => part?.bytes.length),
    [MAX_PART_BYTES, MAX_PART_BYTES, MAX_PART_BYTES, 1],
  );
  assert.equal(await device.blobs.part({ hash, from: bytes.length }), undefined);
});

test("two peers fetch two blobs, never the same; the most wanted comes first", async () => {
  const device = new Device();
  const [first, second] = device.need(blob(1), blob(2));
  assert.deepEqual((await device.blobs.choose(ada, LACKS_NOTHING))?.hash, first);
  assert.deepEqual((await device.blobs.choose(ben, LACKS_NOTHING))?.hash, second);
  assert.equal(await device.blobs.choose({ key: "cleo" }, LACKS_NOTHING), undefined);
  device.blobs.giveUp(ada);
  assert.deepEqual((await device.blobs.choose({ key: "cleo" }, LACKS_NOTHING))?.hash, first);
  assert.equal(await device.blobs.choose(ada, new Set([toHex(first as Hash)])), undefined);
});

test("what was cut off goes on with the same peer, and from the beginning with another", async () => {
  const device = new Device();
  const bytes = blob(1);
  device.need(bytes);
  assert.equal(await device.fetch(ada, bytes, 2), `cut at ${2 * MAX_PART_BYTES}`);
  device.blobs.left(ada);
  const again = { key: "ada" };
  assert.equal((await device.blobs.choose(again, LACKS_NOTHING))?.from, 2 * MAX_PART_BYTES);
  device.blobs.left(again);
  assert.equal((await device.blobs.choose(ben, LACKS_NOTHING))?.from, 0);
  device.blobs.giveUp(ben);
  assert.equal(await device.fetch(ben, bytes), "over");
});

test("wrong bytes are not kept, the peer that sent them is asked for nothing more, and another one is", async () => {
  const device = new Device();
  const [first] = device.need(blob(1), blob(2)) as [Hash, Hash];
  assert.equal(await device.fetch(ada, blob(9)), "failed");
  assert.deepEqual(device.warned, ["E_BLOB_HASH"]);
  assert.equal(await device.blobs.get(first), undefined);
  assert.equal(await device.fetch(ada, blob(2)), "nothing");
  assert.equal(await device.fetch({ key: "ada" }, blob(2)), "nothing", "in a later session neither");
  assert.equal(await device.fetch(ben, blob(1)), "over");
});

test("one wrong bit in a part that was resumed is the same peer's fault", async () => {
  const device = new Device();
  const bytes = blob(1);
  device.need(bytes);
  const garbled = bytes.slice();
  garbled[5] = 2;
  await device.fetch(ada, garbled, 1);
  device.blobs.left(ada);
  assert.equal(await device.fetch({ key: "ada" }, bytes), "failed");
  assert.equal(await device.fetch(ben, bytes), "over");
});

test("a length that changes and a part that is too long or too short are lies; one beyond what is named may be the name's", async () => {
  const device = new Device();
  const bytes = blob(1);
  const [hash] = device.need(bytes) as [Hash];
  const take = (asker: { readonly key: string }, total: number, length: number) =>
    device.blobs.take(asker, hash, { total, bytes: bytes.subarray(0, length) });
  const liars = [{ key: "changes" }, { key: "overruns" }, { key: "drips" }] as const;
  await device.blobs.choose(liars[0], LACKS_NOTHING);
  assert.equal((await take(liars[0], bytes.length, MAX_PART_BYTES)).status, "more");
  assert.equal((await take(liars[0], bytes.length - 1, MAX_PART_BYTES)).status, "failed");
  await device.blobs.choose(liars[1], LACKS_NOTHING);
  assert.equal((await take(liars[1], 5, 10)).status, "failed");
  await device.blobs.choose(liars[2], LACKS_NOTHING);
  assert.equal((await take(liars[2], bytes.length, 1)).status, "failed");
  for (const liar of liars) assert.equal(await device.blobs.choose(liar, LACKS_NOTHING), undefined);
  await device.blobs.choose(ada, LACKS_NOTHING);
  assert.equal((await take(ada, bytes.length + 1, 10)).status, "failed");
  assert.ok(await device.blobs.choose(ada, LACKS_NOTHING));
  assert.deepEqual(device.warned, Array(4).fill("E_BLOB_SIZE"));
});

test("a peer that falls silent loses its turn after half a minute, and what it says later is of no concern", async () => {
  const device = new Device();
  const bytes = blob(1);
  const [hash] = device.need(bytes) as [Hash];
  await device.fetch(ada, bytes, 1);
  device.clock.advance(29_999);
  assert.equal(await device.blobs.choose(ben, LACKS_NOTHING), undefined);
  device.told.length = 0;
  device.clock.advance(1);
  assert.deepEqual(device.told, ["wanted"]);
  assert.ok(await device.blobs.choose(ben, LACKS_NOTHING));
  const late = await device.blobs.take(ada, hash, { total: bytes.length, bytes: bytes.subarray(0, 10) });
  assert.equal(late.status, "over");
  device.blobs.left(ben);
  assert.equal(device.clock.waiting, 0);
});

test("bytes that are right and of no kind that is carried are refused once and for all, and nobody is blamed", async () => {
  const device = new Device();
  const [first, second] = [blob(1), blob(2)];
  device.need(first, second);
  device.accepts = false;
  assert.equal(await device.fetch(ada, first), "failed");
  assert.deepEqual([await device.shelf.held(), device.warned], [[], ["E_BLOB_KIND"]]);
  device.accepts = true;
  assert.equal(await device.fetch(ben, second), "over", "the first is not asked for again");
  assert.equal(await device.fetch(ada, first), "nothing");
});

test("what decayed on the card is not given, goes, and is fetched again", async () => {
  const device = new Device();
  const bytes = blob(1);
  const [hash] = device.need(bytes) as [Hash];
  await device.shelf.put(hash, blob(7));
  assert.equal(await device.blobs.part({ hash, from: 0 }), undefined);
  assert.deepEqual(await device.shelf.held(), []);
  assert.equal(await device.fetch(ada, bytes), "over");
  assert.deepEqual(await device.blobs.get(hash), bytes);
});

test("what is not needed any more goes; what is being named stays", async () => {
  const device = new Device();
  const [kept, gone, own] = [blob(1), blob(2), blob(3)];
  const [keptHash] = device.need(kept, gone) as [Hash];
  await device.fetch(ada, kept);
  await device.fetch(ada, gone);
  device.needed.pop();
  const named = await device.blobs.add([own], async () => {
    assert.equal(await device.blobs.tidy(), 1);
    return (await device.shelf.held()).length;
  });
  assert.equal(named, 2);
  assert.equal(await device.blobs.tidy(), 1, "it was not named after all");
  assert.deepEqual(
    (await device.shelf.held()).map(({ hash }) => toHex(hash)),
    [toHex(keptHash)],
  );
  assert.equal(await device.blobs.get(suite.hash(gone)), undefined);
});

test("own blobs are durable before they are named, and are not named where they cannot be", async () => {
  const broken = new MemoryBlobs();
  broken.put = () => Promise.reject(new Error("read-only"));
  const device = new Device(broken);
  let named = false;
  await assert.rejects(
    device.blobs.add([blob(1)], async () => {
      named = true;
    }),
    /read-only/,
  );
  assert.equal(named, false);
});

test("a card that is full costs the blob, not the peer", async () => {
  const full = new MemoryBlobs();
  full.put = () => Promise.reject(new Error("no room"));
  const device = new Device(full);
  const bytes = blob(1);
  device.need(bytes);
  assert.equal(await device.fetch(ada, bytes), "failed");
  assert.deepEqual(device.warned, ["Error: no room"]);
  assert.ok(await device.blobs.choose(ada, LACKS_NOTHING));
});

test("room is made before a new blob is put", async () => {
  const device = new Device();
  const [old, fresh] = [blob(1), blob(2)];
  device.need(old);
  await device.fetch(ada, old);
  device.needed.length = 0;
  device.need(fresh);
  const most: number[] = [];
  const put = device.shelf.put.bind(device.shelf);
  device.shelf.put = async (hash, bytes) => {
    most.push((await device.shelf.held()).length);
    return put(hash, bytes);
  };
  assert.equal(await device.fetch(ben, fresh), "over");
  assert.deepEqual(most, [0]);
});

// The pictures of a box follow its documents: named, they are wanted; with the last document that names them they go; and
// what is no picture is never kept and never given out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { RetentionKeeper } from "../../device/keeper/retention-keeper.ts";
import { Pictures } from "../../device/pictures.ts";
import { asHash, fromHex, toHex } from "../../protocol/operation/bytes.ts";
import { MAX_BLOB_BYTES } from "../../protocol/operation/limits.ts";
import type { NewEntry } from "../../sync/ports.ts";
import { MAX_PART_BYTES } from "../../sync/session/blob-message.ts";
import { SqliteBlobs } from "../../sync/store/sqlite-blobs.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { somePng } from "../support/some-picture.ts";
import { berlin, CRYPTO, docOf, FestivalBox, Person, TOPIC } from "./programme/festival-box.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const NEVER = new Set<string>();
const friend = { key: "friend" };

class PictureBox extends FestivalBox {
  readonly clock = new FakeClock();
  readonly shelf = new SqliteBlobs(this.database, TOPIC);
  readonly pictures: Pictures;

  constructor(megabytes = 256) {
    super();
    const claims = () => this.programme.pictureClaims();
    const { shelf: store, clock } = this;
    this.pictures = new Pictures({ store, suite: CRYPTO, claims, megabytes, clock, logger: silent });
  }

  async listen(...operations: readonly NewEntry[]): Promise<void> {
    await this.hear(operations);
    this.pictures.blobs.renewed();
  }

  /** A friend has all of these. Gives how many were wanted. */
  async fetch(...known: readonly Uint8Array[]): Promise<number> {
    for (let fetched = 0; ; fetched++) {
      const want = await this.pictures.blobs.choose(friend, NEVER);
      const bytes = known.find((each) => want && toHex(CRYPTO.hash(each)) === toHex(want.hash));
      if (want === undefined || bytes === undefined) {
        this.pictures.blobs.giveUp(friend);
        return fetched;
      }
      for (let from = 0; from < bytes.length; from += MAX_PART_BYTES) {
        await this.pictures.blobs.take(friend, want.hash, {
          total: bytes.length,
          bytes: bytes.subarray(from, from + MAX_PART_BYTES),
        });
      }
    }
  }

  async held(): Promise<string[]> {
    return (await this.shelf.held()).map(({ hash }) => toHex(hash)).sort();
  }
}

function hashOf(bytes: Uint8Array): string {
  return toHex(CRYPTO.hash(bytes));
}

function photo(person: Person, pictures: readonly Uint8Array[], more: object = {}): NewEntry {
  const blobs = pictures.map((bytes) => ({ h: hashOf(bytes), t: "image/png" as const, n: bytes.length }));
  return person.write({ a: "create", s: "note/1", f: { kind: "photo", blobs, ...more } });
}

test("a picture that a note names is wanted, fetched, and given out as what it is", async () => {
  const box = new PictureBox();
  const fire = somePng(1, { width: 800, height: 600, bytes: 100_000 });
  await box.listen(photo(new Person("Ada"), [fire]));
  assert.equal(await box.pictures.pictureOf(hashOf(fire)), undefined);
  assert.equal(await box.fetch(fire), 1);
  assert.deepEqual(await box.pictures.pictureOf(hashOf(fire)), {
    mediaType: "image/png",
    width: 800,
    height: 600,
    hasCameraNotes: false,
    bytes: fire,
  });
});

test("a page that calls itself a picture is neither kept nor given out", async () => {
  const box = new PictureBox();
  const page = new TextEncoder().encode("<script>alert(1)</script>");
  await box.listen(photo(new Person("Mallory"), [page]));
  await box.fetch(page);
  assert.deepEqual(await box.held(), []);
  await box.shelf.put(asHash(fromHex(hashOf(page))), page);
  assert.equal(await box.pictures.pictureOf(hashOf(page)), undefined);
  const own = box.pictures.add([page], async () => {});
  await assert.rejects(own, { code: "E_PICTURE" });
});

test("a picture stays as long as any document names it, and goes with the last", async () => {
  const box = new PictureBox();
  const [ada, ben] = [new Person("Ada"), new Person("Ben")];
  const fire = somePng(1);
  const notes = [photo(ada, [fire]), photo(ben, [fire])] as const;
  await box.listen(...notes);
  await box.fetch(fire);
  await box.listen(ada.write({ a: "delete", s: "note/1", d: docOf(notes[0]) }));
  assert.equal(await box.pictures.blobs.tidy(), 0);
  await box.listen(ben.write({ a: "update", s: "note/1", d: docOf(notes[1]), f: { blobs: null } }));
  assert.equal(await box.pictures.blobs.tidy(), 1);
  assert.equal(await box.fetch(fire), 0);
});

test("events, venues and profiles keep their pictures; somebody else's change of a document does not count", async () => {
  const box = new PictureBox();
  const ada = new Person("Ada");
  const pictures = [1, 2, 3].map((seed) => somePng(seed));
  const [soup, barn, face] = pictures.map((bytes) => ({ h: hashOf(bytes), t: "image/png" as const, n: bytes.length }));
  assert.ok(soup && barn && face);
  const event = ada.event("Soup", { images: [soup] });
  await box.listen(
    event,
    ada.write({ a: "create", s: "resource/1", f: { kind: "venue", title: "Barn", images: [barn] } }),
    ada.write({ a: "set", s: "profile/1", k: "", f: { avatar: face } }),
    new Person("Mallory").write({ a: "update", s: "event/1", d: docOf(event), f: { images: [] } }),
  );
  assert.equal(await box.fetch(...pictures), 3);
  assert.equal(await box.pictures.blobs.tidy(), 0);
});

test("M-60, M-61: with what has expired and with what is to be forgotten the pictures go too", async () => {
  const box = new PictureBox();
  const ada = new Person("Ada");
  const [old, said, kept] = [1, 2, 3].map((seed) => somePng(seed)) as [Uint8Array, Uint8Array, Uint8Array];
  await box.listen(
    photo(new Person("Ben"), [old], { expires: berlin("13:00") }),
    photo(ada, [said]),
    photo(new Person("Cleo"), [kept], { archive: "yes" }),
  );
  await box.fetch(old, said, kept);
  const keeper = new RetentionKeeper({
    store: box.store,
    programme: box.programme,
    blobs: box.pictures.blobs,
    subscribe: () => () => {},
    clock: box.clock,
    logger: silent,
    now: () => berlin("14:00", "2026-07-18"),
    pinned: () => false,
  });
  await box.listen(ada.write({ a: "set", s: "forget/1", k: "", f: { upTo: 0 } }));
  keeper.start();
  await keeper.stop();
  assert.deepEqual(await box.held(), [hashOf(kept)]);
});

test("where there is no more room the oldest picture goes for the newest; one author takes an eighth", async () => {
  const box = new PictureBox(4);
  const pictures = Array.from({ length: 10 }, (_, seed) => somePng(seed, { bytes: MAX_BLOB_BYTES }));
  for (const [index, bytes] of pictures.entries()) {
    await box.listen(photo(new Person(`guest ${index}`), [bytes]));
    await box.fetch(bytes);
  }
  assert.deepEqual(await box.held(), pictures.slice(2).map(hashOf).sort());
  const flood = Array.from({ length: 5 }, (_, seed) => somePng(100 + seed, { bytes: MAX_BLOB_BYTES }));
  const mallory = new Person("Mallory");
  await box.listen(...flood.map((bytes) => photo(mallory, [bytes])));
  await box.fetch(...flood);
  assert.deepEqual(await box.held(), [...pictures.slice(3), flood[4] as Uint8Array].map(hashOf).sort());
});

test("a box that carries none wants none and takes none of its own", async () => {
  const box = new PictureBox(0);
  const fire = somePng(1);
  await box.listen(photo(new Person("Ada"), [fire]));
  assert.equal(await box.fetch(fire), 0);
  await assert.rejects(
    box.pictures.add([fire], async () => {}),
    { code: "E_PICTURE_ROOM" },
  );
});

test("who names thousands of pictures is heard for a thousand, and the others as before", async () => {
  const box = new PictureBox();
  const mallory = new Person("Mallory");
  const names = Array.from({ length: 1_200 }, (_, index) => CRYPTO.hash(Uint8Array.of(index >> 8, index & 255)));
  const notes = Array.from({ length: 150 }, (_, page) =>
    mallory.write({
      a: "create",
      s: "note/1",
      f: { blobs: names.slice(8 * page, 8 * page + 8).map((hash) => ({ h: toHex(hash), t: "image/png", n: 1 })) },
    }),
  );
  const fire = somePng(1);
  await box.listen(...notes, photo(new Person("Ada"), [fire]));
  assert.equal(box.programme.pictureClaims().length, 1_001);
  assert.equal(await box.fetch(fire), 1);
});

test("the claims are the same after the tables were made anew", async () => {
  const box = new PictureBox();
  const ada = new Person("Ada");
  const [one, two] = [somePng(1), somePng(2)];
  const note = photo(ada, [one, two, one]);
  await box.listen(note, photo(new Person("Ben"), [two]));
  await box.listen(ada.write({ a: "update", s: "note/1", d: docOf(note), f: { text: "At dawn" } }));
  const before = box.tables()["picture"];
  assert.equal(before?.length, 3);
  box.programme.rebuild();
  assert.deepEqual(box.tables()["picture"], before);
});

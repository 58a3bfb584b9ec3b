// Which pictures documents name, and which a device with so much room carries.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { choosePictures, type PictureClaim, picturesIn } from "../../../protocol/festival/picture.ts";
import { checkFields, type SchemaName } from "../../../protocol/festival/schema.ts";
import type { Document } from "../../../protocol/festival/view.ts";
import { MAX_BLOB_BYTES } from "../../../protocol/operation/limits.ts";

const hash = (digit: string) => digit.repeat(64);

function documentOf(schema: SchemaName, fields: object): Document {
  return { schema, doc: hash("d"), key: "", author: hash("a"), version: hash("e"), fields } as unknown as Document;
}

test("notes, events, resources, frames and profiles name pictures; nothing else does", () => {
  const blob = { h: hash("1"), t: "image/webp", n: 9 };
  const named: readonly (readonly [SchemaName, object])[] = [
    ["note/1", { blobs: [blob] }],
    ["event/1", { images: [blob] }],
    ["resource/1", { images: [blob] }],
    ["frame/1", { plan: blob }],
    ["profile/1", { avatar: blob }],
  ];
  for (const [schema, fields] of named) {
    assert.deepEqual(
      picturesIn(documentOf(schema, fields)),
      [{ hash: hash("1"), mediaType: "image/webp", bytes: 9 }],
      schema,
    );
    assert.deepEqual(picturesIn(documentOf(schema, {})), [], schema);
  }
  assert.deepEqual(picturesIn(documentOf("page/1", { images: [blob], blobs: [blob] })), []);
});

test("what cannot travel is named in vain: sounds, texts, and what is empty or too large", () => {
  const picture = { h: hash("1"), t: "image/png", n: MAX_BLOB_BYTES, px: [640, 480], alt: "The fire" };
  const blobs = [
    { ...picture, t: "audio/ogg" },
    { ...picture, t: "text/plain" },
    { ...picture, n: 0 },
    { ...picture, n: MAX_BLOB_BYTES + 1 },
    picture,
  ];
  assert.deepEqual(checkFields("note/1", { blobs }), []);
  assert.deepEqual(picturesIn(documentOf("note/1", { blobs })), [
    {
      hash: hash("1"),
      mediaType: "image/png",
      bytes: MAX_BLOB_BYTES,
      size: { width: 640, height: 480 },
      alt: "The fire",
    },
  ]);
});

test("a size of no pixels, or of too many, and a text of several lines make a document invalid", () => {
  const good = { h: hash("1"), t: "image/png", n: 1, px: [1, 16_383], alt: "" };
  assert.deepEqual(checkFields("frame/1", { title: "Camp", plan: good }), []);
  for (const wrong of [{ px: [0, 1] }, { px: [1] }, { px: [16_384, 1] }, { alt: "a\nb" }, { alt: "x".repeat(501) }]) {
    assert.equal(checkFields("frame/1", { title: "Camp", plan: { ...good, ...wrong } as never }).length, 1);
  }
});

const claim = (name: string, author: string, bytes = 10_000): PictureClaim => ({ hash: hash(name), author, bytes });

test("the newest pictures stay where there is not room for all", () => {
  const claims = ["1", "2", "3", "4"].map((name) => claim(name, "ada"));
  const chosen = choosePictures(claims, { totalBytes: 25_000, authorBytes: 25_000 });
  assert.deepEqual(chosen, [claims[3], claims[2]]);
});

test("one author with many pictures leaves room for the others", () => {
  const flood = ["2", "3", "4", "5"].map((name) => claim(name, "mallory"));
  const chosen = choosePictures([claim("1", "ada"), ...flood], { totalBytes: 40_000, authorBytes: 20_000 });
  assert.deepEqual(
    chosen.map(({ author }) => author),
    ["mallory", "mallory", "ada"],
  );
});

test("a picture that is named again is as new as its last name, counts for the first, and takes the largest size", () => {
  const claims = [claim("1", "ada", 5_000), claim("2", "ben", 9_000), claim("1", "cleo", 7_000)];
  assert.deepEqual(choosePictures(claims, { totalBytes: 7_500, authorBytes: 7_500 }), [claim("1", "ada", 7_000)]);
});

test("a crowd of tiny pictures is not free", () => {
  const crowd = Array.from({ length: 100 }, (_, index) => ({
    hash: index.toString(16).padStart(64, "0"),
    author: "m",
    bytes: 1,
  }));
  assert.equal(choosePictures(crowd, { totalBytes: 40_960, authorBytes: 40_960 }).length, 10);
});

test("no limit is ever broken, nothing is chosen twice, and a box with room for nothing chooses nothing", () => {
  const claims = fc.array(
    fc.record({
      hash: fc.constantFrom(..."0123456789abcdef".split("").map(hash)),
      author: fc.constantFrom("ada", "ben", "cleo"),
      bytes: fc.integer({ min: 1, max: MAX_BLOB_BYTES }),
    }),
    { maxLength: 60 },
  );
  const limits = fc.record({ totalBytes: fc.nat(4_000_000), authorBytes: fc.nat(2_000_000) });
  fc.assert(
    fc.property(claims, limits, (all, { totalBytes, authorBytes }) => {
      const chosen = choosePictures(all, { totalBytes, authorBytes });
      const sum = (some: readonly PictureClaim[]) => some.reduce((bytes, each) => bytes + each.bytes, 0);
      const shares = ["ada", "ben", "cleo"].map((author) => sum(chosen.filter((each) => each.author === author)));
      assert.equal(new Set(chosen.map((each) => each.hash)).size, chosen.length);
      assert.ok(sum(chosen) <= totalBytes && Math.max(...shares) <= authorBytes);
      assert.deepEqual(choosePictures(all, { totalBytes: 0, authorBytes: 0 }), []);
      const roomy = choosePictures(all, { totalBytes: 1e12, authorBytes: 1e12 });
      assert.equal(roomy.length, new Set(all.map((each) => each.hash)).size);
    }),
  );
});

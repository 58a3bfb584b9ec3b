// Animal names (M-42): the same key has the same name everywhere, and every name is as likely as any other.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { animalName } from "../../../protocol/festival/animal-name.ts";
import { ADJECTIVES } from "../../../protocol/festival/words/adjectives.ts";
import { ANIMALS } from "../../../protocol/festival/words/animals.ts";

/** A hash whose first eight bytes are these. */
function keyHash(...first: readonly number[]): Uint8Array {
  const hash = new Uint8Array(32);
  hash.set(first);
  return hash;
}

test("there are 512 adjectives and 512 animals, plain, short, sorted, no word twice", () => {
  for (const words of [ADJECTIVES, ANIMALS]) {
    assert.equal(words.length, 512);
    assert.deepEqual([...new Set(words)].sort(), words);
    for (const word of words) assert.match(word, /^[a-z]{2,13}$/);
  }
  assert.equal(new Set([...ADJECTIVES, ...ANIMALS]).size, 1024);
});

test("the lists are frozen: a changed word would rename everybody", () => {
  const digest = createHash("sha256")
    .update([...ADJECTIVES, ...ANIMALS].join(" "))
    .digest("hex");
  assert.equal(digest, "1190879a269a08489258da7569c55d2fcc8fff0e19a9a71e631dd057a6de84f1");
});

test("names and digits come from the first eight bytes of the hash", () => {
  assert.deepEqual(animalName(keyHash(0, 0, 0, 0)), { name: "Abundant Aardvark", digits: "0000" });
  assert.deepEqual(animalName(keyHash(1, 255, 1, 255, 0, 0, 48, 57)), { name: "Zippy Zebu", digits: "2345" });
  assert.deepEqual(animalName(keyHash(255, 255, 254, 0, 255, 255, 255, 255)), {
    name: "Zippy Aardvark",
    digits: "7295",
  });
  const other = keyHash(0, 0, 0, 0).fill(9, 8);
  assert.deepEqual(animalName(other), animalName(keyHash()));
});

test("a hash that stands inside a larger buffer has the name it has alone", () => {
  const hash = new Uint8Array(createHash("sha256").update("key").digest());
  const inside = new Uint8Array(40);
  inside.set(hash, 5);
  assert.deepEqual(animalName(inside.subarray(5, 37)), animalName(hash));
});

test("every adjective and every animal has the same share of all hashes", () => {
  const seen = new Map<string, number>();
  for (let n = 0; n < 65_536; n++) {
    const { name } = animalName(keyHash(n >> 8, n & 255, n >> 8, n & 255));
    for (const word of name.split(" ")) seen.set(word, (seen.get(word) ?? 0) + 1);
  }
  assert.equal(seen.size, 1024);
  assert.deepEqual(new Set(seen.values()), new Set([128]));
});

test("B12: of 218 keys at one festival hardly two share a name, and who does has digits of their own", () => {
  const festivals = Array.from({ length: 300 }, (_, festival) =>
    Array.from({ length: 218 }, (_, key) => animalName(createHash("sha256").update(`${festival} ${key}`).digest())),
  );
  const sharing = festivals.filter((names) => new Set(names.map(({ name }) => name)).size < names.length);
  assert.ok(sharing.length / festivals.length < 0.15, `${sharing.length} of 300: one in eleven is what chance gives`);
  for (const names of sharing) {
    assert.equal(new Set(names.map(({ name, digits }) => `${name} ${digits}`)).size, names.length);
  }
});

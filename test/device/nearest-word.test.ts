// "Did you mean …?": which known word a typing mistake points to, and when to say nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nearestWord } from "../../device/nearest-word.ts";

const KNOWN = ["web.port", "web.host", "peers.addresses"];

test("a letter too few, too many, wrong or swapped still finds the word", () => {
  for (const typed of ["web.prt", "web.portt", "web.pord", "web.prot"]) {
    assert.equal(nearestWord(typed, KNOWN), "web.port", typed);
  }
});

test("two letters swapped are one mistake, also at the start and in a short word", () => {
  assert.equal(nearestWord("Bran", ["Barn", "Lake"]), "Barn");
  assert.equal(nearestWord("ab", ["ba"]), "ba");
  assert.equal(nearestWord("Rbna", ["Barn"]), undefined);
});

test("another word is not a typing mistake", () => {
  assert.equal(nearestWord("campfire", KNOWN), undefined);
  assert.equal(nearestWord("", KNOWN), undefined);
  assert.equal(nearestWord("web.port", []), undefined);
});

test("the closer of two words wins, the earlier of two equally close", () => {
  assert.equal(nearestWord("screens", ["screened", "screen"]), "screen");
  assert.equal(nearestWord("cat", ["bat", "hat"]), "bat");
});

test("a known word is its own nearest", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), fc.nat(), (words, choice) => {
      const word = words[choice % words.length] as string;
      assert.equal(nearestWord(word, words), word);
    }),
  );
});

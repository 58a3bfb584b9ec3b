// For which letters a phone looks for a font before they are scrolled to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rareLetters } from "../../device/web/client/parts/rare-letters.ts";

test("what the typeface has, and Latin, is not looked for", () => {
  assert.deepEqual(rareLetters("Café “Łódź” – 19:00 → €5 ™…", new Set()), []);
});

test("the first letter of each range stands for those beside it, once", () => {
  const known = new Set<number>();
  assert.deepEqual(rareLetters("Fork the Government：by 政府 and правительство", known), ["：", "政", "府", "п"]);
  assert.deepEqual(rareLetters("правда： 🔥🎪", known), ["🔥", "🎪"]);
  assert.deepEqual(rareLetters("правда： 🔥🎪", known), []);
});

test("a text in all scripts of the world has an end", () => {
  const all = Array.from({ length: 4_000 }, (_, index) => String.fromCodePoint(0x3000 + index * 256));
  assert.ok(rareLetters(all.join(""), new Set()).length <= 64);
});

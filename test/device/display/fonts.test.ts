// Fonts by the characters a text needs, and what is said about characters that no font has.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { coverageOf, FontFileError } from "../../../device/display/font-coverage.ts";
import { missingGlyphs, typeset } from "../../../device/display/fonts.ts";
import { ARABIC, ENGLISH, FRENCH, GERMAN, SPANISH } from "../../../device/display/words.ts";

const require = createRequire(import.meta.url);
const ATKINSON = require.resolve(
  "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
);

function families(text: string, lang = "en"): readonly string[] {
  return typeset(text, lang)
    .families.split(", ")
    .map((quoted) => quoted.slice(1, -1));
}

test("a font file is asked what it has, not what its package promises", () => {
  const covered = coverageOf(readFileSync(ATKINSON));
  for (const letter of "Aß€…’0") assert.ok(covered.has(letter.codePointAt(0) ?? 0), letter);
  for (const promised of ["\u2191", "\u2193", "\ufffd"]) {
    assert.ok(!covered.has(promised.codePointAt(0) ?? 0), promised);
  }
});

test("bytes that are not a font are an error with a code", () => {
  const woff2 = readFileSync(ATKINSON);
  const broken = [Buffer.alloc(0), Buffer.from("not a font at all"), woff2.subarray(0, 60), woff2.subarray(0, 9000)];
  for (const bytes of broken) {
    assert.throws(
      () => coverageOf(bytes),
      (error) => error instanceof FontFileError && error.code === "E_FONT_FILE",
    );
  }
});

test("the words of the screen need the base font alone, but for Arabic", () => {
  const text = JSON.stringify([ENGLISH, GERMAN, SPANISH, FRENCH].map(sentences));
  assert.deepEqual(families(text), ["atkinson-hyperlegible-next-latin"]);
});

test("every word of the screen has its letters", () => {
  for (const words of [ENGLISH, GERMAN, SPANISH, FRENCH, ARABIC])
    assert.deepEqual(missingGlyphs(sentences(words), words.lang), [], words.lang);
});

/** All that a table can say, sentences with a time or a number in them included. */
function sentences(table: object): string {
  const said = Object.entries(table).map(([name, entry]) => {
    if (name === "ago") return [entry({ minutes: 5 }), entry({ hours: 3 })].join(" ");
    if (typeof entry === "function") return [entry("15:00"), entry(3)].join(" ");
    return typeof entry === "object" ? sentences(entry) : String(entry);
  });
  return said.join(" ");
}

test("each script brings its own font, after the base", () => {
  const [base, script] = families("שלום 12:30");
  assert.deepEqual([base, script], ["atkinson-hyperlegible-next-latin", "noto-sans-hebrew-hebrew"]);
  assert.match(families("مرحبا")[1] ?? "", /arabic/);
  assert.match(families("Узлы")[1] ?? "", /cyrillic/);
  assert.match(families("สวัสดี")[1] ?? "", /thai/);
});

test("the language of a text decides the shape of a Han character", () => {
  assert.match(families("直", "ja")[1] ?? "", /-jp-/);
  assert.match(families("直", "zh-Hans")[1] ?? "", /-sc-/);
  assert.match(families("直", "ko")[1] ?? "", /-kr-/);
});

test("a joined emoji is drawn from one file", () => {
  assert.equal(families("👩‍👩‍👧").length, 2);
  assert.deepEqual(missingGlyphs("👩‍👩‍👧 🏕️"), []);
});

test("a letter no font has is reported and leaves a mark, a lost accent leaves its letter", () => {
  assert.deepEqual(missingGlyphs("தமிழ்"), ["U+0BA4", "U+0BAE", "U+0BBF", "U+0BB4", "U+0BCD"]);
  assert.equal(typeset("தமிழ் ok", "ta").text, "??? ok");
  assert.equal(typeset("a\u0334b", "en").text, "ab");
});

test("what is never drawn needs no glyph", () => {
  assert.deepEqual(missingGlyphs("\u2068a\u2069\u200e"), []);
});

test("a text that wants every font there is gets some of them", () => {
  const text = Array.from({ length: 300 }, (_, index) => String.fromCodePoint(0x4e00 + 67 * index)).join("");
  const { families: chosen, missing } = typeset(text, "zh");
  assert.ok(chosen.split(", ").length <= 21, chosen);
  assert.ok(missing.length > 0);
  assert.deepEqual(missingGlyphs("关于去中心化网络与社区自治的讨论:如何在没有互联网的情况下组织一个节日", "zh"), []);
});

// Lines of text, measured with a ruler: half a size for each grapheme, so that widths can be read off the text.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { displayText } from "../../../device/display/display-text.ts";
import { ELLIPSIS, type FitBox, fitText, lineBreaks, type Measure } from "../../../device/display/text-layout.ts";

const segmenter = new Intl.Segmenter("und");
const ruler: Measure = (text, { size }) => ([...segmenter.segment(text)].length * size) / 2;

function box(characters: number, lines: number, more: Partial<FitBox> = {}): FitBox {
  const ladder = [{ size: 20, lines }];
  return { width: characters * 10, height: 1000, ladder, weight: 500, lang: "en", ...more };
}

function linesOf(text: string, characters: number, lines: number): readonly string[] {
  return fitText(text, box(characters, lines), ruler).lines;
}

/** The text put together again from pieces, each ending where a line may end. */
function pieces(text: string): readonly string[] {
  const ends = lineBreaks(text);
  return ends.map((end, index) => text.slice(index === 0 ? 0 : ends[index - 1], end));
}

test("a title stands in the largest size that holds all of it", () => {
  const ladder = [
    { size: 40, lines: 1 },
    { size: 30, lines: 2 },
    { size: 20, lines: 3 },
  ];
  const sizeOf = (text: string) => fitText(text, box(20, 0, { ladder }), ruler).style.size;
  assert.equal(sizeOf("ten chars!"), 40);
  assert.equal(sizeOf("twelve chars, two lines"), 30);
  assert.equal(sizeOf("a longer title that only stands in three lines"), 20);
});

test("a box that is not high enough for two lines gets one", () => {
  const fitted = fitText("one two three", box(10, 3, { height: 30 }), ruler);
  assert.equal(fitted.lines.length, 1);
  assert.equal(fitted.fit, "cut");
});

test("lines are as even as they get", () => {
  assert.deepEqual(linesOf("bring your broken lamp", 18, 2), ["bring your", "broken lamp"]);
});

test("only the last line ends with an ellipsis, and it is filled first", () => {
  assert.deepEqual(linesOf("one two three four five six seven", 10, 2), ["one two", "three fou…"]);
});

test("a word wider than the line is split only when no size holds it", () => {
  assert.deepEqual(linesOf("Donaudampfschiff fahrt", 10, 3), ["Donaudampf", "schiff", "fahrt"]);
  const ladder = [
    { size: 20, lines: 3 },
    { size: 10, lines: 3 },
  ];
  const smaller = fitText("Donaudampfschiff fahrt", box(10, 3, { ladder }), ruler);
  assert.deepEqual([smaller.style.size, smaller.fit], [10, "whole"]);
});

test("a soft hyphen shows where the line ends and nowhere else", () => {
  assert.deepEqual(linesOf("Groß\u00adraum\u00adbüros", 10, 2), ["Großraum-", "büros"]);
});

test("lines may end after hyphens and slashes", () => {
  assert.deepEqual(pieces("WLAN-Box/Hub"), ["WLAN-", "Box/", "Hub"]);
});

test("Japanese breaks between characters, but not before a full stop", () => {
  assert.deepEqual(pieces("結び方。次"), ["結", "び", "方。", "次"]);
});

test("Thai breaks between words", () => {
  assert.deepEqual(pieces("สวัสดีชาวโลก"), ["สวัสดี", "ชาว", "โลก"]);
});

test("Korean breaks at its spaces", () => {
  assert.deepEqual(pieces("매듭 배우기와"), ["매듭 ", "배우기와"]);
});

test("a right-to-left title is set from the right", () => {
  assert.equal(fitText("שלום", box(10, 1), ruler).direction, "rtl");
});

test("whatever the text, lines stay in their box, in their number, and lose only spaces and the end", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 120 }),
    fc.lorem({ maxCount: 30 }),
    fc.string({ unit: fc.constantFrom(..."ab \u00ad-結。ก้าשל🏕👩‍👩‍👧e\u0301"), maxLength: 120 }),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 4 }), (raw, characters, lines) => {
      const shown = displayText(raw);
      const fitted = fitText(shown, box(characters, lines), ruler);
      assert.ok(fitted.lines.length <= lines);
      for (const line of fitted.lines) assert.ok(ruler(line, fitted.style) <= characters * 10, JSON.stringify(line));
      const bare = (some: string) => some.replaceAll(/[\s\u00ad-]/g, "");
      const joined = bare(fitted.lines.join(""));
      if (fitted.fit !== "cut") assert.equal(joined, bare(shown));
      else assert.ok(bare(shown).startsWith(joined.slice(0, -ELLIPSIS.length)) && joined.endsWith(ELLIPSIS));
    }),
    { numRuns: 500 },
  );
});

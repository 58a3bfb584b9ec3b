// Text of strangers (threat T25).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { directionOf, displayText, isolate, MAX_GRAPHEMES } from "../../../device/display/display-text.ts";

const cases: readonly (readonly [what: string, raw: string, shown: string])[] = [
  ["an honest title", "Löten für alle (ab 8 Jahren)", "Löten für alle (ab 8 Jahren)"],
  ["decomposed letters", "Caf\u0065\u0301", "Caf\u00e9"],
  ["line breaks and tabs", " one\r\n\ttwo\u2028three ", "one two three"],
  ["a terminal escape", "\u001b]0;owned\u0007", "]0;owned"],
  ["C1 controls", "a\u009bb\u0085c", "ab c"],
  ["an override of direction", "abc\u202eevil\u202c", "abcevil"],
  ["isolates of its own", "\u2066a\u2069\u2068b\u2069", "ab"],
  ["spaces without width", "a\u200bb\ufeffc\u2060d", "abcd"],
  ["letters without ink", "\u3164\u115f\uffa0x", "x"],
  ["tag characters", "flag\u{e0067}\u{e0062}\u{e007f}", "flag"],
  ["a stack of marks", `a${"\u0301\u0302\u0303".repeat(9)}b`, "\u00e1\u0302\u0303\u0301b"],
  ["a stack of marks held by joiners", `x${"\u0316\u0317\u0318\u200d".repeat(9)}y`, "x\u0316\u0317\u0318y"],
  ["a flood of joiners", `a${"\u200d\u200c".repeat(50)}b`, "ab"],
  ["joined emoji", "👩‍👩‍👧 ❤️", "👩‍👩‍👧 ❤️"],
  ["half of a surrogate pair", "a\ud83db", "a\ufffdb"],
  ["nothing", "", ""],
];

for (const [what, raw, shown] of cases) {
  test(`${what} is shown as ${JSON.stringify(shown)}`, () => assert.equal(displayText(raw), shown));
}

test("a text without end is cut between graphemes, with an ellipsis", () => {
  const shown = displayText("🏳️‍🌈".repeat(100) + "a".repeat(1000));
  assert.ok(shown.endsWith("…"));
  const family = displayText("e\u0301x".repeat(400));
  assert.equal([...new Intl.Segmenter("und").segment(family)].length, MAX_GRAPHEMES + 1);
});

test("whatever comes in, what comes out is safe and stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (raw) => {
      const shown = displayText(raw);
      assert.doesNotMatch(shown, /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]|\p{M}{4}/u);
      assert.equal(displayText(shown), shown);
    }),
    { numRuns: 500 },
  );
});

test("the first strong letter decides the direction", () => {
  assert.equal(directionOf("12:30 (שלום) hello"), "rtl");
  assert.equal(directionOf("3 × café, مرحبا"), "ltr");
  assert.equal(directionOf("!? 42"), "ltr");
});

test("a name in another direction is isolated from its neighbours", () => {
  assert.equal(isolate("שרה"), "\u2068שרה\u2069");
});

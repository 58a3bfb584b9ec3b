// What a box does not want to see, and the lists that it follows.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ChoiceFile, choose, hiddenBy, NO_CHOICES } from "../../device/local-choice.ts";

const [ADA, BEN, CARL] = ["aa", "bb", "cc"].map((byte) => byte.repeat(32)) as [string, string, string];
const SOUP = "01".repeat(32);

test("nothing is hidden until somebody chooses to", () => {
  assert.equal(hiddenBy({ doc: SOUP, author: ADA, text: "Soup" }, NO_CHOICES, []), undefined);
});

test("a block, a mute, a hidden thing and a word each hide what they name, and say why", () => {
  const soup = { doc: SOUP, author: ADA, text: "Loud soup" };
  const rows = [
    [choose(NO_CHOICES, "blocked", ADA, false), { why: "blocked" }],
    [choose(NO_CHOICES, "muted", ADA, false), { why: "muted" }],
    [choose(NO_CHOICES, "hidden", SOUP, false), { why: "hidden" }],
    [choose(NO_CHOICES, "words", "LOUD", false), { why: "word", word: "LOUD" }],
  ] as const;
  for (const [choices, why] of rows) {
    assert.deepEqual(hiddenBy(soup, choices, []), why);
    assert.equal(hiddenBy({ doc: "02".repeat(32), author: BEN, text: "Tea" }, choices, []), undefined);
  }
});

test("a word hides where it stands by itself, in any script", () => {
  const hides = (word: string, text: string) =>
    hiddenBy({ author: ADA, text }, { ...NO_CHOICES, words: [word] }, []) !== undefined;
  assert.equal(hides("art", "Art, at last"), true);
  assert.equal(hides("art", "a party: art!"), true);
  assert.equal(hides("art", "party"), false);
  assert.equal(hides("Café", "im cafe\u0301"), true);
  assert.equal(hides("🔥", "the 🔥!"), true);
  assert.equal(hides("", "anything"), false);
});

test("a followed list hides people and things, in the name of whoever published it", () => {
  const lists = [{ doc: "03".repeat(32), author: CARL, items: [{ key: BEN }, { doc: SOUP }] }];
  assert.deepEqual(hiddenBy({ author: BEN }, NO_CHOICES, lists), { why: "list", list: CARL });
  assert.deepEqual(hiddenBy({ author: ADA, doc: SOUP }, NO_CHOICES, lists), { why: "list", list: CARL });
  assert.equal(hiddenBy({ author: ADA }, NO_CHOICES, lists), undefined, "an item without a document names no person");
});

test("a choice can be taken back, and stands once however often it was made", () => {
  const once = choose(NO_CHOICES, "blocked", ADA, false);
  assert.deepEqual(choose(once, "blocked", ADA, false), once);
  assert.deepEqual(choose(once, "blocked", ADA, true), NO_CHOICES);
});

test("choices lie in a file that only its owner can read, and a broken one is not taken for none", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-choice-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = new ChoiceFile(folder);
  assert.deepEqual(file.read(), NO_CHOICES);
  const choices = choose(NO_CHOICES, "words", "loud", false);
  file.write(choices);
  assert.deepEqual(new ChoiceFile(folder).read(), choices);
  const path = join(folder, "choices.json");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  for (const broken of ["", "null", '{"blocked": "aa"}', '{"words": [1]}']) {
    writeFileSync(path, broken);
    assert.throws(() => file.read(), { code: "E_CHOICES_BROKEN" }, broken);
  }
});

// What is still read of a lagerfeuer.toml with a broken line in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readToml } from "../../device/toml-text.ts";

const FILE = "box.toml";

function read(...lines: readonly string[]) {
  return readToml(lines.join("\n"), FILE);
}

const broken: readonly (readonly [what: string, line: string])[] = [
  ["a text that does not end", 'venue = "Barn'],
  ["a text without its marks", "venue = Barn"],
  ["marks as a word processor makes them", "venue = “Barn”"],
  ["a key without a value", "venue ="],
  ["a key that stands twice", "off = 2"],
  ["a line of prose", "the door of the barn"],
];

for (const [what, line] of broken) {
  test(`${what} is told with its line, and all others hold`, () => {
    const { table, problems, lineOf } = read("demo = true", "", "[screen]", "off = 1", line, "rotation = 90");
    assert.deepEqual(
      problems.map(({ at }) => at),
      [{ file: FILE, line: 5 }],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(table)), { demo: true, screen: { off: 1, rotation: 90 } });
    assert.equal(lineOf(["screen", "rotation"]), 6);
  });
}

test("the keys below a broken table are not taken for those of the table above it", () => {
  const { table, problems } = read("[web]", "port = 1", "[screen", "rotation = 90", "", "[power]", 'profile = "sign"');
  assert.deepEqual(
    problems.map(({ at }) => at?.line),
    [3],
  );
  assert.deepEqual(JSON.parse(JSON.stringify(table)), { web: { port: 1 }, power: { profile: "sign" } });
});

test("each broken line is told", () => {
  const { problems } = read('a = "x', "b = 1", "c = y", "d = [1", "]");
  assert.deepEqual(
    problems.map(({ at }) => at?.line),
    [1, 3],
  );
});

test("a missing quotation mark is guessed", () => {
  assert.match(read('a = "x', "").problems[0]?.message ?? "", /^box\.toml:1: .*is a quotation mark \("\) missing\?$/);
});

test("what is no TOML at all is told once, and nothing of it holds", () => {
  const poem = Array.from({ length: 20 }, (_, line) => `line ${line} of a poem`);
  const { table, problems } = read(...poem);
  assert.deepEqual([table, problems.length, problems[0]?.at?.line], [{}, 1, 1]);
});

test("any text is read to an end, with a line of the text for each problem", () => {
  const word = fc.constantFrom("[", "]", "a", "=", '"', "'", '"""', "\n", "1", "{", "}", ",", "#", " ", ".", "\r");
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(word, { maxLength: 40 }).map((words) => words.join("")),
  );
  fc.assert(
    fc.property(text, (toml) => {
      const lines = toml.split("\n").length;
      for (const { at } of readToml(toml, FILE).problems)
        assert.ok(at !== undefined && at.line >= 1 && at.line <= lines);
    }),
    { numRuns: 2_000 },
  );
});

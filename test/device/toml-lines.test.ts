// On which line a key of a TOML file stands, however it is written.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "smol-toml";
import { indexTomlLines, type TomlPath } from "../../device/toml-lines.ts";

function linesOf(text: string, ...paths: readonly TomlPath[]): number[] {
  parse(text);
  return paths.map(indexTomlLines(text));
}

test("a key stands on its line, a table on its header's", () => {
  const text = '# a box\ndata = "here"\n\n[web]\n\nport = 1 # free\nhost = "a"\n';
  assert.deepEqual(linesOf(text, ["data"], ["web"], ["web", "port"], ["web", "host"]), [2, 4, 6, 7]);
});

test("a dotted key gives a line to all it passes through", () => {
  const text = 'a = 1\nweb.port = 1\nweb . "host" = "b"\n';
  assert.deepEqual(linesOf(text, ["web"], ["web", "port"], ["web", "host"]), [2, 2, 3]);
});

test("a quoted key is the same key, and its dots are letters", () => {
  const text = '"web.port" = 1\n\'a "b"\' = 2\n"\\u0070eers" = 3\n"" = 4\n';
  assert.deepEqual(linesOf(text, ["web.port"], ['a "b"'], ["peers"], [""]), [1, 2, 3, 4]);
});

test("keys in an inline table stand on its line, however deep", () => {
  const text = "\nweb = { port = 1, tls = { on = true } }\nafter = 1\n";
  assert.deepEqual(linesOf(text, ["web", "port"], ["web", "tls", "on"], ["after"]), [2, 2, 3]);
});

test("elements of an array stand on their own lines, also tables and arrays in it", () => {
  const text = 'list = [\n  "a", # "not one"\n\n  { b = 1 },\n  [\n    2,\n  ],\n]\nafter = 1\n';
  const paths = [["list"], ["list", 0], ["list", 1, "b"], ["list", 2], ["list", 2, 0], ["after"]];
  assert.deepEqual(linesOf(text, ...paths), [1, 2, 4, 5, 6, 9]);
});

test("arrays of tables count their tables, and tables within belong to the newest", () => {
  const text =
    "[[room]]\nn = 1\n[[room]]\nn = 2\n[room.door]\nn = 3\n[[room.seat]]\nn = 4\n[[room]]\n[[room.seat]]\nn = 5\n";
  const paths = [
    ["room", 0, "n"],
    ["room", 1, "n"],
    ["room", 1, "door", "n"],
    ["room", 1, "seat", 0, "n"],
    ["room", 2],
    ["room", 2, "seat", 0, "n"],
  ];
  assert.deepEqual(linesOf(text, ...paths), [2, 4, 6, 8, 9, 11]);
});

test("what a multi-line string says is not a key", () => {
  const text = [
    'a = """',
    "b = 1",
    "[web]",
    'x\\""" y""""" # two quotes of its own',
    "c = '''",
    "d = 1 \"\"\" '' # '''''",
    'e = """"""',
    "b = 2",
  ].join("\n");
  assert.deepEqual(linesOf(text, ["a"], ["c"], ["e"], ["b"]), [1, 5, 7, 8]);
});

test("quotes, hashes and brackets in strings end nothing", () => {
  const text = 'a = "\\"]#["\nb = \'"\'\nc = ["]", \'}\'] # ]\nd = { e = "}\\\\" }\nf = 1\n';
  assert.deepEqual(linesOf(text, ["a"], ["b"], ["c", 1], ["d", "e"], ["f"]), [1, 2, 3, 4, 5]);
});

test("a multi-line string may end in a quote of its own, also beside another string", () => {
  const text = `a = [\n  """x"""", "[",\n  "y",\n]\nb = [\n  '''x'''', '[',\n  'y',\n]\n`;
  assert.deepEqual(linesOf(text, ["a", 1], ["a", 2], ["b", 1], ["b", 2]), [2, 3, 6, 7]);
});

test("dates with spaces, signed numbers and Windows line ends are read over", () => {
  const text = "a = 1979-05-27 07:32:00.5\r\nb = -1.5e+3\r\n[c]\r\nd = 1 # x\r\ne = 2\r\n";
  assert.deepEqual(linesOf(text, ["a"], ["b"], ["c", "d"], ["c", "e"]), [1, 2, 4, 5]);
});

test("a path that is not there has the line of what surrounds it, else the first", () => {
  const text = "a = 1\n[web]\nport = [1]\n";
  assert.deepEqual(linesOf(text, ["web", "host"], ["web", "port", 7], ["peers"], []), [2, 3, 1, 1]);
});

/** One statement: its lines, and on which of them, from 0, stands what. `name` is unique in the file. */
interface Statement {
  readonly lines: readonly string[];
  readonly marks: readonly (readonly [path: TomlPath, line: number])[];
}

type Writer = (name: string, words: string) => Statement;

const WRITERS: readonly Writer[] = [
  (name) => ({ lines: [`${name} = 1`], marks: [[[name], 0]] }),
  (name, words) => ({ lines: [`"${name} ${name}" = ${JSON.stringify(words)}`], marks: [[[`${name} ${name}`], 0]] }),
  (name) => ({ lines: [`${name}.x.y = 1.5 # ${name} = 2`, "", `${name}.x.z = 2`], marks: nested(name, [0, 2]) }),
  (name) => ({ lines: [`${name}.x = { y = "}", z = [2, { z = 3 }] }`], marks: nested(name, [0, 0]) }),
  (name, words) => ({
    lines: [`${name} = """`, ...quoteless(words), `k0 = "" ""${"\\"}" x""""`],
    marks: [[[name], 0]],
  }),
  (name, words) => ({ lines: [`${name} = '''`, ...quoteless(words), "[k0] \"\"\" '''''"], marks: [[[name], 0]] }),
  (name) => ({
    lines: [`${name} = [`, "  '[', # ]", '  { k = "]" }, [],', "]"],
    marks: [
      [[name], 0],
      [[name, 0], 1],
      [[name, 1, "k"], 2],
      [[name, 2], 2],
    ],
  }),
];

function nested(name: string, [y, z]: readonly [number, number]): Statement["marks"] {
  return [
    [[name], 0],
    [[name, "x", "y"], y],
    [[name, "x", "z"], z],
  ];
}

function quoteless(words: string): string[] {
  return words.replace(/["'\\\p{Cc}]/gu, "\n").split("\n");
}

const statement = fc.record({ writer: fc.constantFrom(...WRITERS), words: fc.string(), gap: fc.nat(2) });
const table = fc.record({ isArray: fc.boolean(), repeats: fc.nat(2), statements: fc.array(statement) });

/** A random document, and what stands on which of its lines. */
const document = fc.tuple(fc.array(statement), fc.array(table)).map(([top, tables]) => {
  const lines: string[] = [];
  const marks: [TomlPath, number][] = [];
  let names = 0;
  const write = (statements: typeof top, above: TomlPath): void => {
    for (const { writer, words, gap } of statements) {
      for (let n = 0; n < gap; n++) lines.push(n === 0 ? `# ${words.replace(/\p{Cc}/gu, "")}` : "  ");
      const written = writer(`k${names++}`, words);
      for (const [path, line] of written.marks) marks.push([[...above, ...path], lines.length + line + 1]);
      lines.push(...written.lines);
    }
  };
  write(top, []);
  for (const { isArray, repeats, statements } of tables) {
    const name = `k${names++}`;
    for (let n = 0; n <= (isArray ? repeats : 0); n++) {
      lines.push(isArray ? `[[${name}]]` : `[${name}]`);
      const path = isArray ? [name, n] : [name];
      marks.push([path, lines.length]);
      write(statements, path);
    }
  }
  return { text: lines.join("\n"), marks };
});

function valueAt(value: unknown, path: TomlPath): unknown {
  return path.reduce((inside, step) => (inside as Record<string | number, unknown>)[step], value);
}

test("in any document each key is found on its line", () => {
  fc.assert(
    fc.property(document, ({ text, marks }) => {
      const parsed = parse(text);
      const lineOf = indexTomlLines(text);
      for (const [path, line] of marks) {
        assert.notEqual(valueAt(parsed, path), undefined, `the test wrote ${path.join(".")}`);
        assert.equal(lineOf(path), line, `${path.join(".")} in\n${text}`);
      }
    }),
    { numRuns: 300 },
  );
});

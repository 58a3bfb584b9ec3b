// The configuration: which source wins, and what people are told about their mistakes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { type ConfigInput, flagOptions, loadConfig } from "../../device/config.ts";
import { ConfigError } from "../../device/config-error.ts";
import { CONFIG_FILE_VARIABLE, type Config, ENTRIES } from "../../device/config-schema.ts";
import { configTable } from "../../device/config-table.ts";

interface Sources {
  readonly args?: readonly string[];
  readonly env?: ConfigInput["env"];
  readonly toml?: string;
}

function load({ args = [], env = {}, toml }: Sources): Config {
  const { values } = parseArgs({ args: [...args], options: flagOptions(), allowNegative: true });
  const file = toml === undefined ? {} : { file: { path: "box.toml", text: toml } };
  return loadConfig({ flags: values, env, ...file });
}

function mistakes(sources: Sources): string[] {
  try {
    load(sources);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    assert.equal(error.code, error.problems[0]?.code);
    assert.equal(error.message, error.problems.map(({ message }) => message).join("\n"));
    return error.problems.map(({ code, message }) => `${code} ${message}`);
  }
  return [];
}

/** Names in the file have an underscore where those in the program have a capital. */
function valueAt(config: Config, segments: readonly string[]): unknown {
  const names = segments.map((segment) => segment.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()));
  return names.reduce<unknown>((inside, name) => (inside as Record<string, unknown>)[name], config);
}

function repositoryFile(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

test("options go before the environment, the environment before the file, the file before the default", () => {
  const args = ["--port", "1"];
  const env = { LAGERFEUER_WEB_PORT: "2" };
  const toml = "[web]\nport = 3";
  assert.equal(load({ args, env, toml }).web.port, 1);
  assert.equal(load({ env, toml }).web.port, 2);
  assert.equal(load({ toml }).web.port, 3);
  assert.equal(load({}).web.port, 3473);
});

test("each key is taken from its own strongest source", () => {
  const args = ["--no-discovery", "--venue", "Barn"];
  const env = { LAGERFEUER_WEB_HOST: "127.0.0.1", LAGERFEUER_DISCOVERY_ENABLED: "true" };
  const { web, discovery, screen, demo } = load({ args, env, toml: 'demo = true\n[screen]\nvenue = "Lake"' });
  assert.deepEqual(web, { host: "127.0.0.1", port: 3473 });
  assert.deepEqual([discovery.enabled, screen.venue, demo], [false, "Barn", true]);
});

test("without any source each key has its default", () => {
  const config = load({});
  for (const { key, segments, path } of ENTRIES) {
    assert.deepEqual(valueAt(config, segments), key.default, path);
    if (key.default !== undefined) assert.deepEqual(key.accept(key.default), key.default, path);
  }
});

test("a list is an option given again, a variable with commas, an array in the file; none adds to another", () => {
  const [one, two] = ["10.0.0.7:3473", "ws://camp.example/"];
  assert.deepEqual(load({ args: ["--peer", one, "--peer", two] }).peers.addresses, [one, two]);
  assert.deepEqual(load({ env: { LAGERFEUER_PEERS_ADDRESSES: `${one}, ${two}` } }).peers.addresses, [one, two]);
  const toml = `peers.addresses = ["${two}"]`;
  assert.deepEqual(load({ toml }).peers.addresses, [two]);
  assert.deepEqual(load({ args: ["--peer", one], toml }).peers.addresses, [one]);
});

test("an empty variable is one that is not set, and foreign ones are nobody's business", () => {
  const env = { LAGERFEUER_WEB_PORT: "", [CONFIG_FILE_VARIABLE]: "box.toml", PORT: "x", PATH: undefined };
  assert.deepEqual(load({ env }), load({}));
});

test("a configuration cannot be changed", () => {
  const config = load({ args: ["--peer", "10.0.0.7:3473"] });
  assert.throws(() => Object.assign(config.web, { port: 1 }), TypeError);
  assert.throws(() => Object.assign(config, { demo: true }), TypeError);
  assert.throws(() => (config.peers.addresses as string[]).push("x"), TypeError);
});

const PORT = "use a whole number from 0 to 65535";
const PEER = 'use "host:port", a ws:// or wss:// address or "<node id>@<ip>:<port>"';

const mistaken: readonly (readonly [what: string, sources: Sources, ...problems: readonly string[]])[] = [
  [
    "text that is not TOML",
    { toml: "demo = true\n\n[web\nport = 1" },
    "E_CONFIG_SYNTAX box.toml:3: Cannot read TOML: illegal character in key",
  ],
  [
    "a mistyped key",
    { toml: "[web]\nhost = 'a'\nprot = 1" },
    'E_CONFIG_KEY box.toml:3: "web.prot" is not a key; did you mean "web.port"?',
  ],
  [
    "a key outside its table",
    { toml: "\nport = 1" },
    'E_CONFIG_KEY box.toml:2: "port" is not a key; did you mean "web.port"?',
  ],
  [
    "a key in the wrong table",
    { toml: "[web]\ntimezone = 'UTC'" },
    'E_CONFIG_KEY box.toml:2: "web.timezone" is not a key; did you mean "festival.timezone"?',
  ],
  [
    "a mistyped table, once for all its keys",
    { toml: "demo = true\n[scren]\nname = 1\nvenue = 2" },
    'E_CONFIG_KEY box.toml:2: "scren" is not a key; did you mean "screen"?',
  ],
  ["a key like none of ours", { toml: "marshmallows = 7" }, 'E_CONFIG_KEY box.toml:1: "marshmallows" is not a key'],
  [
    "a mistyped variable",
    { env: { LAGERFEUER_WEB_PROT: "1" } },
    'E_CONFIG_KEY LAGERFEUER_WEB_PROT is not one of our variables; did you mean "LAGERFEUER_WEB_PORT"?',
  ],
  [
    "a wrong value in a table",
    { toml: "[web]\n\nport = 65_536" },
    `E_CONFIG_VALUE box.toml:3: "web.port" is 65536; ${PORT}`,
  ],
  [
    "a wrong value of a dotted key",
    { toml: "\nweb.port = -1" },
    `E_CONFIG_VALUE box.toml:2: "web.port" is -1; ${PORT}`,
  ],
  [
    "a wrong value in an inline table",
    { toml: '\n\nweb = { host = "a", port = "1" }' },
    `E_CONFIG_VALUE box.toml:3: "web.port" is "1"; ${PORT}`,
  ],
  [
    "a wrong value after a multi-line string that looks like keys",
    { toml: "data = \"\"\"\\\n  a\\\n  \"\"\"\nscreen.venue = '''\nBarn'''\nweb.port = 1.5" },
    `E_CONFIG_VALUE box.toml:6: "web.port" is 1.5; ${PORT}`,
  ],
  [
    "a text of several lines",
    { toml: 'demo = true\ndata = """a\nweb.port = 1\nb"""\nweb.port = 1.5' },
    'E_CONFIG_VALUE box.toml:2: "data" is "a\\nweb.port = 1\\nb"; use one line of at most 200 characters',
    `E_CONFIG_VALUE box.toml:5: "web.port" is 1.5; ${PORT}`,
  ],
  [
    "wrong elements of an array, each on its line",
    { toml: '[peers]\naddresses = [\n  "camp",\n  "10.0.0.7:3473",\n  7,\n]' },
    `E_CONFIG_VALUE box.toml:3: "peers.addresses[0]" is "camp"; ${PEER}`,
    `E_CONFIG_VALUE box.toml:5: "peers.addresses[2]" is 7; ${PEER}`,
  ],
  [
    "tables in place of texts",
    { toml: "[[peers.addresses]]\nhost = 1\n[[peers.addresses]]" },
    `E_CONFIG_VALUE box.toml:1: "peers.addresses[0]" is a table; ${PEER}`,
    `E_CONFIG_VALUE box.toml:3: "peers.addresses[1]" is a table; ${PEER}`,
  ],
  [
    "an array of tables in place of a table",
    { toml: "demo = true\n[[web]]\nport = 1" },
    'E_CONFIG_VALUE box.toml:2: "web" is a list; use a table: [web]',
  ],
  [
    "a text in place of a list",
    { toml: "peers.addresses = 'a:1'" },
    `E_CONFIG_VALUE box.toml:1: "peers.addresses" is "a:1"; ${PEER.replace("use", "use a list of")}`,
  ],
  [
    "a date",
    { toml: "data = 2026-07-17" },
    'E_CONFIG_VALUE box.toml:1: "data" is a date; use one line of at most 200 characters',
  ],
  ["a text for a switch", { toml: "demo = 'yes'" }, 'E_CONFIG_VALUE box.toml:1: "demo" is "yes"; use true or false'],
  ["a word for a number", { args: ["--port", "many"] }, `E_CONFIG_VALUE --port is "many"; ${PORT}`],
  [
    "an empty option",
    { args: ["--venue", " "] },
    'E_CONFIG_VALUE --venue is " "; use one line of at most 200 characters',
  ],
  [
    "a screen nobody makes",
    { args: ["--screen", "cinema"] },
    'E_CONFIG_VALUE --screen is "cinema"; use door-800x480, door-1920x1080, door-480x800, door-1080x1920, door-960x680, door-400x300, door-296x128, door-250x122 or a size such as door-1024x600 or door-1024x600x24',
  ],
  [
    "a zone that is none",
    { env: { LAGERFEUER_FESTIVAL_TIMEZONE: "Mars/Base" } },
    'E_CONFIG_VALUE LAGERFEUER_FESTIVAL_TIMEZONE is "Mars/Base"; use an IANA zone such as Europe/Berlin',
  ],
  [
    "an offset, which knows no summer, for a zone",
    { toml: "festival.timezone = '+01:00'" },
    'E_CONFIG_VALUE box.toml:1: "festival.timezone" is "+01:00"; use an IANA zone such as Europe/Berlin',
  ],
  [
    "a host that is none",
    { args: ["--host", "a b"] },
    'E_CONFIG_VALUE --host is "a b"; use an IP address or a host name',
  ],
  [
    "a wrong peer in a variable",
    { env: { LAGERFEUER_PEERS_ADDRESSES: "a:1,b" } },
    `E_CONFIG_VALUE LAGERFEUER_PEERS_ADDRESSES is "b"; ${PEER}`,
  ],
  [
    "mistakes in every source, also where a stronger one would cover them",
    { args: ["--port", "x"], env: { LAGERFEUER_WEB_PORT: "y" }, toml: "[web]\nport = 'z'\nhost = 1\ncolour = 1" },
    `E_CONFIG_VALUE --port is "x"; ${PORT}`,
    `E_CONFIG_VALUE LAGERFEUER_WEB_PORT is "y"; ${PORT}`,
    `E_CONFIG_VALUE box.toml:2: "web.port" is "z"; ${PORT}`,
    'E_CONFIG_VALUE box.toml:3: "web.host" is 1; use an IP address or a host name',
    'E_CONFIG_KEY box.toml:4: "web.colour" is not a key',
  ],
];

for (const [what, sources, ...problems] of mistaken) {
  test(`${what} is told with its place`, () => assert.deepEqual(mistakes(sources), problems));
}

test("an option that parseArgs was not told of is told with the nearest", () => {
  assert.throws(() => loadConfig({ flags: { prot: "1" }, env: {} }), {
    code: "E_CONFIG_KEY",
    message: '--prot is not an option; did you mean "--port"?',
  });
});

test("a long value is cut, and what it holds cannot move the cursor", () => {
  const [line = ""] = mistakes({ toml: `demo = "\\u009b\\u202e${"x".repeat(500)}"` });
  assert.match(line, /^E_CONFIG_VALUE box\.toml:1: "demo" is "\\u009b\\u202ex+…"; use true or false$/);
  assert.ok(line.length < 150);
});

test("names that JavaScript knows are not keys of ours", () => {
  const names = ["__proto__", "constructor", "toString"];
  for (const name of names) {
    assert.deepEqual(mistakes({ toml: `[${name}]\nport = 1` }), [`E_CONFIG_KEY box.toml:1: "${name}" is not a key`]);
    assert.deepEqual(mistakes({ toml: `web.${name} = 1` }), [`E_CONFIG_KEY box.toml:1: "web.${name}" is not a key`]);
  }
});

test("whatever a file holds, the answer is a configuration or a ConfigError", () => {
  const word = fc.constantFrom(
    "web",
    "port",
    "[",
    "]",
    "{",
    "}",
    "=",
    '"',
    "'''",
    '"""',
    "\n",
    ".",
    ",",
    "1",
    "#",
    "\\",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(word).map((words) => words.join("")),
  );
  fc.assert(
    fc.property(text, (toml) => {
      for (const line of mistakes({ toml })) assert.match(line, /^E_CONFIG_(SYNTAX|KEY|VALUE) box\.toml:[1-9]\d*: /);
    }),
    { numRuns: 1_000 },
  );
});

test("nesting without end is refused, not followed", () => {
  const [line = ""] = mistakes({ toml: `data = ${"[".repeat(100_000)}` });
  assert.match(line, /^E_CONFIG_SYNTAX box\.toml:1: /);
});

test("no two keys share a path, a variable or an option", () => {
  for (const name of ["path", "variable", "flag"] as const) {
    assert.equal(new Set(ENTRIES.map((entry) => entry[name])).size, ENTRIES.length, name);
  }
});

test("docs/configuration.md holds the table of all keys as the schema has them", () => {
  const [table] = /^\|[\s\S]*?(?=\n\n)/m.exec(repositoryFile("docs/configuration.md")) ?? [];
  assert.equal(table, configTable());
});

test("the example file is accepted, names every key, and says the defaults", () => {
  const toml = repositoryFile("lagerfeuer.example.toml");
  assert.deepEqual(load({ toml }), load({}));
  const examples = toml.replaceAll(/^( *)# (\w+ = .*|".*",|\[\[\w+\]\])$/gm, "$1$2");
  const config = load({ toml: examples });
  for (const { segments, path } of ENTRIES) assert.notEqual(valueAt(config, segments), undefined, path);
  assert.equal(config.peers.addresses.length, 3);
});

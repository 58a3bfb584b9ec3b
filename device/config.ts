// Puts the configuration together: options before environment before file before default. Pure: the caller reads the
// file and hands over options and environment. All mistakes of all sources are reported at once, also where a stronger
// source would have covered them: a broken file stays broken.
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import {
  CONFIG_FILE_VARIABLE,
  type Config,
  type ConfigEntry,
  configOf,
  ENTRIES,
  VARIABLE_PREFIX,
} from "./config-schema.ts";
import { ConfigSource, type ValuePlace } from "./config-source.ts";
import { escapeControl } from "./escape-control.ts";
import type { TomlPath } from "./toml-lines.ts";
import { readToml } from "./toml-text.ts";

export interface ConfigFile {
  /** As people know it; only used in messages. */
  readonly path: string;
  readonly text: string;
}

export interface ConfigInput {
  /** By name without dashes, as `parseArgs` answers for `flagOptions()`: text, true or false, or a list of texts. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file?: ConfigFile;
}

export interface ReadConfig {
  /** What is right; a key with a mistake has its value from a weaker source, or its default. */
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

export function readConfig({ flags, env, file }: ConfigInput): ReadConfig {
  const strongestFirst = [fromFlags(flags), fromEnvironment(env), fromFile(file)];
  return {
    config: configOf((key) => strongestFirst.find(({ values }) => values.has(key))?.values.get(key) ?? key.default),
    problems: strongestFirst.flatMap(({ problems }) => problems),
  };
}

/** Throws ConfigError. */
export function loadConfig(input: ConfigInput): Config {
  const { config, problems } = readConfig(input);
  const [first, ...others] = problems;
  if (first !== undefined) throw new ConfigError(first, ...others);
  return config;
}

/** Options for `parseArgs`, which with `allowNegative` also understands --no-discovery. */
export function flagOptions(): Record<string, { type: "string" | "boolean"; multiple: boolean }> {
  const options = ENTRIES.map(({ flag, key }) => {
    const type: "string" | "boolean" = key.kind === "switch" ? "boolean" : "string";
    return [flag, { type, multiple: key.kind === "list" || key.kind === "tables" }] as const;
  });
  return Object.fromEntries(options);
}

function fromFlags(flags: ConfigInput["flags"]): ConfigSource {
  const source = new ConfigSource();
  for (const [flag, given] of Object.entries(flags)) {
    if (given === undefined) continue;
    const name = `--${flag}`;
    const entry = ENTRIES.find((candidate) => candidate.flag === flag);
    if (entry !== undefined)
      source.take(entry.key, typeof given === "string" ? fromText(entry, given) : given, () => ({ name }));
    else source.unknown({ name }, "an option", { typed: name, known: namesOf((known) => `--${known.flag}`) });
  }
  return source;
}

/** An empty variable counts as one that is not set: so do shells and units that clear one. */
function fromEnvironment(env: ConfigInput["env"]): ConfigSource {
  const source = new ConfigSource();
  for (const [name, given] of Object.entries(env)) {
    if (!name.startsWith(VARIABLE_PREFIX) || name === CONFIG_FILE_VARIABLE || !given) continue;
    const entry = ENTRIES.find((candidate) => candidate.variable === name);
    if (entry !== undefined) source.take(entry.key, fromText(entry, given), () => ({ name }));
    else source.unknown({ name }, "one of our variables", { typed: name, known: namesOf((known) => known.variable) });
  }
  return source;
}

/** The value that a text stands for; the text itself where it stands for none, so that it can be refused by name. */
function fromText({ key }: ConfigEntry, text: string): unknown {
  switch (key.kind) {
    case "text":
      return text;
    case "integer":
      return /^-?\d+$/.test(text) ? Number(text) : text;
    case "switch":
      return text === "true" || text === "false" ? text === "true" : text;
    case "list":
    case "tables":
      return text.split(",").map((element) => element.trim());
  }
}

function fromFile(file: ConfigFile | undefined): ConfigSource {
  const source = new ConfigSource();
  if (file === undefined) return source;
  const { table, lineOf, problems } = readToml(file.text, file.path);
  source.problems.push(...problems);
  readDocument(table, { source, lineOf, file: file.path });
  return source;
}

interface Reading {
  readonly source: ConfigSource;
  readonly lineOf: (path: TomlPath) => number;
  readonly file: string;
}

/** A table that is none of ours is reported once, not key by key. */
function readDocument(document: Readonly<Record<string, unknown>>, reading: Reading): void {
  const sections = new Set(ENTRIES.flatMap(({ segments }) => segments.slice(0, -1)));
  for (const [name, value] of Object.entries(document)) {
    if (!sections.has(name)) readKey([name], value, reading);
    else if (!isTable(value)) reading.source.refuse(placeOf([name], reading), value, `a table: [${name}]`);
    else for (const [inner, innerValue] of Object.entries(value)) readKey([name, inner], innerValue, reading);
  }
}

function readKey(segments: readonly string[], value: unknown, reading: Reading): void {
  const path = segments.join(".");
  const entry = ENTRIES.find((candidate) => candidate.segments.join("\n") === segments.join("\n"));
  if (entry !== undefined) reading.source.take(entry.key, value, (element) => placeOf(segments, reading, element));
  else {
    const known = [...namesOf((candidate) => candidate.path), ...ENTRIES.flatMap((e) => e.segments.slice(0, -1))];
    reading.source.unknown(placeOf(segments, reading), "a key", { typed: path, known });
  }
}

/** `lagerfeuer.toml:7: "peers.addresses[1]"`. */
function placeOf(segments: readonly string[], { lineOf, file }: Reading, element?: number): ValuePlace {
  const line = lineOf(element === undefined ? segments : [...segments, element]);
  const name = escapeControl(segments.join("."));
  return { name: `"${name}${element === undefined ? "" : `[${element}]`}"`, at: { file, line } };
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function namesOf(name: (entry: ConfigEntry) => string): string[] {
  return ENTRIES.map(name);
}

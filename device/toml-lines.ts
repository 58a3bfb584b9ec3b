// On which line of a TOML text each key stands. smol-toml parses but forgets the lines, and a person at a door needs them.
// Reads only where keys and elements begin, in text that smol-toml has already accepted; it checks nothing itself.
import { parse } from "smol-toml";

/** Keys from the outside in; a number is the place in an array or an array of tables, from 0. */
export type TomlPath = readonly (string | number)[];

interface Token {
  readonly text: string;
  readonly line: number;
}

const TOKEN = new RegExp(
  [
    /"""(?:\\[\s\S]|(?!""")[\s\S])*"{3,5}/, // multi-line string; its last line may end in two quotes of its own
    /'''(?:(?!''')[\s\S])*'{3,5}/,
    /"(?:\\.|[^"\\\n])*"/,
    /'[^'\n]*'/,
    /#[^\n]*/,
    /\n/,
    /[^\S\n]+/,
    /[[\]{},.=]/,
    /[^\s"'#[\]{},.=]+/, // bare key, number, date, true
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);
const BLANK_OR_COMMENT = /^(?:[^\S\n]|#)/;
const VALUE_END = new Set(["\n", ",", "]", "}"]);

/** Line of a path, from 1: its first mention, else that of what surrounds it, else 1. */
export function indexTomlLines(text: string): (path: TomlPath) => number {
  const { lines } = new Reader(tokens(text));
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const line = lines.get(identity(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  };
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  for (const [token] of text.matchAll(TOKEN)) {
    if (!BLANK_OR_COMMENT.test(token)) found.push({ text: token, line });
    line += token.split("\n").length - 1;
  }
  return found;
}

function identity(path: TomlPath): string {
  return JSON.stringify(path);
}

class Reader {
  readonly lines = new Map<string, number>();
  /** Number of tables so far in each array of tables. */
  readonly #tables = new Map<string, number>();
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    let table: TomlPath = [];
    while (this.#at < tokens.length) {
      if (this.#take("\n")) continue;
      if (this.#take("[")) table = this.#header();
      else this.#entry(table);
    }
  }

  get #line(): number {
    return this.#tokens[this.#at]?.line ?? 0;
  }

  #take(text: string): boolean {
    if (this.#tokens[this.#at]?.text !== text) return false;
    this.#at++;
    return true;
  }

  /** The first mention counts: `[web]` for the table, not the keys below it. */
  #mark(path: TomlPath, line: number): void {
    for (let length = 1; length <= path.length; length++) {
      const key = identity(path.slice(0, length));
      if (!this.lines.has(key)) this.lines.set(key, line);
    }
  }

  /** After "[": `a.b]` or `[a.b]]`. A name that stands for an array of tables means its newest table. */
  #header(): TomlPath {
    const line = this.#line;
    const repeated = this.#take("[");
    const keys = this.#keys();
    const path: (string | number)[] = [];
    for (const [place, key] of keys.entries()) {
      path.push(key);
      const name = identity(path);
      const begun = this.#tables.get(name);
      if (repeated && place === keys.length - 1) {
        this.#tables.set(name, (begun ?? 0) + 1);
        path.push(begun ?? 0);
      } else if (begun !== undefined) path.push(begun - 1);
    }
    this.#take("]");
    if (repeated) this.#take("]");
    this.#mark(path, line);
    return path;
  }

  #entry(table: TomlPath): void {
    const line = this.#line;
    const path = [...table, ...this.#keys()];
    this.#mark(path, line);
    this.#take("=");
    this.#value(path);
  }

  #keys(): string[] {
    const keys: string[] = [];
    do {
      keys.push(keyOf(this.#tokens[this.#at]?.text ?? ""));
      this.#at++;
    } while (this.#take("."));
    return keys;
  }

  #value(path: TomlPath): void {
    if (this.#take("[")) this.#list("]", (place) => this.#element([...path, place]));
    else if (this.#take("{")) this.#list("}", () => this.#entry(path));
    else while (this.#at < this.#tokens.length && !VALUE_END.has(this.#tokens[this.#at]?.text ?? "")) this.#at++;
  }

  #element(path: TomlPath): void {
    this.#mark(path, this.#line);
    this.#value(path);
  }

  #list(end: "]" | "}", item: (place: number) => void): void {
    for (let place = 0; this.#at < this.#tokens.length; ) {
      if (this.#take(end)) return;
      if (this.#take("\n") || this.#take(",")) continue;
      item(place++);
    }
  }
}

function keyOf(token: string): string {
  return /^["']/.test(token) ? String(Object.keys(parse(`${token} = 0`))[0]) : token;
}

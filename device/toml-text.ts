// A TOML text that a person wrote, read as far as it can be: what is wrong with one line leaves the others as they are.
// Pure; what the keys mean is not known here.
import { parse, TomlError } from "smol-toml";
import { type ConfigProblem, problemAt } from "./config-error.ts";
import { indexTomlLines, type TomlPath } from "./toml-lines.ts";

/** No key of ours lies deeper than a list in a table. */
const MAX_TOML_DEPTH = 8;
/** A file with more lines that are no TOML is another kind of file. */
const MAX_BROKEN_LINES = 8;
const TABLE = /^\s*\[/;
/** What the parser says of a text without its marks, which is what people get wrong most. */
const UNQUOTED = /^(?:invalid value|control characters|unfinished string)/;

export interface TomlText {
  readonly table: Readonly<Record<string, unknown>>;
  readonly lineOf: (path: TomlPath) => number;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Without each line that cannot be read, and without what stands under it if it was to begin a table: its keys would
 * become those of another. Without any key if that does not help.
 */
export function readToml(text: string, file: string): TomlText {
  const problems: ConfigProblem[] = [];
  let lines = text.split("\n");
  while (problems.length <= MAX_BROKEN_LINES) {
    const left = lines.join("\n");
    try {
      const table = parse(left, { maxDepth: MAX_TOML_DEPTH });
      return { table, lineOf: indexTomlLines(left), problems };
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      problems.push(problemAt({ file, line: error.line }, "E_CONFIG_SYNTAX", `Cannot read TOML: ${reasonOf(error)}`));
      if ((lines[error.line - 1] ?? "").trim() === "") break;
      lines = without(lines, error.line - 1);
    }
  }
  return { table: {}, lineOf: () => 1, problems: problems.slice(0, 1) };
}

function reasonOf({ message }: TomlError): string {
  const [first = ""] = message.split("\n", 1);
  const reason = first.replace(/^Invalid TOML document: /, "");
  return UNQUOTED.test(reason) ? `${reason}; is a quotation mark (") missing?` : reason;
}

/** What is left out stays as empty lines, so that all others keep their numbers. */
function without(lines: readonly string[], broken: number): string[] {
  const next = lines.findIndex((line, index) => index > broken && TABLE.test(line));
  const end = TABLE.test(lines[broken] ?? "") ? (next < 0 ? lines.length : next) : broken + 1;
  return lines.map((line, index) => (index >= broken && index < end ? "" : line));
}

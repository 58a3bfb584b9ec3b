// What is wrong with a configuration, all of it at once.

export type ConfigCode =
  /** The file is not TOML. */
  | "E_CONFIG_SYNTAX"
  /** A name that is none of our keys, variables or options. */
  | "E_CONFIG_KEY"
  /** A value that its key does not take. */
  | "E_CONFIG_VALUE";

/** Where in a file something is mended. */
export interface FilePlace {
  /** As people know it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface ConfigProblem {
  readonly code: ConfigCode;
  /** Begins with where to mend it: file and line, variable, or option. */
  readonly message: string;
  /** The same place; absent for what stands in no file. */
  readonly at?: FilePlace;
}

export function problemAt(at: FilePlace, code: ConfigCode, reason: string): ConfigProblem {
  return { code, message: `${prefix(at)}${reason}`, at };
}

/** The message without its file and line, for those who print them elsewhere. */
export function reasonOf({ message, at }: ConfigProblem): string {
  return at === undefined ? message : message.slice(prefix(at).length);
}

function prefix({ file, line }: FilePlace): string {
  return `${file}:${line}: `;
}

/** `code` is that of the first problem; the message has one line for each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code: ConfigCode;
  readonly problems: readonly ConfigProblem[];

  constructor(first: ConfigProblem, ...others: readonly ConfigProblem[]) {
    const problems = [first, ...others];
    super(problems.map(({ message }) => message).join("\n"));
    this.code = first.code;
    this.problems = problems;
  }
}

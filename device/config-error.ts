// What is wrong with a configuration, all of it at once.

export type ConfigCode =
  /** The file is not TOML. */
  | "E_CONFIG_SYNTAX"
  /** A name that is none of our keys, variables or options. */
  | "E_CONFIG_KEY"
  /** A value that its key does not take. */
  | "E_CONFIG_VALUE";

export interface ConfigProblem {
  readonly code: ConfigCode;
  /** Begins with where to mend it: file and line, variable, or option. */
  readonly message: string;
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

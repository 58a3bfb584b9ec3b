// What a command of `lagerfeuer` is: a name, a help text, options, and one function. Commands get what they need
// handed in; they open nothing themselves.
import type { ParseArgsConfig } from "node:util";
import type { Config } from "../config-schema.ts";
import type { BoxNote } from "../data-folder.ts";
import type { ProgrammeFile } from "../interchange/programme-file.ts";
import type { ChoiceFile } from "../local-choice.ts";
import type { OpenedReplica } from "../opened-replica.ts";
import type { PublishRequest } from "../publish-request.ts";
import type { TerminalShape } from "../table-text.ts";

export interface CommandContext {
  readonly config: Config;
  /** Arguments that are no options. */
  readonly operands: readonly string[];
  /** Values of the command's own options. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Values of those that may be repeated. */
  readonly lists: Readonly<Record<string, readonly string[] | undefined>>;
  /** IANA name of the zone in which this box thinks. */
  readonly timezone: string;
  /** Where what is printed is read. */
  readonly terminal: TerminalShape;
  /** Prints one line on standard output. */
  readonly print: (line: string) => void;
  /** Prints a passing remark for a person at a terminal; nothing with --json. */
  readonly remark: (line: string) => void;
  readonly readStdin: () => Promise<string>;
  /** Opens the replica in the data folder; `write` makes this process its writer. */
  readonly openReplica: (access: "read" | "write") => Promise<OpenedReplica>;
  /** What this box does not want to see. */
  readonly choices: ChoiceFile;
  /** The box that runs on this data folder, if there is one and it answers. */
  readonly findBox: () => Promise<RunningBox | undefined>;
  /** Runs the box until it is told to stop. */
  readonly runBox: () => Promise<void>;
  /** Shows that the box has no memory, until it is told to stop. */
  readonly showTrouble: () => Promise<void>;
}

export interface RunningBox extends BoxNote {
  status(): Promise<unknown>;
  /** Resolves when the bodies are durable. */
  publish(request: PublishRequest): Promise<{ readonly operations: readonly string[] }>;
  import(programme: ProgrammeFile): Promise<unknown>;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Operands, as in "import FILE". */
  readonly operands: string;
  /** What --help says besides options. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** A line of help for each option. */
  readonly optionHelp: Readonly<Record<string, string>>;
  run(context: CommandContext): Promise<void>;
}

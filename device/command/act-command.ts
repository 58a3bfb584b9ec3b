// What all acts on the command line have in common: under which key, done in the festival, and one line that says what
// was done.

import { escapeControl } from "../escape-control.ts";
import { CommandError, EXIT } from "../exit.ts";
import type { Command, CommandContext } from "./command.ts";
import { AS_HELP, AS_OPTIONS, type Festival, inFestival } from "./festival.ts";

/** What was done. */
export interface Done {
  /** For people. */
  readonly line: string;
  /** For scripts, with `operations`: ids of what was published. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What they should know besides. */
  readonly remarks?: readonly string[];
}

export interface ActDefinition extends Omit<Command, "run"> {
  readonly act: (festival: Festival, context: CommandContext) => Promise<Done>;
}

export function actCommand({ act, options, optionHelp, ...command }: ActDefinition): Command {
  return {
    ...command,
    options: { ...options, ...AS_OPTIONS },
    optionHelp: { ...optionHelp, ...AS_HELP },
    run: async (context) => {
      const { line, json, remarks = [] } = await inFestival(context, "act", (festival) => act(festival, context));
      if (context.options["json"]) context.print(JSON.stringify({ ...json, remarks }));
      else for (const each of [line, ...remarks]) context.print(escapeControl(each));
    },
  };
}

/** Operands by name; the last may take several. Throws E_USAGE. */
export function operandsOf(context: CommandContext, what: string, least: number, most: number): readonly string[] {
  const { operands } = context;
  if (operands.length >= least && operands.length <= most) return operands;
  throw wrongUsage(`Cannot ${what}: ${operands.length < least ? "something is missing" : "that is too much"}`);
}

export function wrongUsage(message: string): CommandError {
  return new CommandError("E_USAGE", `${message}; see --help`, { status: EXIT.usage });
}

/** Text of an option; undefined where it was not given. */
export function textOption({ options }: CommandContext, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

/** Throws E_USAGE. */
export function countOption(context: CommandContext, name: string): number | undefined {
  const text = textOption(context, name);
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw wrongUsage(`Cannot read --${name}: "${text}" is not a whole number`);
}

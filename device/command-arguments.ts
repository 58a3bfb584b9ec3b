// What stands behind a command: its operands and own options, and the options of the configuration.
import { parseArgs } from "node:util";
import type { Command, CommandContext } from "./command/command.ts";
import { flagOptions } from "./config.ts";

const COMMON_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  config: { type: "string" },
} as const;

export type Given = Pick<CommandContext, "operands" | "options" | "lists">;

export interface Arguments {
  readonly given: Given;
  /** For `loadConfig`; an option of the command itself hides one of the configuration. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly configFile: string | undefined;
}

/** Throws as `parseArgs` does. */
export function readArguments(command: Command, args: readonly string[]): Arguments {
  const own = { ...COMMON_OPTIONS, ...command.options };
  const options = { ...flagOptions(), ...own };
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true });
  const entries: [string, unknown][] = Object.entries(values);
  const ownValues = entries.filter(([name]) => name in own);
  return {
    given: {
      operands: positionals,
      options: Object.fromEntries(ownValues.filter(([, value]) => !Array.isArray(value))) as Given["options"],
      lists: Object.fromEntries(ownValues.filter(([, value]) => Array.isArray(value))) as Given["lists"],
    },
    flags: Object.fromEntries(entries.filter(([name]) => !(name in own))),
    configFile: typeof values["config"] === "string" ? values["config"] : undefined,
  };
}

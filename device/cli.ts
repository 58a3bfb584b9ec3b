#!/usr/bin/env node
// The command line: finds the command, reads the configuration, hands the command what it needs, ends with one line and
// an exit status where something is wrong.
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SystemClock } from "../sync/system-clock.ts";
import { askBox } from "./ask-box.ts";
import type { Command, CommandContext } from "./command/command.ts";
import { importProgramme } from "./command/import-programme.ts";
import { inspect } from "./command/inspect.ts";
import { render } from "./command/render.ts";
import { start } from "./command/start.ts";
import { status } from "./command/status.ts";
import { type ConfigFile, flagOptions, loadConfig } from "./config.ts";
import { CONFIG_FILE_VARIABLE, type Config } from "./config-schema.ts";
import { DataFolder } from "./data-folder.ts";
import { CommandError, EXIT, reportFailure } from "./exit.ts";
import { commandHelp, overview } from "./help.ts";
import { createLogger, loggerFormat } from "./logger.ts";
import { boxTimezone, openReplica, type Surroundings } from "./main.ts";
import { nearestWord } from "./nearest-word.ts";
import { runBox } from "./run-box.ts";

const COMMANDS: readonly Command[] = [start, importProgramme, render, status, inspect];
/** In the folder where the command was called, if no other file is named. */
const CONFIG_FILE = "lagerfeuer.toml";
const COMMON_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  config: { type: "string" },
} as const;

async function main(argv: readonly string[]): Promise<void> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    print(overview(COMMANDS));
    return;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) throw unknownCommand(name);
  await runCommand(command, rest);
}

function unknownCommand(name: string): CommandError {
  const near = nearestWord(
    name,
    COMMANDS.map((each) => each.name),
  );
  const hint = near === undefined ? "see lagerfeuer --help" : `did you mean "${near}"?`;
  return new CommandError("E_USAGE", `Cannot run "${name}": there is no such command; ${hint}`, { status: EXIT.usage });
}

async function runCommand(command: Command, args: readonly string[]): Promise<void> {
  const own = { ...COMMON_OPTIONS, ...command.options };
  const options = { ...flagOptions(), ...own };
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true });
  if (values["help"]) {
    print(commandHelp(command));
    return;
  }
  const ownValues = Object.fromEntries(Object.keys(own).map((key) => [key, values[key as keyof typeof values]]));
  const flags = Object.fromEntries(Object.entries(values).filter(([key]) => !(key in own)));
  const file = readConfigFile(ownValues["config"]);
  const config = loadConfig({ flags, env: process.env, ...(file && { file }) });
  await command.run(contextFor(config, positionals, ownValues as CommandContext["options"]));
}

function readConfigFile(named: unknown): ConfigFile | undefined {
  const path = typeof named === "string" ? named : process.env[CONFIG_FILE_VARIABLE];
  if (path !== undefined) return { path, text: readFileSync(path, "utf8") };
  return existsSync(CONFIG_FILE) ? { path: CONFIG_FILE, text: readFileSync(CONFIG_FILE, "utf8") } : undefined;
}

function contextFor(config: Config, operands: readonly string[], options: CommandContext["options"]): CommandContext {
  const clock = new SystemClock();
  const format = loggerFormat(process.env, process.stderr.isTTY);
  const logger = createLogger({
    level: config.logger.level,
    format,
    clock,
    write: (line) => process.stderr.write(line),
  });
  process.once("exit", () => logger.flush());
  const around: Surroundings = { config, clock, logger, folder: new DataFolder(config.data) };
  return {
    config,
    operands,
    options,
    timezone: boxTimezone(config),
    print,
    remark: (line) => {
      if (!options["json"] && process.stderr.isTTY) process.stderr.write(`${line}\n`);
    },
    readStdin,
    openReplica: (access) => openReplica(around, access),
    findBox: () => askBox(around.folder),
    runBox: () => runBox(around, { stdin: process.stdin, print, host: process, env: process.env }),
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function readStdin(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  return text;
}

/** A reader that has seen enough, as `head` has, is no fault. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = reportFailure(error, (line) => process.stderr.write(line));
}

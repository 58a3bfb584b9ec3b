// The command line: finds the command, reads the configuration, hands the command what it needs, ends with one line and
// an exit status where something is wrong.
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { SystemClock } from "../sync/system-clock.ts";
import { askBox } from "./ask-box.ts";
import { readMistakes } from "./card/apply-card.ts";
import type { Command, CommandContext } from "./command/command.ts";
import { COMMANDS, commandNamed } from "./command/commands.ts";
import { type Given, readArguments } from "./command-arguments.ts";
import { type ConfigFile, type ConfigInput, loadConfig, type ReadConfig } from "./config.ts";
import { CONFIG_FILE_VARIABLE } from "./config-schema.ts";
import { DataFolder } from "./data-folder.ts";
import { reportFailure } from "./exit.ts";
import { forgivingConfig } from "./forgiving-config.ts";
import { commandHelp, overview } from "./help.ts";
import { ChoiceFile } from "./local-choice.ts";
import { createLogger, loggerFormat } from "./logger.ts";
import { boxTimezone, openReplica, type Surroundings } from "./main.ts";
import { runBox } from "./run-box.ts";
import { showTrouble } from "./show-trouble.ts";
import type { TerminalShape } from "./table-text.ts";

/** In the folder where the command was called, if no other file is named. */
const CONFIG_FILE = "lagerfeuer.toml";

async function main(argv: readonly string[]): Promise<void> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    print(overview(COMMANDS));
    return;
  }
  await runCommand(commandNamed(name), rest);
}

async function runCommand(command: Command, args: readonly string[]): Promise<void> {
  const { given, flags, configFile } = readArguments(command, args);
  if (given.options["help"]) {
    print(commandHelp(command));
    return;
  }
  const file = readConfigFile(configFile);
  const input = { flags, env: process.env, ...(file && { file }) };
  const read = given.options["forgiving"] === true ? forgive(input) : { config: loadConfig(input), problems: [] };
  await command.run(contextFor(read, given));
}

/** A card's file was read once before, and more of it. */
function forgive(input: ConfigInput): ReadConfig {
  return forgivingConfig(input, readMistakes(dirname(input.file?.path ?? CONFIG_FILE)));
}

function readConfigFile(named: string | undefined): ConfigFile | undefined {
  const path = named ?? process.env[CONFIG_FILE_VARIABLE];
  if (path !== undefined) return { path, text: readFileSync(path, "utf8") };
  return existsSync(CONFIG_FILE) ? { path: CONFIG_FILE, text: readFileSync(CONFIG_FILE, "utf8") } : undefined;
}

function contextFor({ config, problems }: ReadConfig, given: Given): CommandContext {
  const clock = new SystemClock();
  const format = loggerFormat(process.env, process.stderr.isTTY);
  const logger = createLogger({
    level: config.logger.level,
    format,
    clock,
    write: (line) => process.stderr.write(line),
  });
  process.once("exit", () => logger.flush());
  const around: Surroundings = { config, problems, clock, logger, folder: new DataFolder(config.data) };
  return {
    ...given,
    config,
    timezone: boxTimezone(config),
    terminal: terminalShape(),
    print,
    remark: (line) => {
      if (!given.options["json"] && process.stderr.isTTY) process.stderr.write(`${line}\n`);
    },
    readStdin,
    openReplica: (access) => openReplica(around, access),
    choices: new ChoiceFile(around.folder.path),
    findBox: () => askBox(around.folder),
    runBox: () => runBox(around, { stdin: process.stdin, print, host: process, env: process.env }),
    showTrouble: () => showTrouble(around, { host: process, env: process.env }),
  };
}

/** Colour and cuts are for eyes only; NO_COLOR is a convention (no-color.org). */
function terminalShape(): TerminalShape {
  const { isTTY, columns } = process.stdout;
  return { columns: isTTY ? columns : undefined, colour: isTTY === true && !process.env["NO_COLOR"] };
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

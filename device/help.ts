// What --help prints: commands, and for each its options with those of the configuration.
import type { Command } from "./command/command.ts";
import { ENTRIES } from "./config-schema.ts";

const COMMON: readonly (readonly [string, string])[] = [
  ["--json", "Print JSON"],
  ["--config FILE", "Read the configuration from FILE instead of lagerfeuer.toml"],
  ["-h, --help", "Print this help"],
];

export function overview(commands: readonly Command[]): string {
  return [
    "Lagerfeuer: a p2panda node that hangs on a wall.",
    "",
    "Usage: lagerfeuer COMMAND [options]",
    "",
    ...columns(commands.map(({ name, operands, summary }) => [`${name} ${operands}`.trim(), summary])),
    "",
    "lagerfeuer COMMAND --help tells more.",
  ].join("\n");
}

export function commandHelp({ name, operands, summary, help, options, optionHelp }: Command): string {
  const own = Object.entries(options).map(([option, { type }]): [string, string] => [
    `--${option}${type === "string" ? " TEXT" : ""}`,
    optionHelp[option] ?? "",
  ]);
  const config = ENTRIES.map(({ flag, key }): [string, string] => [
    key.kind === "switch" ? `--[no-]${flag}` : `--${flag} VALUE`,
    key.help,
  ]);
  return [
    `${summary}.`,
    "",
    `Usage: lagerfeuer ${name} ${operands}`.trimEnd(),
    "",
    help,
    "",
    ...columns([...own, ...COMMON]),
    "",
    "Configuration (see docs/configuration.md):",
    ...columns(config),
  ].join("\n");
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
}

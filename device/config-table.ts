// The keys of the configuration as a Markdown table, for docs/configuration.md. A test keeps the page and this equal.
import { type ConfigEntry, ENTRIES } from "./config-schema.ts";

const COLUMNS = ["Key", "Default", "Values", "What it is", "Variable", "Option"] as const;

export function configTable(): string {
  const rows = [COLUMNS, COLUMNS.map(() => "---"), ...ENTRIES.map(row)];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function row({ path, key, variable, flag }: ConfigEntry): string[] {
  const standard = key.default === undefined ? `*${key.open}*` : code(JSON.stringify(key.default));
  const values = key.kind === "list" || key.kind === "tables" ? `list of ${key.expected}` : key.expected;
  const unit = key.unit === undefined ? "" : `, ${key.unit}`;
  const option = key.kind === "switch" ? `--[no-]${flag}` : `--${flag}`;
  return [code(path), standard, values + unit, key.help, code(variable), code(option)];
}

function code(text: string): string {
  return `\`${text}\``;
}

// Fields for people: one line each, names in one column, nothing that could steer a terminal.
import { escapeControl } from "./escape-control.ts";

const GAP = 2;

export function fieldLines(fields: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(fields);
  const width = Math.max(0, ...names.map((name) => name.length)) + GAP;
  return names.map((name) => `${name.padEnd(width)}${escapeControl(asText(fields[name]))}`);
}

function asText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

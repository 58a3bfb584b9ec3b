// Fields for people: one line each, or one for each text of a list; names in one column, nothing that could steer a terminal.
import { escapeControl } from "./escape-control.ts";

const GAP = 2;

export function fieldLines(fields: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(fields);
  const width = Math.max(0, ...names.map((name) => name.length)) + GAP;
  return names.flatMap((name) =>
    texts(fields[name]).map((text, index) => `${(index === 0 ? name : "").padEnd(width)}${escapeControl(text)}`),
  );
}

function texts(value: unknown): string[] {
  const isList = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string");
  return isList ? value : [asText(value)];
}

function asText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

// One message of the logger as one line: JSON for machines, or short for a person at a terminal. Both are safe to print:
// control characters of any kind come out escaped (reliability.md T26).
import { toHex } from "../protocol/operation/bytes.ts";
import { escapeControl } from "./escape-control.ts";

export interface Message {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly level: string;
  readonly message: string;
}

export type PlainValue = null | boolean | number | string | readonly PlainValue[] | PlainFields;
export interface PlainFields {
  readonly [name: string]: PlainValue;
}

/** Deeper values are cut; also ends a value that contains itself. */
const MAX_DEPTH = 4;
const BARE = /^[\w.:/@+-]+$/;

/** Time, level and message stand first, and no field can take their place. */
export function jsonLine(message: Message, fields: PlainFields): string {
  return escapeControl(JSON.stringify({ ...message, ...fields, ...message }));
}

/** `18:00:02Z warn  Cannot reach peer peer=10.0.0.7:3473`. */
export function humanLine({ time, level, message }: Message, fields: PlainFields): string {
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${shown(value)}`);
  return escapeControl(`${time.slice(11, 19)}Z ${level.padEnd(5)} ${message}${pairs.join("")}`);
}

function shown(value: PlainValue): string {
  return typeof value === "string" && BARE.test(value) ? value : JSON.stringify(value);
}

/** Any fields as JSON can hold them: errors with code and causes, bytes as hex, big integers as digits. */
export function plainFields(fields: Readonly<Record<string, unknown>>): PlainFields {
  return plainObject(fields, MAX_DEPTH);
}

function plainObject(object: object, depth: number): PlainFields {
  const known = Object.entries(object).filter(([, value]) => value !== undefined && typeof value !== "function");
  return Object.fromEntries(known.map(([name, value]) => [name, plainValue(value, depth - 1)]));
}

function plainValue(value: unknown, depth: number): PlainValue {
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (typeof value !== "object") return String(value);
  if (value instanceof Uint8Array) return toHex(value);
  if (value instanceof Date) return String(value.valueOf());
  if (depth === 0) return "…";
  if (value instanceof Error) {
    const { name, message, cause, stack } = value;
    const fault = { ...value, name, message, cause, stack: "code" in value ? undefined : stack };
    return plainObject(fault, depth);
  }
  return Array.isArray(value) ? value.map((element) => plainValue(element, depth - 1)) : plainObject(value, depth);
}

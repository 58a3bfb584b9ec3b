// Single properties of an iCalendar component, parsed by ical.js into jCal values.
import ICAL from "ical.js";
import { singleLine } from "../text/fit.ts";
import type { CalendarComponent } from "./calendar-components.ts";

export interface CalendarProperty {
  /** In lower case. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** "date", "date-time", "text", "recur", … */
  readonly type: string;
  /** As jCal has them: "2026-01-31T19:00:00Z", { freq: "WEEKLY" }. */
  readonly values: readonly unknown[];
  /** The value as it stands in the file. */
  readonly source: string;
}

const NAME = /^([\w-]{1,60})[;:]/;

/** Throws whatever ical.js throws for a line it cannot read. */
function parseProperty(line: string): CalendarProperty {
  type JcalProperty = [string, Record<string, unknown>, string, ...unknown[]];
  const [name, parameters, type, ...values] = ICAL.parse.property(line) as JcalProperty;
  const read = type === "unknown" ? values.map((value) => unescapeText(String(value))) : values;
  return { name, parameters, type, values: read, source: line.slice(line.lastIndexOf(":") + 1) };
}

/** The value of a TEXT, which is what a property is of which nothing else is known (RFC 5545 §3.8.8.2). */
export function unescapeText(value: string): string {
  return value.replace(/\\(.)/gu, (_, character: string) => (/n/i.test(character) ? "\n" : character));
}

/** The properties of these names, in the order of the file. Throws as `parseProperty` does. */
export function readProperties(component: CalendarComponent, names: ReadonlySet<string>): CalendarProperty[] {
  return component.lines.flatMap(({ text }) => (names.has(propertyName(text)) ? [parseProperty(text)] : []));
}

/** The text of the first property of that name, as one line; undefined if there is none that can be read. */
export function readText(component: CalendarComponent, name: string): string | undefined {
  try {
    const [property] = readProperties(component, new Set([name]));
    return property && propertyText(property);
  } catch {
    return undefined;
  }
}

function propertyText(property: CalendarProperty): string | undefined {
  const text = property.values.filter((value) => typeof value === "string").join(", ");
  return text.trim() === "" ? undefined : singleLine(text);
}

export function parameterText(property: CalendarProperty, name: string): string | undefined {
  const value = Object.hasOwn(property.parameters, name) ? property.parameters[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

function propertyName(line: string): string {
  return NAME.exec(line)?.[1]?.toLowerCase() ?? "";
}

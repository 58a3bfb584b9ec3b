// One source of configuration while it is read: the values it gives, and what is wrong with the rest.
import { type ConfigCode, type ConfigProblem, type FilePlace, problemAt } from "./config-error.ts";
import type { Key } from "./config-key.ts";
import { escapeControl } from "./escape-control.ts";
import { nearestWord } from "./nearest-word.ts";

const MAX_SHOWN_CHARACTERS = 60;

/** Of a value: how people call it, and where in a file it stands, if in one. */
export interface ValuePlace {
  readonly name: string;
  readonly at?: FilePlace;
}

export class ConfigSource {
  readonly values = new Map<Key<unknown>, unknown>();
  readonly problems: ConfigProblem[] = [];

  /** `where` names the place of the value, or of one element of a list. */
  take(key: Key<unknown>, value: unknown, where: (element?: number) => ValuePlace): void {
    const accepted = key.accept(value);
    if (accepted !== undefined) {
      this.values.set(key, accepted);
      return;
    }
    if (!Array.isArray(value) || key.acceptsElement === undefined) {
      const meant = typeof value === "string" ? nearestWord(value, key.words ?? []) : undefined;
      const expected = key.acceptsElement === undefined ? key.expected : `a list of ${key.expected}`;
      if (meant === undefined) this.refuse(where(), value, expected);
      else this.tell(where(), "E_CONFIG_VALUE", `is ${shown(value)}; did you mean "${meant}"?`);
      return;
    }
    for (const [place, element] of value.entries()) {
      if (!key.acceptsElement(element)) this.refuse(where(place), element, key.expected);
    }
  }

  refuse(where: ValuePlace, value: unknown, expected: string): void {
    this.tell(where, "E_CONFIG_VALUE", `is ${shown(value)}; use ${expected}`);
  }

  /** A name nobody knows, of a `kind` such as "a key". A key in the wrong table is as likely as a typing mistake. */
  unknown(where: ValuePlace, kind: string, { typed, known }: { typed: string; known: readonly string[] }): void {
    const last = typed.slice(typed.lastIndexOf(".") + 1);
    const meant = known.find((name) => name.endsWith(`.${last}`)) ?? nearestWord(typed, known);
    const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
    this.tell(where, "E_CONFIG_KEY", `is not ${kind}${hint}`);
  }

  /** `what` completes a sentence that begins with the name. */
  tell({ name, at }: ValuePlace, code: ConfigCode, what: string): void {
    const sentence = `${name} ${what}`;
    this.problems.push(at === undefined ? { code, message: sentence } : problemAt(at, code, sentence));
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  if (typeof value === "object") return "a table";
  if (typeof value !== "string") return String(value);
  const start = value.length > MAX_SHOWN_CHARACTERS ? `${value.slice(0, MAX_SHOWN_CHARACTERS)}…` : value;
  return escapeControl(JSON.stringify(start));
}

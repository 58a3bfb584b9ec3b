// Field rules, the words of which schema tables are written (SPEC.md §8.1). A rule looks at one value and says what is
// wrong with it; what a value without fault is, its type says. Rules never look at what a table does not name (M-02).
import type { CborMap, CborValue } from "../operation/cbor.ts";
import { textFault } from "./text.ts";

/** What is wrong, and where: "hosts[3].name" "has more than 100 bytes". */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}

declare const means: unique symbol;

/** Says what is wrong with a value, or nothing; `Value` is what a value without fault is. */
export type Rule<Value> = ((value: CborValue) => Fault | undefined) & { readonly [means]?: Value };

/** A field that may be absent. */
export interface Optional<Value> {
  readonly optional: Rule<Value>;
}

/** A field that may be absent, and then reads as `fallback`. */
export interface Defaulted<Value> {
  readonly defaulted: Rule<Value>;
  readonly fallback: Value;
}

export interface FieldTable {
  readonly [name: string]: Rule<unknown> | Optional<unknown> | Defaulted<unknown>;
}

type ValueOf<Field> = Field extends Optional<infer Value> | Defaulted<infer Value> | Rule<infer Value> ? Value : never;
type Simple<Type> = { readonly [Name in keyof Type]: Type[Name] };
type Fields<Table, MayBeAbsent> = Simple<
  { [Name in keyof Table as Table[Name] extends MayBeAbsent ? never : Name]: ValueOf<Table[Name]> } & {
    [Name in keyof Table as Table[Name] extends MayBeAbsent ? Name : never]?: ValueOf<Table[Name]>;
  }
>;

/** What a reader gets: defaults are filled in. */
export type FieldsRead<Table> = Fields<Table, Optional<unknown>>;
/** What a writer gives: defaults may be left out. */
export type FieldsWritten<Table> = Fields<Table, Optional<unknown> | Defaulted<unknown>>;

export function optional<Value>(rule: Rule<Value>): Optional<Value> {
  return { optional: rule };
}

export function defaultTo<Value>(fallback: Value, rule: Rule<Value>): Defaulted<Value> {
  return { defaulted: rule, fallback };
}

/** One line of `min` to `max` bytes. */
export function text(min: number, max: number): Rule<string> {
  return stringRule((value) => textFault(value, { min, max, lines: "one" }));
}

/** Lines of up to `max` bytes in all. */
export function longText(max: number): Rule<string> {
  return stringRule((value) => textFault(value, { min: 0, max, lines: "several" }));
}

/** Plain characters only; `what` ends the sentence "… is not". */
export function pattern(expression: RegExp, what: string): Rule<string> {
  return stringRule((value) => (expression.test(value) ? undefined : `is not ${what}`));
}

export function oneOf<const Word extends string>(...words: readonly Word[]): Rule<Word> {
  const known: readonly CborValue[] = words;
  return (value) => (known.includes(value) ? undefined : fault(`is not one of ${words.join(", ")}`));
}

export function integer(min: number, max: number): Rule<number> {
  return (value) => {
    if (typeof value !== "number") return fault("is not a number");
    return value < min || value > max ? fault(`is not within ${min}–${max}`) : undefined;
  };
}

export function bool(): Rule<boolean> {
  return (value) => (typeof value === "boolean" ? undefined : fault("is not true or false"));
}

/** A mark that is set or absent. */
export function mark(): Rule<true> {
  return (value) => (value === true ? undefined : fault("is not true"));
}

/** Up to `max` values that all keep one rule. */
export function listOf<Value>(rule: Rule<Value>, max: number): Rule<readonly Value[]> {
  return (value) => {
    if (!Array.isArray(value)) return fault("is not a list");
    if (value.length > max) return fault(`has more than ${max} entries`);
    return firstFault(value, (item, index) => under(`[${index}]`, rule(item)));
  };
}

/** Exactly as many values as rules. */
export function tuple<const Values extends readonly unknown[]>(
  ...rules: { readonly [Index in keyof Values]: Rule<Values[Index]> }
): Rule<Values> {
  return (value) => {
    if (!Array.isArray(value) || value.length !== rules.length) return fault(`is not a list of ${rules.length}`);
    return firstFault(rules, (rule, index) => under(`[${index}]`, (rule as Rule<unknown>)(value[index] as CborValue)));
  };
}

/** A map with the fields of a table. `check` sees it once every field is without fault. */
export function record<const Table extends FieldTable>(
  table: Table,
  check: (fields: FieldsRead<Table>) => Fault | undefined = () => undefined,
): Rule<FieldsRead<Table>> {
  return (value) => {
    if (!isMap(value)) return fault("is not a map");
    return (
      firstFault(Object.keys(table), (name) => fieldFault(table, name, value)) ??
      check(value as unknown as FieldsRead<Table>)
    );
  };
}

/** What is wrong with one field of a map. */
export function fieldFault(table: FieldTable, name: string, map: CborMap): Fault | undefined {
  const field = table[name] as FieldTable[string];
  const value = map[name];
  if (value === undefined) return typeof field === "function" ? { path: name, reason: "is missing" } : undefined;
  return under(name, ruleOf(field)(value));
}

export function fault(reason: string, path = ""): Fault {
  return { path, reason };
}

/** The same fault, seen from the container that holds `part`. */
export function under(part: string, inner: Fault | undefined): Fault | undefined {
  if (inner === undefined) return undefined;
  const joint = inner.path === "" || inner.path.startsWith("[") ? "" : ".";
  return { path: part + joint + inner.path, reason: inner.reason };
}

export function isMap(value: CborValue | undefined): value is CborMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function ruleOf(field: FieldTable[string]): Rule<unknown> {
  if (typeof field === "function") return field;
  return "optional" in field ? field.optional : field.defaulted;
}

function stringRule(reason: (value: string) => string | undefined): Rule<string> {
  return (value) => {
    const found = typeof value === "string" ? reason(value) : "is not text";
    return found === undefined ? undefined : fault(found);
  };
}

function firstFault<Item>(
  items: readonly Item[],
  look: (item: Item, index: number) => Fault | undefined,
): Fault | undefined {
  for (const [index, item] of items.entries()) {
    const found = look(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

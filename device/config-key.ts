// The kinds of keys a configuration can have: what each accepts, and how people are told. Not which keys there are
// (config-schema.ts) and not where their values come from (config.ts).

export interface Key<Value> {
  readonly kind: "text" | "integer" | "switch" | "list" | "tables";
  /** Undefined for a key that may stay open. */
  readonly default: Value;
  /** What an open key means, for people. */
  readonly open?: string;
  /** One line, without a final period. */
  readonly help: string;
  readonly unit?: string;
  /** Name of the option without its dashes, where the one made from the path would be clumsy. */
  readonly flag?: string;
  /** All values, where they are a few words. */
  readonly words?: readonly string[];
  /** Completes "use …". */
  readonly expected: string;
  /** The value as the configuration holds it; undefined refuses it. */
  accept(value: unknown): Value | undefined;
  /** For lists and tables: whether one element would do. */
  acceptsElement?(element: unknown): boolean;
}

type Described = Pick<Key<unknown>, "help"> & Partial<Pick<Key<unknown>, "flag" | "unit">>;

interface TextRule {
  readonly expected: string;
  readonly accepts: (text: string) => boolean;
}

/** One line that fits on a screen and in a log line. */
const MAX_TEXT_CHARACTERS = 200;
const LINE: TextRule = { expected: `one line of at most ${MAX_TEXT_CHARACTERS} characters`, accepts: () => true };

export function text(key: Described & { readonly default: string }, rule: TextRule = LINE): Key<string> {
  return {
    ...key,
    kind: "text",
    expected: rule.expected,
    accept: (value) => (isLine(value, rule) ? value : undefined),
  };
}

/** A text without a default; `open` says what its absence means. */
export function openText(key: Described & { readonly open: string }, rule: TextRule = LINE): Key<string | undefined> {
  return { ...text({ ...key, default: "" }, rule), default: undefined };
}

export function choice<const Word extends string>(
  words: readonly Word[],
  key: Described & { readonly default: Word },
): Key<Word> {
  return {
    ...key,
    kind: "text",
    words,
    expected: alternatives(words),
    accept: (value) => words.find((word) => word === value),
  };
}

export function integer(
  range: readonly [least: number, most: number],
  key: Described & { readonly default: number },
): Key<number> {
  const [least, most] = range;
  const fits = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  const expected = `a whole number from ${least} to ${most}`;
  return { ...key, kind: "integer", expected, accept: (value) => (fits(value) ? value : undefined) };
}

/** One of a few numbers. */
export function number<const Choice extends number>(
  numbers: readonly Choice[],
  key: Described & { readonly default: Choice },
): Key<Choice> {
  const accept = (value: unknown): Choice | undefined => numbers.find((each) => each === value);
  return { ...key, kind: "integer", expected: alternatives(numbers.map(String)), accept };
}

export function toggle(key: Described & { readonly default: boolean }): Key<boolean> {
  const expected = "true or false";
  return { ...key, kind: "switch", expected, accept: (value) => (typeof value === "boolean" ? value : undefined) };
}

/** An empty list by default. */
export function list(key: Described, rule: TextRule): Key<readonly string[]> {
  const isElement = (element: unknown): element is string => isLine(element, rule);
  const accept = (value: unknown): readonly string[] | undefined =>
    Array.isArray(value) && value.every(isElement) ? Object.freeze([...value]) : undefined;
  return {
    ...key,
    kind: "list",
    default: Object.freeze([]),
    expected: rule.expected,
    accept,
    acceptsElement: isElement,
  };
}

/** Tables of one shape, `[[name]]` in the file; `read` gives the value of one, also from a text of the other sources. */
export function tables<Value>(
  key: Described & { readonly expected: string },
  read: (element: unknown) => Value | undefined,
): Key<readonly Value[]> {
  const accept = (value: unknown): readonly Value[] | undefined => {
    if (!Array.isArray(value)) return undefined;
    const elements = value.map(read);
    return elements.every((element) => element !== undefined) ? Object.freeze(elements) : undefined;
  };
  const acceptsElement = (element: unknown): boolean => read(element) !== undefined;
  return { ...key, kind: "tables", default: Object.freeze([]), accept, acceptsElement };
}

function isLine(value: unknown, rule: TextRule): value is string {
  if (typeof value !== "string" || value.trim() === "") return false;
  return value.length <= MAX_TEXT_CHARACTERS && !/\p{Cc}/u.test(value) && rule.accepts(value);
}

function alternatives(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

// What whoever keeps this box does not want to see (M-70): people, things and words, and the lists of others that they
// follow. A choice for this box alone: kept in its data folder, never an operation, never announced, imposed on nobody.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeDurably } from "./durable-file.ts";
import { CommandError } from "./exit.ts";
import type { Programme } from "./programme/programme.ts";

export interface Choices {
  /** Keys, hex. Nothing of theirs is shown, not even that it is there. */
  readonly blocked: readonly string[];
  /** Keys whose things are left out of lists. */
  readonly muted: readonly string[];
  /** Documents that are left out of lists. */
  readonly hidden: readonly string[];
  /** As people typed them. */
  readonly words: readonly string[];
  /** Documents: lists that others published (mutelist/1). */
  readonly lists: readonly string[];
}

export type ChoiceKind = keyof Choices;

export const NO_CHOICES: Choices = { blocked: [], muted: [], hidden: [], words: [], lists: [] };

/** A list that somebody published and this box follows. */
export interface FollowedList {
  /** Its document. */
  readonly doc: string;
  /** Who published it, for "hidden by the list of …". */
  readonly author: string;
  readonly items: readonly { readonly key?: string; readonly doc?: string }[];
}

/** What might be hidden. A person is a thing without a document. */
export interface Thing {
  readonly doc?: string;
  readonly author: string;
  /** All that it says. */
  readonly text?: string;
}

/** `list` names the author of the list that hides it. */
export type HiddenBy =
  | { readonly why: "blocked" | "muted" | "hidden" }
  | { readonly why: "word"; readonly word: string }
  | { readonly why: "list"; readonly list: string };

/** Why a thing is not to be seen here, or nothing. Own choices are named before those of others. */
export function hiddenBy(
  { doc, author, text = "" }: Thing,
  choices: Choices,
  lists: readonly FollowedList[],
): HiddenBy | undefined {
  if (choices.blocked.includes(author)) return { why: "blocked" };
  if (choices.muted.includes(author)) return { why: "muted" };
  if (doc !== undefined && choices.hidden.includes(doc)) return { why: "hidden" };
  const word = choices.words.find((each) => holdsWord(text, each));
  if (word !== undefined) return { why: "word", word };
  const list = lists.find(({ items }) =>
    items.some((item) => item.key === author || (doc !== undefined && item.doc === doc)),
  );
  return list && { why: "list", list: list.author };
}

/** The lists that are followed here, as far as they have arrived. */
export function followedLists(programme: Pick<Programme, "document">, { lists }: Choices): readonly FollowedList[] {
  return lists.flatMap((id) => {
    const found = programme.document(id);
    if (found.status !== "shown" || found.document.schema !== "mutelist/1") return [];
    const { author, fields } = found.document;
    return [{ doc: id, author, items: fields.items }];
  });
}

/** The choices with one more, or one fewer. */
export function choose(choices: Choices, kind: ChoiceKind, value: string, undo: boolean): Choices {
  const others = choices[kind].filter((each) => each !== value);
  return { ...choices, [kind]: undo ? others : [...others, value] };
}

/** Where they lie in a data folder. */
export class ChoiceFile {
  readonly #path: string;

  constructor(dataFolder: string) {
    this.#path = join(dataFolder, "choices.json");
  }

  /** Throws E_CHOICES_BROKEN: going on without them would show what somebody had hidden. */
  read(): Choices {
    let text: string;
    try {
      text = readFileSync(this.#path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return NO_CHOICES;
      throw error;
    }
    try {
      const read = JSON.parse(text) as Partial<Record<ChoiceKind, unknown>>;
      const kinds = Object.keys(NO_CHOICES) as ChoiceKind[];
      return Object.fromEntries(kinds.map((kind) => [kind, textsOf(read[kind])])) as unknown as Choices;
    } catch (cause) {
      throw new CommandError("E_CHOICES_BROKEN", `Cannot read the choices in "${this.#path}": they are not ours`, {
        cause,
      });
    }
  }

  write(choices: Choices): void {
    writeDurably(this.#path, `${JSON.stringify(choices, null, 2)}\n`);
  }
}

function textsOf(value: unknown): readonly string[] {
  const list = value ?? [];
  if (Array.isArray(list) && list.every((each) => typeof each === "string")) return list;
  throw new TypeError("Cannot read a choice: it is not a list of texts");
}

/** Whole words, whatever their capitals: hiding "art" leaves "party". */
function holdsWord(text: string, word: string): boolean {
  const [haystack, needle] = [text, word].map((each) => each.normalize("NFC").toLocaleLowerCase("und"));
  if (haystack === undefined || needle === undefined || needle === "") return false;
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    const before = haystack.slice(0, at).at(-1) ?? " ";
    const after = haystack.at(at + needle.length) ?? " ";
    if (!LETTER.test(before) && !LETTER.test(after)) return true;
  }
  return false;
}

const LETTER = /[\p{L}\p{N}\p{M}]/u;

// What somebody does not want to see (M-70), as a rule: people, things and words, and the lists of others that they follow.
// A choice for one device alone, imposed on nobody; where it is kept is that device's business.

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

/** A list that somebody published and this device follows. */
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

/** The choices with one more, or one fewer. */
export function choose(choices: Choices, kind: ChoiceKind, value: string, undo: boolean): Choices {
  const others = choices[kind].filter((each) => each !== value);
  return { ...choices, [kind]: undo ? others : [...others, value] };
}

const LETTER = /[\p{L}\p{N}\p{M}]/u;

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

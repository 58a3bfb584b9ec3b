// What a list is before it is printed: columns and cells for people, items with stable keys for scripts.
import type { LocalChoice } from "../programme/local-choice.ts";
import type { Cell, Column } from "../table-text.ts";
import type { CommandContext } from "./command.ts";
import type { Festival } from "./festival.ts";

export interface Listing {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | Cell)[])[];
  readonly items: readonly object[];
}

export interface ListQuestion {
  readonly festival: Festival;
  readonly context: CommandContext;
  readonly choice: LocalChoice;
  /** Key of --by, hex. */
  readonly by: string | undefined;
}

export type Lister = (question: ListQuestion) => Listing | Promise<Listing>;

export const ID: Column = { title: "id", fixed: true };

/** One description of the columns for both: a title, the cell of an item. */
export function listing<Item extends object>(
  items: readonly Item[],
  columns: readonly (Column & { readonly cell: (item: Item) => string | Cell })[],
): Listing {
  return { columns, items, rows: items.map((item) => columns.map(({ cell }) => cell(item))) };
}

/** All words stand somewhere in the text, whatever their capitals. */
export function hasWords(text: string, words: string | undefined): boolean {
  const found = text.toLowerCase();
  return (words ?? "")
    .toLowerCase()
    .split(/\s+/)
    .every((word) => found.includes(word));
}

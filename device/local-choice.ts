// What whoever keeps this box does not want to see (M-70): people, things and words, and the lists of others that they
// follow. A choice for this box alone: kept in its data folder, never an operation, never announced, imposed on nobody.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ChoiceKind, type Choices, type FollowedList, NO_CHOICES } from "./act/hidden.ts";
import { writeDurably } from "./durable-file.ts";
import { CommandError } from "./exit.ts";
import type { Programme } from "./programme/programme.ts";

export {
  type ChoiceKind,
  type Choices,
  choose,
  type FollowedList,
  type HiddenBy,
  hiddenBy,
  NO_CHOICES,
  type Thing,
} from "./act/hidden.ts";

/** The lists that are followed here, as far as they have arrived. */
export function followedLists(programme: Pick<Programme, "document">, { lists }: Choices): readonly FollowedList[] {
  return lists.flatMap((id) => {
    const found = programme.document(id);
    if (found.status !== "shown" || found.document.schema !== "mutelist/1") return [];
    const { author, fields } = found.document;
    return [{ doc: id, author, items: fields.items }];
  });
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

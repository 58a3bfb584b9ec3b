// `lagerfeuer list people` and `lagerfeuer list hidden`: who is here and what they do, and what this box does not want to
// see. Who somebody is follows from what they do; nobody is anything by rank.

import { type Choices, followedLists } from "../local-choice.ts";
import type { Person, Roles } from "../programme/person-query.ts";
import { textOption } from "./act-command.ts";
import type { Festival } from "./festival.ts";
import { shortId } from "./known-documents.ts";
import { titleById } from "./list-things.ts";
import { hasWords, ID, type Listing, type ListQuestion, listing } from "./listing.ts";

export async function listPeople({ festival, context, choice }: ListQuestion): Promise<Listing> {
  const { programme, names, opened, me } = festival;
  const words = textOption(context, "words");
  const people = (await opened.authors())
    .map((key) => ({ ...programme.person(key), name: names.of(key) }))
    .filter(({ key, name }) => hasWords(name, words) && !choice.hidden?.(key, key, name))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
  return listing(people, [
    { title: "name", cell: ({ name }) => ({ text: name, colour: "bold" }) },
    { title: "does", cell: ({ roles }) => rolesText(roles) },
    { title: "is", fixed: true, cell: (person) => isText(person, me) },
    { ...ID, cell: ({ key }) => shortId(key) },
  ]);
}

/** "hosts 2, lends 1, comes to 3" */
export function rolesText({ hosts, performs, lends, comes }: Roles): string {
  const roles = [
    ["hosts", hosts],
    ["performs in", performs],
    ["lends", lends],
    ["comes to", comes],
  ] as const;
  return roles.flatMap(([does, count]) => (count > 0 ? [`${does} ${count}`] : [])).join(", ");
}

function isText({ key, is }: Person, me: string): string {
  return key === me ? "you" : (is ?? "");
}

interface HiddenThing {
  readonly choice: "block" | "mute" | "hide" | "word" | "follow";
  readonly value: string;
  readonly name: string;
}

export function listHidden({ festival, context }: ListQuestion): Listing {
  return listing(hiddenThings(festival, context.choices.read()), [
    { title: "choice", fixed: true, cell: ({ choice }) => choice },
    { title: "what", cell: ({ name }) => name },
    { ...ID, cell: ({ choice, value }) => (choice === "word" ? "" : shortId(value)) },
  ]);
}

function hiddenThings(festival: Festival, choices: Choices): readonly HiddenThing[] {
  const { names } = festival;
  const counts = new Map(followedLists(festival.programme, choices).map(({ doc, items }) => [doc, items.length]));
  return [
    ...choices.blocked.map((value) => ({ choice: "block" as const, value, name: names.of(value) })),
    ...choices.muted.map((value) => ({ choice: "mute" as const, value, name: names.of(value) })),
    ...choices.hidden.map((value) => ({ choice: "hide" as const, value, name: titleById(festival, value) })),
    ...choices.words.map((value) => ({ choice: "word" as const, value, name: value })),
    ...choices.lists.map((value) => ({
      choice: "follow" as const,
      value,
      name: `${titleById(festival, value)}: ${counts.get(value) ?? 0} names`,
    })),
  ];
}

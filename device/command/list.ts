// `lagerfeuer list`: what this box sees of a festival, filtered, and whose view it is.
import { coloured, tableLines } from "../table-text.ts";
import { textOption, wrongUsage } from "./act-command.ts";
import type { Command, CommandContext } from "./command.ts";
import { AS_HELP, AS_OPTIONS, type Festival, inFestival } from "./festival.ts";
import { keyNamed } from "./known-documents.ts";
import { listEvents } from "./list-events.ts";
import { listHidden, listPeople } from "./list-people.ts";
import { listAsked, listNeeds, listNotes, listPicks, listRequests, listResources, listVenues } from "./list-things.ts";
import type { Lister } from "./listing.ts";
import { LocalView } from "./local-view.ts";

interface Word {
  readonly list: Lister;
  /** Filters that mean something here. */
  readonly filters: readonly string[];
}

const WORDS: Readonly<Record<string, Word>> = {
  events: { list: listEvents, filters: ["day", "now", "tag", "kind", "venue", "frame", "by", "words", "pick"] },
  venues: { list: listVenues, filters: ["tag", "by", "words"] },
  resources: { list: listResources, filters: ["tag", "kind", "by", "words"] },
  requests: { list: listRequests, filters: ["by"] },
  asked: { list: listAsked, filters: ["by"] },
  people: { list: listPeople, filters: ["words"] },
  notes: { list: listNotes, filters: ["by", "words"] },
  picks: { list: listPicks, filters: ["by"] },
  needs: { list: listNeeds, filters: ["kind", "by", "words"] },
  hidden: { list: listHidden, filters: [] },
};

const FILTER_HELP = {
  day: "Of one festival day, as 2026-07-17",
  now: "What runs now",
  tag: "With this tag",
  kind: "Of this kind",
  venue: "At this venue, as its authors say or as it was granted",
  frame: "Part of this festival or track",
  by: "Made by this person: the beginning of a key, or a name",
  words: "With these words in the title",
  pick: "Through the eyes of somebody: the title or id of a pick",
} as const;

export const list: Command = {
  name: "list",
  summary: "List what this box knows: events, venues, requests, people …",
  operands: "WHAT",
  help: [
    `WHAT is one of ${Object.keys(WORDS).join(", ")}:`,
    '"asked" is what waits for your answer, "requests" what is asked for by anybody. Another box may see other things:',
    "the last line says whose view it is. Example:",
    "  lagerfeuer list events --day 2026-07-17 --venue Barn",
  ].join("\n"),
  options: {
    ...Object.fromEntries(Object.keys(FILTER_HELP).map((name) => [name, { type: "string" as const }])),
    now: { type: "boolean" },
    as: AS_OPTIONS.as,
  },
  optionHelp: { ...FILTER_HELP, as: AS_HELP.as },
  run: (context) => inFestival(context, "look", (festival) => printList(festival, context)),
};

async function printList(festival: Festival, context: CommandContext): Promise<void> {
  const { operands, options, print, terminal } = context;
  const [word = "", ...more] = operands;
  const { list: lister, filters } = wordOf(word);
  if (more.length > 0) throw wrongUsage(`Cannot list "${more[0]}" as well`);
  const useless = Object.keys(FILTER_HELP).find((name) => options[name] !== undefined && !filters.includes(name));
  if (useless !== undefined) throw wrongUsage(`Cannot list ${word} by --${useless}`);
  const view = new LocalView(festival, context);
  const by = textOption(context, "by");
  const { columns, rows, items } = await lister({
    festival,
    context,
    choice: view.choice,
    by: by === undefined ? undefined : await keyNamed(festival, by),
  });
  if (options["json"]) return print(JSON.stringify({ seenFrom: await view.seenFrom(), [word]: items }));
  for (const line of tableLines(columns, rows, terminal)) print(line);
  if (rows.length === 0) print(`No ${word} are known here${filters.some((name) => options[name]) ? " that fit" : ""}`);
  print(coloured(await view.footer(), "dim", terminal));
}

function wordOf(word: string): Word {
  const found = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (found !== undefined) return found;
  throw wrongUsage(`Cannot list "${word}": it is none of ${Object.keys(WORDS).join(", ")}`);
}

// `lagerfeuer block`: what this box does not want to see (M-70). Stays in its data folder; nobody is told.
import { escapeControl } from "../escape-control.ts";
import { type ChoiceKind, choose } from "../local-choice.ts";
import { textOption, wrongUsage } from "./act-command.ts";
import type { Command, CommandContext } from "./command.ts";
import { type Festival, inFestival } from "./festival.ts";
import { documentNamed, keyNamed, titleOf } from "./known-documents.ts";

interface Choice {
  readonly kind: ChoiceKind;
  readonly value: string;
  readonly name: string;
}

const DONE: Readonly<Record<ChoiceKind, string>> = {
  blocked: "is blocked here",
  muted: "is muted here",
  hidden: "is hidden here",
  words: "is a word that hides what holds it here",
  lists: "is a list that this box follows now",
};

export const block: Command = {
  name: "block",
  summary: "Do not show somebody or something on this box",
  operands: "[KEY|DOC]",
  help: [
    "A person is blocked, by the beginning of their key or their name; a thing is hidden. It is your choice alone: nothing",
    "is published, nobody is told, and others see what they saw before. Lists say how much was left out;",
    '"lagerfeuer list hidden" shows your choices, and --undo takes one back.',
  ].join("\n"),
  options: {
    word: { type: "string" },
    mute: { type: "boolean" },
    hide: { type: "boolean" },
    follow: { type: "boolean" },
    undo: { type: "boolean" },
  },
  optionHelp: {
    word: "Hide whatever holds this word",
    mute: "Leave somebody out of lists only",
    hide: "Say that a thing is meant, not a person",
    follow: "Hide what is on a list that somebody published",
    undo: "Take the choice back",
  },
  run: (context) => inFestival(context, "look", (festival) => decide(festival, context)),
};

async function decide(festival: Festival, context: CommandContext): Promise<void> {
  const { choices, options, print } = context;
  const { kind, value, name } = await choiceOf(festival, context);
  const undo = options["undo"] === true;
  choices.write(choose(choices.read(), kind, value, undo));
  if (options["json"]) print(JSON.stringify({ choice: kind, value, undone: undo }));
  else print(escapeControl(undo ? `"${name}" is shown again` : `"${name}" ${DONE[kind]}; nobody is told`));
}

async function choiceOf(festival: Festival, context: CommandContext): Promise<Choice> {
  const { operands, options } = context;
  const word = textOption(context, "word");
  const [named, ...more] = operands;
  if ((word === undefined) === (named === undefined) || more.length > 0 || word === "") {
    throw wrongUsage("Cannot block: name a person, a thing, or a --word");
  }
  if (word !== undefined) return { kind: "words", value: word, name: word };
  if (options["follow"] === true) return thing(festival, named ?? "", "lists");
  if (options["hide"] === true) return thing(festival, named ?? "", "hidden");
  const kind = options["mute"] === true ? "muted" : "blocked";
  const key = await personOrNobody(festival, named ?? "");
  if (key !== undefined) return { kind, value: key, name: festival.names.of(key) };
  return thing(festival, named ?? "", "hidden");
}

function thing(festival: Festival, text: string, kind: "hidden" | "lists"): Choice {
  const document = kind === "lists" ? documentNamed(festival, text, "mutelist/1") : documentNamed(festival, text);
  return { kind, value: document.doc, name: titleOf(document) ?? text };
}

/** What is no person may be a thing. */
async function personOrNobody(festival: Festival, text: string): Promise<string | undefined> {
  try {
    return await keyNamed(festival, text);
  } catch (error) {
    if ((error as { readonly code?: string }).code === "E_UNKNOWN_PERSON") return undefined;
    throw error;
  }
}

// `lagerfeuer fork`: one's own of something that somebody else made, without asking, with a credit line.

import type { EditableSchema } from "../act/field-input.ts";
import { fork as forkOf } from "../act/fork.ts";
import { readWhen } from "../act/when-input.ts";
import { actCommand, operandsOf } from "./act-command.ts";
import type { Command } from "./command.ts";
import { fieldsGiven, OPTION_HELP, OPTIONS, timeWords, withoutNulls } from "./field-options.ts";
import { documentNamed, shortId, titleOf } from "./known-documents.ts";

const FORKABLE = ["event/1", "resource/1", "series/1", "frame/1", "note/1"] as const;

export const fork: Command = actCommand({
  name: "fork",
  summary: "Make your own of an event, a venue, a festival or a series",
  operands: "DOC",
  help: [
    "Words and structure come along, with a line that says whose it was. Who comes, who hosts, what was lent and pictures",
    "stay behind. Options say what is different in yours.",
  ].join("\n"),
  options: OPTIONS,
  optionHelp: OPTION_HELP,
  act: async (festival, context) => {
    const [text = ""] = operandsOf(context, "fork", 1, 1);
    const original = documentNamed(festival, text, ...FORKABLE);
    const given = await fieldsGiven(festival, context, original.schema as EditableSchema);
    const when = original.schema === "event/1" ? readWhen(timeWords(context), context.timezone) : undefined;
    const changes = { ...withoutNulls(given), ...(when && { when: { ...when.time } }) };
    const [id = "", ...more] = await festival.publish([forkOf(original, changes)]);
    const author = festival.names.of(original.author);
    const wish = original.fields.reuse;
    return {
      line: `"${given["title"] ?? titleOf(original) ?? shortId(original.doc)}" is yours now, after ${author}'s: ${shortId(id)}`,
      json: { schema: original.schema, id, forkOf: original.doc, operations: [id, ...more] },
      remarks: [
        ...(wish === undefined || wish === "free" ? [] : [`About reuse, ${author} says: ${wish}`]),
        ...(when?.remarks ?? []),
      ],
    };
  },
});

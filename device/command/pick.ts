// `lagerfeuer pick`: things through one's own eyes, in order, for others to look through.
import { createBody, updateBody } from "../act/checked-body.ts";
import { actCommand, operandsOf, textOption } from "./act-command.ts";
import type { Command } from "./command.ts";
import { documentNamed, shortId } from "./known-documents.ts";

const MAX_ITEMS = 500;

export const pick: Command = actCommand({
  name: "pick",
  summary: "Recommend things to others, in your order",
  operands: "TITLE DOC...",
  help: [
    "Whoever likes looks at the programme through your eyes: lagerfeuer list events --pick TITLE. The same title again",
    "makes it these things instead.",
  ].join("\n"),
  options: { text: { type: "string" } },
  optionHelp: { text: "Some more words" },
  act: async (festival, context) => {
    const [title = "", ...named] = operandsOf(context, "pick", 2, 1 + MAX_ITEMS);
    const items = named.map((each) => documentNamed(festival, each).doc);
    const text = textOption(context, "text");
    const own = festival.programme
      .documents("pick/1")
      .find(({ author, fields }) => author === festival.me && fields.title === title.normalize("NFC"));
    const body = own
      ? updateBody(own, { items, text })
      : createBody("pick/1", { title: title.normalize("NFC"), items, ...(text !== undefined && { text }) });
    const operations = await festival.publish([body]);
    const id = own?.doc ?? operations[0] ?? "";
    return {
      line: `"${title}" names ${items.length} things: ${shortId(id)}`,
      json: { schema: "pick/1", id, items, operations },
    };
  },
});

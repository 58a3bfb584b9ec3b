// `lagerfeuer edit`: what one has made says something else from now on.

import { edit as editDocument } from "../act/change.ts";
import type { Changes } from "../act/checked-body.ts";
import type { EditableSchema } from "../act/field-input.ts";
import { readWhen } from "../act/when-input.ts";
import { actCommand, operandsOf, wrongUsage } from "./act-command.ts";
import type { Command } from "./command.ts";
import { fieldsGiven, OPTION_HELP, OPTIONS, timeWords } from "./field-options.ts";
import { documentNamed, shortId, titleOf } from "./known-documents.ts";

const EDITABLE = ["event/1", "resource/1", "series/1", "frame/1", "need/1", "page/1", "note/1", "pick/1"] as const;

export const edit: Command = actCommand({
  name: "edit",
  summary: "Change something that you made",
  operands: "DOC",
  help: 'DOC is the beginning of an id, or a title. Only what you name changes; --text "" takes a text away.\nUse move for another time: it takes your requests along.',
  options: OPTIONS,
  optionHelp: OPTION_HELP,
  act: async (festival, context) => {
    const [text = ""] = operandsOf(context, "edit", 1, 1);
    const document = documentNamed(festival, text, ...EDITABLE);
    const fields = await fieldsGiven(festival, context, document.schema as EditableSchema);
    const words = document.schema === "event/1" ? timeWords(context) : {};
    if (words.start !== undefined || words.end !== undefined) throw wrongUsage("Cannot edit the time: use move");
    const when = readWhen(words, context.timezone);
    const changes = { ...fields, ...(when && { when: when.time }) } as Changes<typeof document.schema>;
    const body = editDocument(document, changes, festival.writerOf(document));
    const operations = await festival.publish([body]);
    return {
      line: `"${titleOf(document) ?? shortId(document.doc)}" is changed`,
      json: { schema: document.schema, id: document.doc, operations },
    };
  },
});

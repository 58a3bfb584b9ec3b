// `lagerfeuer note`: a word about something, or into the air.
import { createBody } from "../act/checked-body.ts";
import { actCommand, operandsOf, textOption } from "./act-command.ts";
import type { Command } from "./command.ts";
import { documentNamed, shortId, titleOf } from "./known-documents.ts";

export const note: Command = actCommand({
  name: "note",
  summary: "Leave a note, about something or just so",
  operands: "[DOC] TEXT",
  help: "A note goes after half a year unless --archive yes. Pictures do not travel between boxes yet.",
  options: { kind: { type: "string" }, archive: { type: "string" }, reply: { type: "boolean" } },
  optionHelp: {
    kind: "note, minutes, question, found or thanks",
    archive: "Whether archives may keep it: yes or no",
    reply: "DOC is a note, and this is an answer to it",
  },
  act: async (festival, context) => {
    const words = operandsOf(context, "note it", 1, 2);
    const about = words.length === 2 ? documentNamed(festival, words[0] ?? "") : undefined;
    const [kind, archive] = [textOption(context, "kind"), textOption(context, "archive")];
    const body = createBody("note/1", {
      text: (words.at(-1) ?? "").normalize("NFC"),
      ...(about && { [context.options["reply"] === true ? "reply" : "about"]: about.doc }),
      ...(kind !== undefined && { kind: kind as never }),
      ...(archive !== undefined && { archive: archive as never }),
    });
    const [id = "", ...more] = await festival.publish([body]);
    const where = about === undefined ? "" : ` about "${titleOf(about) ?? shortId(about.doc)}"`;
    return { line: `Noted${where}: ${shortId(id)}`, json: { schema: "note/1", id, operations: [id, ...more] } };
  },
});

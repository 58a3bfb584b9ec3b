// `lagerfeuer note`: a word about something, or into the air; pictures too.
import { createBody } from "../act/checked-body.ts";
import { actCommand, operandsOf, textOption } from "./act-command.ts";
import type { Command } from "./command.ts";
import { documentNamed, shortId, titleOf } from "./known-documents.ts";
import { PHOTO_HELP, PHOTO_OPTIONS, photosGiven } from "./photos.ts";

export const note: Command = actCommand({
  name: "note",
  summary: "Leave a note, about something or just so",
  operands: "[DOC] TEXT",
  help: "A note goes after half a year unless --archive yes, and its pictures go with it.",
  options: {
    kind: { type: "string" },
    archive: { type: "string" },
    reply: { type: "boolean" },
    consent: { type: "boolean" },
    ...PHOTO_OPTIONS,
  },
  optionHelp: {
    kind: "note, photo, minutes, question, found or thanks",
    archive: "Whether archives may keep it: yes or no",
    reply: "DOC is a note, and this is an answer to it",
    consent: "The people in the picture agreed",
    ...PHOTO_HELP,
  },
  act: async (festival, context) => {
    const words = operandsOf(context, "note it", 1, 2);
    const about = words.length === 2 ? documentNamed(festival, words[0] ?? "") : undefined;
    const photos = await photosGiven(context, festival);
    const pictured = photos.named.length > 0;
    const [kind = pictured ? "photo" : undefined, archive] = [
      textOption(context, "kind"),
      textOption(context, "archive"),
    ];
    const body = createBody("note/1", {
      text: (words.at(-1) ?? "").normalize("NFC"),
      ...(about && { [context.options["reply"] === true ? "reply" : "about"]: about.doc }),
      ...(kind !== undefined && { kind: kind as never }),
      ...(archive !== undefined && { archive: archive as never }),
      ...(pictured && { blobs: photos.named }),
      ...(context.options["consent"] === true && { consent: true }),
    });
    const [id = "", ...more] = await festival.publish([body], photos.bytes);
    const where = about === undefined ? "" : ` about "${titleOf(about) ?? shortId(about.doc)}"`;
    const pictures = photos.named.map(({ h }) => h);
    return {
      line: `Noted${where}: ${shortId(id)}`,
      json: { schema: "note/1", id, operations: [id, ...more], pictures },
      remarks: photos.remarks,
    };
  },
});

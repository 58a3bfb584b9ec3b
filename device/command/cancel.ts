// `lagerfeuer cancel`: an event does not take place, or something goes.
import { cancel as cancelDocument } from "../act/change.ts";
import { actCommand, operandsOf, textOption } from "./act-command.ts";
import type { Command } from "./command.ts";
import { documentNamed, shortId, titleOf } from "./known-documents.ts";

export const cancel: Command = actCommand({
  name: "cancel",
  summary: "Cancel an event, or take back something else that you made",
  operands: "DOC",
  help: [
    "A cancelled event stays in the programme, struck through, so that nobody waits in vain; it cannot be revived, only",
    "forked. Anything else is withdrawn: we ask all devices to delete it; devices we never meet again may keep it.",
  ].join("\n"),
  options: { note: { type: "string" }, postpone: { type: "boolean" }, withdraw: { type: "boolean" } },
  optionHelp: {
    note: "Why, for those who come",
    postpone: "Later, not never: move it when the new time is known",
    withdraw: "Take an event away instead of striking it through",
  },
  act: async (festival, context) => {
    const [text = ""] = operandsOf(context, "cancel", 1, 1);
    const document = documentNamed(festival, text);
    const postponed = context.options["postpone"] === true;
    const withdraw = context.options["withdraw"] === true;
    const body = cancelDocument(
      document,
      { postponed, withdraw, note: textOption(context, "note") },
      festival.writerOf(document),
    );
    const operations = await festival.publish([body]);
    const became = body.a === "delete" ? "withdrawn" : postponed ? "postponed" : "cancelled";
    return {
      line: `"${titleOf(document) ?? shortId(document.doc)}" is ${became}`,
      json: { schema: document.schema, id: document.doc, became, operations },
    };
  },
});

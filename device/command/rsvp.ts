// `lagerfeuer rsvp`: I'm in.
import { type Going, rsvp as rsvpTo } from "../act/rsvp.ts";
import { actCommand, countOption, operandsOf, wrongUsage } from "./act-command.ts";
import type { Command } from "./command.ts";
import { documentNamed } from "./known-documents.ts";

const SAID: Readonly<Record<Going, string>> = {
  yes: "You are in",
  maybe: "You may come",
  no: "You are not coming",
};

export const rsvp: Command = actCommand({
  name: "rsvp",
  summary: "Say whether you come to an event",
  operands: "EVENT yes|maybe|no",
  help: "Say it again to change it. It is forgotten a week after the event.",
  options: { n: { type: "string" } },
  optionHelp: { n: "You and friends: how many in all, up to 10" },
  act: async (festival, context) => {
    const [text = "", going = ""] = operandsOf(context, "say so", 2, 2);
    if (!isGoing(going)) throw wrongUsage(`Cannot say "${going}": say yes, maybe or no`);
    const event = documentNamed(festival, text, "event/1");
    const operations = await festival.publish([rsvpTo(event, going, countOption(context, "n"))]);
    return {
      line: `${SAID[going]}: "${event.fields.title}"`,
      json: { schema: "rsvp/1", event: event.doc, going, operations },
      remarks: event.fields.status === "cancelled" && going !== "no" ? ["It was cancelled"] : [],
    };
  },
});

function isGoing(text: string): text is Going {
  return Object.hasOwn(SAID, text);
}

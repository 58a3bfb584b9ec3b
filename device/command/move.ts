// `lagerfeuer move`: an event at another time, with what its author asked for (M-16).
import { move as moveEvent } from "../act/change.ts";
import { readExact } from "../act/when-input.ts";
import { whenText } from "../when-text.ts";
import { actCommand, operandsOf, wrongUsage } from "./act-command.ts";
import type { Command } from "./command.ts";
import { timeWords } from "./field-options.ts";
import { documentNamed } from "./known-documents.ts";

export const move: Command = actCommand({
  name: "move",
  summary: "Move an event to another time, and your requests for it",
  operands: "EVENT",
  help: [
    "Without --end it takes as long as before. What was granted for the old time has to be granted again. Example:",
    '  lagerfeuer move Soup --start "2026-07-17 19:00"',
  ].join("\n"),
  options: { start: { type: "string" }, end: { type: "string" }, day: { type: "string" } },
  optionHelp: {
    start: "When it begins now",
    end: 'When it ends: the same, or "20:00" alone',
    day: 'The day of a --start like "18:00"',
  },
  act: async (festival, context) => {
    const [text = ""] = operandsOf(context, "move", 1, 1);
    const event = documentNamed(festival, text, "event/1");
    const { start, ...words } = timeWords(context);
    if (start === undefined) throw wrongUsage("Cannot move it: say --start");
    const { time, remarks } = readExact({ ...words, start }, context.timezone);
    const { programme } = festival;
    const me = festival.writerOf(event);
    const requests = programme
      .requests({ event: event.doc, author: me })
      .map(({ doc }) => documentNamed(festival, doc, "request/1"));
    const bodies = moveEvent(event, time, { requests, me });
    const operations = await festival.publish(bodies);
    const asking = bodies.length - 1;
    const went = asking === 1 ? "your request went along and waits" : `${asking} of your requests went along and wait`;
    const asked = asking === 0 ? "" : `; ${went} for a new answer`;
    return {
      line: `"${event.fields.title}" is now ${whenText(time)}${asked}`,
      json: { schema: "event/1", id: event.doc, when: time, requests: asking, operations },
      remarks,
    };
  },
});

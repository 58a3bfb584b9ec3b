// `lagerfeuer announce`: a word to everybody, on every screen that trusts whoever says it.
import { Temporal } from "temporal-polyfill";
import type { Seconds } from "../../protocol/festival/when.ts";
import { announce as announceIt } from "../act/announce.ts";
import { type ReadTime, readMoment } from "../act/when-input.ts";
import { actCommand, operandsOf, textOption, wrongUsage } from "./act-command.ts";
import type { Command } from "./command.ts";
import { documentNamed, shortId } from "./known-documents.ts";

const TIME_OF_DAY = /^\d{1,2}:\d{2}$/;
const DAY_SECONDS = 86_400;

export const announce: Command = actCommand({
  name: "announce",
  summary: "Tell everybody something on the screens",
  operands: "TEXT",
  help: [
    "It stands on this box's own screen, at the doors of venues that you made, and wherever your key is trusted: see",
    "screen.trusted. --urgent takes the whole screen, for an emergency. Examples:",
    '  lagerfeuer announce "Drinking water is off at the north field" --until 18:00',
    '  lagerfeuer announce "Storm. Leave the tents, go to the Barn" --until 16:00 --urgent',
  ].join("\n"),
  options: {
    until: { type: "string" },
    urgent: { type: "boolean" },
    at: { type: "string" },
    lang: { type: "string" },
  },
  optionHelp: {
    until: 'When it is over: "18:00", or a day and a time',
    urgent: "An emergency: nothing else stands on the screen until then",
    at: "Only at the doors of this venue",
    lang: "Language of the text, as de or pt-BR",
  },
  act: async (festival, context) => {
    const [text = ""] = operandsOf(context, "announce it", 1, 1);
    const until = textOption(context, "until");
    if (until === undefined) throw wrongUsage("Cannot announce it: say --until when");
    const { time: expires, remarks } = readUntil(until, festival.now, context.timezone);
    const at = textOption(context, "at");
    const venue = at === undefined ? undefined : documentNamed(festival, at, "resource/1").doc;
    const urgent = context.options["urgent"] === true;
    const said = { text, expires, urgent, venue, lang: textOption(context, "lang") };
    const [id = "", ...more] = await festival.publish([announceIt(said, festival.now)]);
    return {
      line: `${urgent ? "Emergency announced" : "Announced"} until ${until}: ${shortId(id)}`,
      json: { schema: "note/1", id, announce: urgent ? "emergency" : "news", expires, operations: [id, ...more] },
      remarks,
    };
  },
});

/** "18:00" is the next one. Throws E_TIME. */
function readUntil(text: string, now: Seconds, timezone: string): ReadTime<Seconds> {
  if (!TIME_OF_DAY.test(text)) return readMoment(text, "--until", timezone);
  const today = Temporal.Instant.fromEpochMilliseconds(now * 1000)
    .toZonedDateTimeISO(timezone)
    .toPlainDate();
  const { time, remarks } = readMoment(`${today} ${text.padStart("00:00".length, "0")}`, "--until", timezone);
  return { time: time > now ? time : time + DAY_SECONDS, remarks };
}

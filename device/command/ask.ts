// `lagerfeuer ask`: would you lend us your barn? Warns of what is known here before anything is published.
import type { Span } from "../../protocol/festival/span.ts";
import { ActError } from "../act/act-error.ts";
import { askFor, type Clash, knownClash, wishedSpan } from "../act/ask.ts";
import type { Made } from "../act/checked-body.ts";
import { minuteOfWeek } from "../act/minute-of-week.ts";
import { readExact } from "../act/when-input.ts";
import { spanText } from "../when-text.ts";
import { actCommand, countOption, operandsOf, textOption, wrongUsage } from "./act-command.ts";
import type { Command, CommandContext } from "./command.ts";
import type { Festival } from "./festival.ts";
import { timeWords } from "./field-options.ts";
import { documentNamed, shortId } from "./known-documents.ts";

interface Wish {
  readonly event: Made<"event/1">;
  readonly span: Span;
}

export const ask: Command = actCommand({
  name: "ask",
  summary: "Ask for a venue or a resource, for an event",
  operands: "RESOURCE",
  help: [
    "Asks for the time of the event, or for another one. Nothing is held until its owner answers. Examples:",
    "  lagerfeuer ask Barn --event Soup",
    "  lagerfeuer ask Barn --series Choir",
    '  lagerfeuer ask PA --event Soup --start "2026-07-17 16:00" --end "2026-07-17 22:00"',
  ].join("\n"),
  options: {
    event: { type: "string" },
    series: { type: "string" },
    start: { type: "string" },
    end: { type: "string" },
    quantity: { type: "string" },
    note: { type: "string" },
    anyway: { type: "boolean" },
  },
  optionHelp: {
    event: "For which event",
    series: "For each event of this series, in place of --event",
    start: "From when, if not for the whole event",
    end: "Until when",
    quantity: "How many",
    note: "Some words to whoever lends it",
    anyway: "Ask although it is taken or closed then, as far as this box knows",
  },
  act: async (festival, context) => {
    const [text = ""] = operandsOf(context, "ask", 1, 1);
    const resource = documentNamed(festival, text, "resource/1");
    const quantity = countOption(context, "quantity");
    const wishes = wishesOf(festival, context);
    const note = textOption(context, "note");
    const bodies = wishes.map(({ event, span }) => askFor({ event, resource, span, quantity, note }));
    const warnings = wishes.flatMap(
      ({ span }) => warningOf(festival, { resource, span, quantity: quantity ?? 1 }) ?? [],
    );
    const [first] = warnings;
    if (first !== undefined && context.options["anyway"] !== true) {
      throw new ActError(first.code, `${first.sentence}; ask nevertheless with --anyway`);
    }
    const ids = await festival.publish(bodies);
    const owner = festival.names.of(resource.fields.answerer ?? resource.author);
    const times = ids.length === 1 ? shortId(ids[0] ?? "") : `${ids.length} requests`;
    return {
      line: `Asked for "${resource.fields.title}": ${times}; it is for ${owner} to answer`,
      json: { schema: "request/1", ids, id: ids[0], resource: resource.doc, operations: ids },
      remarks: warnings.map(({ sentence }) => sentence),
    };
  },
});

function wishesOf(festival: Festival, context: CommandContext): readonly Wish[] {
  const [event, series] = [textOption(context, "event"), textOption(context, "series")];
  if ((event === undefined) === (series === undefined)) throw wrongUsage("Cannot ask: say --event or --series");
  if (event !== undefined) {
    const document = documentNamed(festival, event, "event/1");
    return [{ event: document, span: wishedSpan({ event: document, span: spanGiven(context) }) }];
  }
  const { doc } = documentNamed(festival, series ?? "", "series/1");
  const events = festival.programme
    .documents("event/1")
    .filter(({ fields }) => fields.series === doc && fields.status !== "cancelled");
  if (events.length === 0) throw wrongUsage("Cannot ask: no event of this series is known here");
  return events.map((each) => ({ event: each, span: wishedSpan({ event: each }) }));
}

function spanGiven(context: CommandContext): Span | undefined {
  const { start, ...words } = timeWords(context);
  if (start === undefined) return undefined;
  const { time } = readExact({ ...words, start }, context.timezone);
  if (time.end === undefined) throw wrongUsage("Cannot ask: say --end as well");
  return { start: time.start, end: time.end };
}

interface Warning {
  readonly code: "E_TAKEN" | "E_CLOSED";
  readonly sentence: string;
}

function warningOf(
  { programme, opened }: Festival,
  {
    resource,
    span,
    quantity,
  }: { readonly resource: Made<"resource/1">; readonly span: Span; readonly quantity: number },
): Warning | undefined {
  const occupancy = programme.occupancy(resource.doc);
  const clash = occupancy && knownClash(resource, { ...span, quantity }, occupancy, minuteOfWeek);
  return (
    clash && {
      code: clash.why === "taken" ? "E_TAKEN" : "E_CLOSED",
      sentence: sentenceOf(clash, span, opened.timezone),
    }
  );
}

/** "Taken Fri 2026-07-17 18:00–20:00 as far as this box knows" */
function sentenceOf(clash: Clash, span: Span, timezone: string): string {
  const known = "as far as this box knows";
  switch (clash.why) {
    case "closed":
      return `Closed ${spanText(span, timezone)} ${known}`;
    case "off the grid":
      return `Not lent at such times, but in whole slots, ${known}`;
    case "taken":
      if (clash.taken.length === 0) return `There is not that much of it ${known}`;
      return `Taken ${clash.taken.map((taken) => spanText(taken, timezone)).join(" and ")} ${known}`;
  }
}

// A series on the command line: what comes again is written out as single events, which point to it (M-36).
import type { BodyToWrite } from "../../protocol/festival/body.ts";
import type { ExactWhen } from "../../protocol/festival/when.ts";
import { createBody } from "../act/checked-body.ts";
import { type Occurrences, occurrences, readRepeat } from "../act/occurrences.ts";
import { readExact } from "../act/when-input.ts";
import { whenText } from "../when-text.ts";
import { type Done, textOption, wrongUsage } from "./act-command.ts";
import type { CommandContext } from "./command.ts";
import type { Festival } from "./festival.ts";
import { fieldsGiven, timeWords, withoutNulls } from "./field-options.ts";
import { shortId } from "./known-documents.ts";

/** The series itself has these; all else is said of each event. */
const OF_THE_SERIES: readonly string[] = ["text", "rule"];
/** Stands for the series while its events are checked, before anything is published. */
const SOME_ID = "0".repeat(64);

export async function createSeries(festival: Festival, context: CommandContext, title: string): Promise<Done> {
  const { times, remarks } = timesOf(context);
  const every = textOption(context, "every");
  const text = textOption(context, "text");
  const rule = textOption(context, "rule") ?? (every && `every ${every}`);
  const series = createBody("series/1", { title, ...(text && { text }), ...(rule && { rule }) });
  const fields = withoutNulls(await fieldsGiven(festival, withoutOptions(context, OF_THE_SERIES), "event/1"));
  const eventsOf = (id: string): readonly BodyToWrite[] =>
    times.map((when) => createBody("event/1", { ...fields, title, when, series: id }));
  eventsOf(SOME_ID);
  const [id = ""] = await festival.publish([series]);
  const events = times.length === 0 ? [] : await festival.publish(eventsOf(id));
  return {
    line: `The series "${title}" is there${summaryOf(times)}: ${shortId(id)}`,
    json: { schema: "series/1", id, author: festival.me, events, operations: [id, ...events] },
    remarks,
  };
}

/** None without --every: such a series is filled by hand. */
function timesOf(context: CommandContext): Occurrences {
  const every = textOption(context, "every");
  if (every === undefined) return { times: [], remarks: [] };
  const { start, ...words } = timeWords(context);
  const count = textOption(context, "count");
  if (start === undefined || count === undefined) throw wrongUsage("Cannot repeat it: say --start and --count");
  return occurrences(readExact({ ...words, start }, context.timezone).time, readRepeat(every, count));
}

function summaryOf(times: readonly ExactWhen[]): string {
  const [first, last] = [times[0], times.at(-1)];
  return first === undefined ? "" : `, ${times.length} times from ${whenText(first)} to ${whenText(last)}`;
}

function withoutOptions(context: CommandContext, names: readonly string[]): CommandContext {
  const kept = Object.entries(context.options).filter(([name]) => !names.includes(name));
  return { ...context, options: Object.fromEntries(kept) };
}

// The options that say what stands in a document, shared by the commands that make and change one.
import type { CborMap } from "../../protocol/operation/cbor.ts";
import {
  type EditableSchema,
  FIELD_OPTIONS,
  foreignOptions,
  type OptionTexts,
  readFieldOptions,
} from "../act/field-input.ts";
import type { TimeWords } from "../act/when-input.ts";
import { wrongUsage } from "./act-command.ts";
import type { Command, CommandContext } from "./command.ts";
import type { Festival } from "./festival.ts";
import { documentNamed, keyNamed } from "./known-documents.ts";

const ALL = Object.values(FIELD_OPTIONS).flatMap((options) => Object.entries(options));
const TIME_HELP = {
  start: 'When it begins: "2026-07-17 18:00" on the festival\'s clock, or with an offset',
  end: 'When it ends: the same, or "20:00" alone',
  day: "A day, 2026-07-17, without a time of day",
  until: "The last day of something that takes several",
  part: "A part of the --day: dawn, morning, noon, afternoon, evening, night, late",
  when: 'In words: "when the fire is lit"',
} as const;
const TIME_OPTIONS = Object.fromEntries(Object.keys(TIME_HELP).map((name) => [name, { type: "string" as const }]));

export const OPTIONS: Command["options"] = {
  ...Object.fromEntries(ALL.map(([name, { many }]) => [name, { type: "string" as const, multiple: many }])),
  ...TIME_OPTIONS,
};
export const OPTION_HELP: Command["optionHelp"] = {
  ...Object.fromEntries(ALL.map(([name, { help }]) => [name, help])),
  kind: "Of an event any word, as workshop; of a resource venue, material, skill …; of a note note, minutes, question …",
  ...TIME_HELP,
};

export function timeWords({ options }: CommandContext): TimeWords {
  const text = (name: keyof typeof TIME_HELP) => {
    const value = options[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    start: text("start"),
    end: text("end"),
    day: text("day"),
    until: text("until"),
    part: text("part"),
    words: text("when"),
  };
}

/** Fields of a document, by its options. Throws E_USAGE for an option that it does not have. */
export async function fieldsGiven(
  festival: Festival,
  context: CommandContext,
  schema: EditableSchema,
): Promise<CborMap> {
  const texts = optionTexts(context);
  const [foreign] = foreignOptions(schema, texts).filter((name) => schema !== "event/1" || !(name in TIME_HELP));
  if (foreign !== undefined) throw wrongUsage(`Cannot use --${foreign} here`);
  const fields = readFieldOptions(schema, texts, await surroundings(festival, context));
  return needsZone(schema, fields) ? { ...fields, tz: context.timezone } : fields;
}

/** Hours and slots of a resource are read on the clock of its place, not on that of whoever asks. */
function needsZone(schema: EditableSchema, { weekly, slotMinutes, tz }: CborMap): boolean {
  return schema === "resource/1" && tz === undefined && Boolean(weekly || slotMinutes);
}

/** What is empty is not there from the start. */
export function withoutNulls(fields: CborMap): CborMap {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function optionTexts({ options, lists }: CommandContext): OptionTexts {
  const texts = Object.entries(options).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return { ...Object.fromEntries(texts), ...lists };
}

/** A key is looked up before the options are read, since that asks the store. */
async function surroundings(festival: Festival, context: CommandContext) {
  const answerer = context.options["answerer"];
  const key = typeof answerer === "string" && answerer !== "" ? await keyNamed(festival, answerer) : "";
  return {
    timezone: context.timezone,
    document: (text: string, schema: Parameters<typeof documentNamed>[2] & string) =>
      documentNamed(festival, text, schema).doc,
    key: () => key,
  };
}

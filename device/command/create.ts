// `lagerfeuer create`: something new in the festival. A title is enough.
import type { CborMap } from "../../protocol/operation/cbor.ts";
import { createBody } from "../act/checked-body.ts";
import type { EditableSchema } from "../act/field-input.ts";
import { readWhen } from "../act/when-input.ts";
import { whenText } from "../when-text.ts";
import { actCommand, type Done, operandsOf, wrongUsage } from "./act-command.ts";
import type { Command, CommandContext } from "./command.ts";
import { createSeries } from "./create-series.ts";
import type { Festival } from "./festival.ts";
import { fieldsGiven, OPTION_HELP, OPTIONS, timeWords, withoutNulls } from "./field-options.ts";
import { shortId } from "./known-documents.ts";
import { PHOTO_HELP, PHOTO_OPTIONS, photosGiven } from "./photos.ts";

/** As page/1 has it. */
const SLUG_MAX = 60;

interface Word {
  readonly schema: Exclude<EditableSchema, "note/1" | "pick/1">;
  readonly fields?: CborMap;
}

const WORDS: Readonly<Record<string, Word>> = {
  event: { schema: "event/1" },
  venue: { schema: "resource/1", fields: { kind: "venue" } },
  resource: { schema: "resource/1", fields: { kind: "material" } },
  series: { schema: "series/1" },
  frame: { schema: "frame/1" },
  need: { schema: "need/1" },
  page: { schema: "page/1" },
};

const WITH_IMAGES: ReadonlySet<string> = new Set(["event/1", "resource/1"]);

export const create: Command = actCommand({
  name: "create",
  summary: "Make an event, a venue or something else that is needed for a festival",
  operands: "WHAT TITLE",
  help: [
    `WHAT is one of ${Object.keys(WORDS).join(", ")}.`,
    "A title is enough: where and when may be words, or come later. Examples:",
    '  lagerfeuer create venue "Barn" --capacity 40 --lead 30',
    '  lagerfeuer create event "Soup" --start "2026-07-17 18:00" --end 20:00 --venue Barn',
    '  lagerfeuer create series "Choir" --every week --count 8 --start "2026-07-15 19:00" --end 21:00',
    "Others may reuse what you make here; --reuse says how you feel about it.",
  ].join("\n"),
  options: { ...OPTIONS, ...PHOTO_OPTIONS, every: { type: "string" }, count: { type: "string" } },
  optionHelp: {
    ...OPTION_HELP,
    ...PHOTO_HELP,
    every: 'For a series: day, week, "2 weeks" or month, at the same time on the clock',
    count: "For a series: how many, up to 200 within 13 months",
  },
  act: async (festival, context) => {
    const [word = "", title = ""] = operandsOf(context, "create it", 2, 2);
    const kind = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (kind === undefined) throw wrongUsage(`Cannot create "${word}": it is none of ${Object.keys(WORDS).join(", ")}`);
    if (context.lists["photo"] && !WITH_IMAGES.has(kind.schema)) throw wrongUsage(`Cannot use --photo with a ${word}`);
    if (word === "series") return createSeries(festival, context, title);
    return createOne(festival, context, { ...kind, title });
  },
});

async function createOne(
  festival: Festival,
  context: CommandContext,
  { schema, fields, title }: Word & { readonly title: string },
): Promise<Done> {
  const given = await fieldsGiven(festival, context, schema);
  const photos = await photosGiven(context, festival);
  const when = schema === "event/1" ? readWhen(timeWords(context), context.timezone) : undefined;
  const written = {
    title: title.normalize("NFC"),
    ...fields,
    ...(schema === "page/1" && { slug: slugOf(title) }),
    ...withoutNulls(given),
    ...(when && { when: when.time }),
    ...(photos.named.length > 0 && { images: photos.named }),
  };
  const operations = await festival.publish([createBody(schema, written as never)], photos.bytes);
  const [id = ""] = operations;
  const time = when === undefined ? "" : `, ${whenText(when.time)}`;
  return {
    line: `"${title}" is there${time}: ${shortId(id)}`,
    json: { schema, id, author: festival.me, operations },
    remarks: [...(when?.remarks ?? []), ...photos.remarks],
  };
}

/** "How to get here" → "how-to-get-here" */
function slugOf(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ["page"];
  return words.join("-").slice(0, SLUG_MAX).replace(/-$/, "");
}

// `lagerfeuer export`: the programme as this box sees it, as a file for other programs.
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { MadeDocument } from "../../protocol/festival/view.ts";
import { escapeControl } from "../escape-control.ts";
import { exportProgramme } from "../interchange/export/export-programme.ts";
import type { ExportFormat, FestivalView } from "../interchange/export/festival-view.ts";
import type { LocalChoice } from "../programme/local-choice.ts";
import { sidePath } from "../side-path.ts";
import { updateCounts } from "../update-counts.ts";
import { textOption, wrongUsage } from "./act-command.ts";
import type { Command, CommandContext } from "./command.ts";
import { type Festival, inFestival } from "./festival.ts";
import { counted, LocalView } from "./local-view.ts";

const FORMATS: readonly ExportFormat[] = ["schedule-xml", "schedule-json", "ics"];
/** What a programme is made of; who comes, and what is asked for, stays here. */
const EXPORTED = ["event/1", "resource/1", "series/1", "frame/1"] as const;

export const exportCommand: Command = {
  name: "export",
  summary: "Write the programme to a file: schedule.xml, schedule JSON or iCalendar",
  operands: "",
  help: [
    "What the format cannot hold goes into a file .p2p.json beside it; import reads both. Left out: who comes, what is",
    "hidden here, and exact places whose owners do not want them reused. Example:",
    "  lagerfeuer export --format ics --out programme.ics",
  ].join("\n"),
  options: { format: { type: "string" }, out: { type: "string" } },
  optionHelp: { format: FORMATS.join(", "), out: "File to write; a name of its own if it is left out" },
  run: (context) => inFestival(context, "look", (festival) => writeExport(festival, context)),
};

async function writeExport(festival: Festival, context: CommandContext): Promise<void> {
  const wanted = textOption(context, "format");
  const format = FORMATS.find((each) => each === wanted);
  if (format === undefined) throw wrongUsage(`Cannot export: --format is one of ${FORMATS.join(", ")}`);
  const local = new LocalView(festival, context);
  const view = await festivalView(festival, local.choice);
  const exported = exportProgramme(view, format, { sha1 });
  const out = textOption(context, "out") ?? exported.fileName;
  await writeFile(out, exported.bytes);
  const side = exported.side && sidePath(out);
  if (exported.side && side !== undefined) await writeFile(side, exported.side.bytes);
  const events = view.documents.filter(({ schema }) => schema === "event/1").length;
  if (context.options["json"]) {
    const { remarks } = exported;
    return context.print(JSON.stringify({ seenFrom: await local.seenFrom(), out, side, events, remarks }));
  }
  context.print(`${out}: ${counted(events, "event")}${side === undefined ? "" : `, and the rest in ${side}`}`);
  for (const { where, why } of exported.remarks) context.print(escapeControl(`${where}: ${why}`));
  context.print(await local.footer());
}

async function festivalView({ programme, opened, now }: Festival, choice: LocalChoice): Promise<FestivalView> {
  const counts = await updateCounts(opened.replica);
  const documents = EXPORTED.flatMap((schema): readonly MadeDocument[] => programme.documents(schema, choice));
  return {
    title: "Lagerfeuer",
    timezone: opened.timezone,
    now,
    documents,
    confirmed: confirmedVenues(documents, programme),
    versions: new Map(documents.map(({ doc, author }) => [doc, counts.get(`${doc} ${author}`) ?? 0])),
  };
}

/** By event: what was granted to it. */
function confirmedVenues(
  documents: readonly MadeDocument[],
  programme: Festival["programme"],
): FestivalView["confirmed"] {
  const granted = documents
    .filter(({ schema }) => schema === "event/1")
    .map(({ doc }) => [doc, grantedTo(doc, programme)] as const);
  return new Map(granted.filter(([, venues]) => venues.length > 0));
}

function grantedTo(event: string, programme: Festival["programme"]): readonly string[] {
  const confirmed = programme.requests({ event }).filter(({ state }) => state.state === "confirmed");
  return [...new Set(confirmed.map(({ resource }) => resource))];
}

function sha1(bytes: Uint8Array): Uint8Array {
  return createHash("sha1").update(bytes).digest();
}

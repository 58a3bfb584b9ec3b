// `lagerfeuer import FILE`: a programme file becomes operations, once; again, only what changed.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { CommandError, EXIT } from "../exit.ts";
import type { ImportReport } from "../interchange/import-report.ts";
import type { ProgrammeFile } from "../interchange/programme-file.ts";
import { readProgramme } from "../interchange/read-programme.ts";
import { sidePath } from "../side-path.ts";
import type { Command, CommandContext } from "./command.ts";

export const importProgramme: Command = {
  name: "import",
  summary: "Publish a programme file: schedule.xml, schedule JSON or iCalendar",
  operands: "FILE",
  help: "Events and venues become operations of this box. The same file again publishes only what changed.\nA file .p2p.json beside it, as export writes, is read as well. If a box runs on the data folder, it publishes them.",
  options: {},
  optionHelp: {},
  run: runImport,
};

async function runImport(context: CommandContext): Promise<void> {
  const { operands, options, print, remark } = context;
  const [path, ...more] = operands;
  if (path === undefined || more.length > 0) throw new CommandError("E_USAGE", "Cannot import: name one file");
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => refused(path, error));
  remark(`Reading ${path} (${Math.ceil(bytes.length / 1024)} KiB)`);
  const now = Math.floor(Date.now() / 1000);
  const side = await readFile(sidePath(path)).catch(absent);
  const about = { fileName: basename(path), timezone: context.timezone, now };
  const programme = readProgramme(bytes, { ...about, ...(side && { side }) });
  const report = await publishInto(context, programme);
  if (options["json"]) print(JSON.stringify(report));
  else for (const line of reportLines(report)) print(line);
}

/** What may not be read has its own words: elsewhere it is a data folder that may not be written. */
function refused(path: string, cause: NodeJS.ErrnoException): never {
  if (cause.code !== "EACCES") throw cause;
  throw new CommandError("E_FILE_FORBIDDEN", `Cannot read "${path}": this user may not`, {
    status: EXIT.noInput,
    cause,
  });
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/** The file is read in this process also where a box runs: a foreign file then costs the box no memory. */
async function publishInto(context: CommandContext, programme: ProgrammeFile): Promise<ImportReport> {
  const box = await context.findBox();
  if (box) return (await box.import(programme)) as ImportReport;
  const replica = await context.openReplica("write");
  try {
    return await replica.publishProgramme(programme);
  } finally {
    await replica.close();
  }
}

function reportLines(report: ImportReport): string[] {
  const { title, events, venues, created, updated, unchanged, operations } = report;
  return [
    `${title}: ${events} events in ${venues} venues`,
    `${created} new, ${updated} changed, ${unchanged} as before; ${operations} operations published`,
    ...report.repaired.map(({ where, why }) => `repaired ${where}: ${why}`),
    ...report.skipped.map(({ where, why }) => `skipped ${where}: ${why}`),
  ];
}

// A festival as a file for other programs (domain.md §4.7). Pure: documents in, bytes out. What the format cannot hold is
// found by reading the file back, and goes into a side file, or in a calendar into lines of our own.
import { readCalendar } from "../icalendar/icalendar.ts";
import type { ReadOptions } from "../programme-file.ts";
import { readScheduleJson } from "../schedule/schedule-json.ts";
import { readScheduleXml } from "../schedule/schedule-xml.ts";
import { SIDE_FILE_NAME, SIDE_FILE_VERSION, type SideRecord } from "../side-file.ts";
import { carriedRecords } from "./carried-records.ts";
import type { ExportedFile, ExportedProgramme, ExportFormat, ExportOptions, FestivalView } from "./festival-view.ts";
import { ScheduleIdentities } from "./file-identities.ts";
import { ProgrammeGround } from "./programme-ground.ts";
import { planSchedule } from "./schedule-plan.ts";
import { plainName } from "./schedule-words.ts";
import { stripPrivate } from "./strip-private.ts";
import { planCalendar, writeCalendar } from "./write-calendar.ts";
import { writeScheduleJson } from "./write-schedule-json.ts";
import { writeScheduleXml } from "./write-schedule-xml.ts";

const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  "schedule-xml": "schedule.xml",
  "schedule-json": "schedule.json",
  ics: "ics",
};

/** Throws nothing but what a broken view causes. Events without a place in the format are named in the remarks. */
export function exportProgramme(view: FestivalView, format: ExportFormat, options: ExportOptions): ExportedProgramme {
  const hidden = options.hiddenKeys ?? new Set();
  const ground = new ProgrammeGround({
    ...view,
    documents: view.documents.map((document) => stripPrivate(document, hidden)),
  });
  const context = { ground, view, options, withoutHidden: (record: SideRecord) => withoutAuthor(record, hidden) };
  const fileName = `${plainName(ground.title, "-") || "programme"}.${ENDINGS[format]}`;
  return { fileName, ...(format === "ics" ? exportCalendar(context) : exportSchedule(context, format)) };
}

interface ExportContext {
  readonly ground: ProgrammeGround;
  readonly view: FestivalView;
  readonly options: ExportOptions;
  readonly withoutHidden: (record: SideRecord) => SideRecord;
}

type Exported = Omit<ExportedProgramme, "fileName">;

function exportSchedule({ ground, view, options, withoutHidden }: ExportContext, format: ExportFormat): Exported {
  const plan = planSchedule(ground, new ScheduleIdentities(options.sha1), view.now);
  const text = format === "schedule-xml" ? writeScheduleXml(ground, plan) : writeScheduleJson(ground, plan);
  const bytes = new TextEncoder().encode(text);
  const read = readBack(ground, view);
  const file = format === "schedule-xml" ? readScheduleXml(bytes, read) : readScheduleJson(text, read);
  const venueKeys = new Map(plan.rooms.list().map(({ venue, guid }) => [venue.doc, guid]));
  const eventKeys = new Map([...plan.guids].map(([doc, guids]) => [doc, guids.map((uid) => ({ uid }))]));
  const documents = carriedRecords(ground, file, { venueKeys, eventKeys }).map(withoutHidden);
  return { bytes, side: sideFile(ground, documents), remarks: plan.remarks };
}

function exportCalendar({ ground, view, withoutHidden }: ExportContext): Exported {
  const plan = planCalendar(ground, view.now);
  const file = readCalendar(new TextEncoder().encode(writeCalendar(plan, [])), readBack(ground, view));
  const records = carriedRecords(ground, file, plan).map(withoutHidden);
  return { bytes: new TextEncoder().encode(writeCalendar(plan, records)), remarks: plan.remarks };
}

/** As somebody in the zone of the festival reads it, for that is what the side file asks of whoever does. */
function readBack({ timezone }: ProgrammeGround, { now }: FestivalView): ReadOptions {
  return { fileName: "programme", timezone, now };
}

function sideFile({ timezone }: ProgrammeGround, documents: readonly SideRecord[]): ExportedFile {
  const side = `${JSON.stringify({ p2p: SIDE_FILE_VERSION, timezone, documents }, null, 1)}\n`;
  return { fileName: SIDE_FILE_NAME, bytes: new TextEncoder().encode(side) };
}

function withoutAuthor({ author, ...record }: SideRecord, hidden: ReadonlySet<string>): SideRecord {
  return author === undefined || hidden.has(author) ? record : { author, ...record };
}

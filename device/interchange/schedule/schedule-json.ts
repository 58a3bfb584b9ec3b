// Reads schedule JSON: version 1 (days with rooms, as frab and pretalx write it) and version 2 (a flat list of events,
// as the congress hub writes it). Knows nothing of times beyond their words.
import { type ProgrammeFile, ProgrammeFileError, type ReadOptions } from "../programme-file.ts";
import { readDay, readRoom } from "./json-entries.ts";
import { asObject, objectAt, objectsAt, textAt } from "./json-value.ts";
import { readDayEvents } from "./schedule-json-days.ts";
import { readHubEvents } from "./schedule-json-hub.ts";
import { programmeFromSchedule } from "./schedule-programme.ts";

/** Throws ProgrammeFileError: E_FILE_BROKEN if it is not JSON, E_FILE_FORMAT if the JSON is not a schedule. */
export function readScheduleJson(text: string, options: ReadOptions): ProgrammeFile {
  const schedule = objectAt(asObject(parse(text)), "schedule");
  const conference = objectAt(schedule, "conference");
  const isHub = Array.isArray(schedule?.["events"]);
  if (!schedule || !conference || (!isHub && !Array.isArray(conference["days"]))) {
    throw new ProgrammeFileError("E_FILE_FORMAT", `Cannot read programme: this JSON has no "schedule" with events`);
  }
  const { entries, rooms, skipped } = isHub ? readHubEvents(schedule, conference) : readDayEvents(schedule, conference);
  const source = {
    format: "schedule-json" as const,
    title: textAt(conference, "title"),
    timezone: textAt(conference, "time_zone_name"),
    start: textAt(conference, "start"),
    end: textAt(conference, "end"),
    dayChange: textAt(conference, "day_change"),
    days: objectsAt(conference, "days").map(readDay),
    rooms: [...objectsAt(conference, "rooms").map(readRoom), ...rooms],
    entries,
    skipped,
  };
  return programmeFromSchedule(source, options);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProgrammeFileError("E_FILE_BROKEN", `Cannot read schedule JSON: ${whereBroken(text, cause)}`, { cause });
  }
}

/** V8 names a position, or that the end came too early, or shows the surroundings. */
function whereBroken(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : "";
  const position = /in JSON at position (\d+)/.exec(message)?.[1];
  if (position === undefined && !/end of JSON/.test(message)) return message;
  return `line ${text.slice(0, position === undefined ? text.length : Number(position)).split("\n").length} is broken`;
}

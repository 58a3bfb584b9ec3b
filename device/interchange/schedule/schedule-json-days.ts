// The events of schedule JSON version 1: conference.days[].rooms, an object from room name to events.
import { type FileEvent, type FileRemark, requireFewEntries } from "../programme-file.ts";
import { quoted } from "../text/fit.ts";
import { eventWhere, type JsonEntries, readDay, readLinks } from "./json-entries.ts";
import { asObject, type JsonObject, localizedAt, objectAt, objectsAt, textAt } from "./json-value.ts";
import type { ScheduleDay, ScheduleEntry, ScheduleRoom } from "./schedule-source.ts";

export function readDayEvents(schedule: JsonObject, conference: JsonObject): JsonEntries {
  const entries: ScheduleEntry[] = [];
  const rooms: ScheduleRoom[] = [];
  const skipped: FileRemark[] = [];
  const base = textAt(schedule, "base_url") ?? textAt(schedule, "url");
  for (const json of objectsAt(conference, "days")) {
    const day = readDay(json);
    for (const [room, events] of Object.entries(objectAt(json, "rooms") ?? {})) {
      rooms.push({ name: room });
      for (const value of Array.isArray(events) ? events : []) {
        requireFewEntries(entries.length + skipped.length + 1);
        const event = asObject(value);
        if (event) entries.push(readEvent(event, { day, room, base }));
        else skipped.push({ where: `room ${quoted(room)}`, why: "an entry is not an object" });
      }
    }
  }
  return { entries, rooms, skipped };
}

interface Around {
  readonly day: ScheduleDay;
  readonly room: string;
  readonly base: string | undefined;
}

function readEvent(event: JsonObject, { day, room, base }: Around): ScheduleEntry {
  const languages = [textAt(event, "language"), "en"];
  const [guid, code, id] = [textAt(event, "guid"), textAt(event, "code"), textAt(event, "id")];
  const title = localizedAt(event, "title", languages);
  return {
    where: eventWhere(id, guid, code, title),
    uids: [guid, code, id],
    day,
    date: textAt(event, "date"),
    start: textAt(event, "start"),
    end: textAt(event, "end"),
    duration: textAt(event, "duration"),
    room: room === "" ? textAt(event, "room") : room,
    title: title ?? "",
    subtitle: localizedAt(event, "subtitle", languages),
    abstract: localizedAt(event, "abstract", languages),
    description: localizedAt(event, "description", languages),
    kind: localizedAt(event, "type", languages),
    tags: [localizedAt(event, "track", languages)],
    lang: textAt(event, "language"),
    hosts: objectsAt(event, "persons").flatMap(readPerson),
    links: readLinks(event, base),
    ...recordOf(event["do_not_record"]),
  };
}

function readPerson(person: JsonObject): { name: string }[] {
  const name = textAt(person, "public_name") ?? textAt(person, "full_public_name") ?? textAt(person, "name");
  return name === undefined ? [] : [{ name }];
}

function recordOf(doNotRecord: unknown): { record?: NonNullable<FileEvent["record"]> } {
  return typeof doNotRecord === "boolean" ? { record: doNotRecord ? "no" : "yes" } : {};
}

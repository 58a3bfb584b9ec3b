// What the two versions of schedule JSON have in common: rooms, days, links, and what is made of their events.
import type { DraftLink } from "../links.ts";
import type { FileRemark } from "../programme-file.ts";
import { quoted } from "../text/fit.ts";
import { asObject, type JsonObject, listAt, numberAt, textAt } from "./json-value.ts";
import type { ScheduleDay, ScheduleEntry, ScheduleRoom } from "./schedule-source.ts";

export interface JsonEntries {
  readonly entries: readonly ScheduleEntry[];
  /** Rooms that are named beside the list of rooms. */
  readonly rooms: readonly ScheduleRoom[];
  readonly skipped: readonly FileRemark[];
}

/** Roles of a link as event/1 knows them, by the `type` of schedule JSON. */
const RELS: ReadonlyMap<string, string> = new Map(
  Object.entries({ SLIDES: "slides", FEEDBACK: "feedback", ORIGIN: "origin", MEDIA: "video", WEB: "web" }),
);

export function readDay(day: JsonObject): ScheduleDay {
  return {
    date: textAt(day, "date"),
    start: textAt(day, "day_start") ?? textAt(day, "start"),
    end: textAt(day, "day_end") ?? textAt(day, "end"),
  };
}

export function readRoom(room: JsonObject): ScheduleRoom {
  return { name: textAt(room, "name") ?? "", guid: textAt(room, "guid"), capacity: numberAt(room, "capacity") };
}

/** The address of the event itself and whatever it lists; a list holds objects or bare addresses. */
export function readLinks(event: JsonObject, base: string | undefined): DraftLink[] {
  const own = (key: string, rel: string) => ({ url: textAt(event, key) ?? "", rel, base });
  const listed = [...listAt(event, "links"), ...listAt(event, "attachments")].flatMap((value) => {
    const link = asObject(value);
    const url = typeof value === "string" ? value : textAt(link, "url");
    const rel = RELS.get(textAt(link, "type")?.toUpperCase() ?? "");
    return url === undefined ? [] : [{ url, title: textAt(link, "title"), rel, base }];
  });
  return [own("url", "web"), own("origin_url", "origin"), own("feedback_url", "feedback"), ...listed];
}

/** "event 10386": by the first of what the file has. */
export function eventWhere(...names: readonly (string | undefined)[]): string {
  return `event ${quoted(names.find((name) => name !== undefined && name !== "") ?? "without id").slice(1, -1)}`;
}

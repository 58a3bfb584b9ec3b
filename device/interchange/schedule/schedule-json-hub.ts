// The events of schedule JSON version 2 (the congress hub): a flat list in which rooms and tracks are referred to by
// guid and slug, texts may come in several languages, and an event has a state of its own.
import { type FileEvent, type FileRemark, requireFewEntries } from "../programme-file.ts";
import { quoted } from "../text/fit.ts";
import { eventWhere, type JsonEntries, readLinks } from "./json-entries.ts";
import { asObject, type JsonObject, listAt, localizedAt, objectAt, objectsAt, textAt } from "./json-value.ts";
import type { ScheduleEntry } from "./schedule-source.ts";

/** An event in any other state is part of the programme. */
const STATES: ReadonlyMap<string, FileEvent["status"]> = new Map([
  ["DRAFT", "idea"],
  ["SUBMITTED", "idea"],
  ["DELAYED", "postponed"],
  ["CANCELED", "cancelled"],
  ["WITHDRAWN", "cancelled"],
]);
const STATES_OUTSIDE = new Set(["REJECTED", "DELETED"]);
const RECORDINGS: ReadonlyMap<string, NonNullable<FileEvent["record"]>> = new Map([
  ["RECORD_BY_DEFAULT", "yes"],
  ["NOT_RECORDED_BY_DEFAULT", "no"],
  ["RECORDING_FORBIDDEN", "no"],
  ["RECORDING_NOT_POSSIBLE", "no"],
]);

export function readHubEvents(schedule: JsonObject, conference: JsonObject): JsonEntries {
  const entries: ScheduleEntry[] = [];
  const skipped: FileRemark[] = [];
  const conferenceWords = new HubConference(conference);
  for (const value of listAt(schedule, "events")) {
    requireFewEntries(entries.length + skipped.length + 1);
    const event = asObject(value);
    const where = eventWhere(textAt(event, "code"), textAt(event, "guid"), textAt(event, "title"));
    const state = textAt(event, "state")?.toUpperCase() ?? "";
    if (!event) skipped.push({ where, why: "an entry is not an object" });
    else if (STATES_OUTSIDE.has(state)) skipped.push({ where, why: `its state is ${quoted(state)}` });
    else entries.push({ ...conferenceWords.read(event), where, status: STATES.get(state) });
  }
  return { entries, rooms: [], skipped };
}

/** Resolves what the events of one conference refer to. */
class HubConference {
  readonly #rooms: ReadonlyMap<string | undefined, JsonObject>;
  readonly #tracks: ReadonlyMap<string | undefined, JsonObject>;
  readonly #language: string | undefined;
  readonly #base: string | undefined;

  constructor(conference: JsonObject) {
    this.#rooms = new Map(objectsAt(conference, "rooms").map((room) => [textAt(room, "guid"), room]));
    this.#tracks = new Map(objectsAt(conference, "tracks").map((track) => [textAt(track, "slug"), track]));
    this.#language = textAt(objectAt(conference, "defaults"), "language");
    this.#base = textAt(conference, "url");
  }

  read(event: JsonObject): Omit<ScheduleEntry, "where"> {
    const languages = [textAt(event, "language"), this.#language, "en"];
    const room = this.#room(event);
    return {
      uids: [textAt(event, "guid"), textAt(event, "code"), textAt(event, "slug")],
      date: textAt(event, "start"),
      end: textAt(event, "end"),
      duration: textAt(event, "duration"),
      room: textAt(room, "name"),
      title: localizedAt(event, "title", languages) ?? "",
      subtitle: localizedAt(event, "subtitle", languages),
      abstract: localizedAt(event, "abstract", languages),
      description: localizedAt(event, "description", languages),
      kind: textAt(event, "type")?.toLowerCase().replaceAll("_", " "),
      tags: [this.#track(event)],
      lang: textAt(event, "language"),
      hosts: objectsAt(event, "participants").flatMap(readParticipant),
      links: readLinks(event, this.#base),
      ...recordOf(room),
    };
  }

  /** The room of the conference that is meant; it has the name and more, the reference perhaps only the guid. */
  #room(event: JsonObject): JsonObject | undefined {
    const reference = objectAt(event, "room");
    return this.#rooms.get(textAt(reference, "guid") ?? "") ?? reference;
  }

  #track(event: JsonObject): string | undefined {
    const slug = textAt(objectAt(event, "track"), "slug");
    return textAt(this.#tracks.get(slug ?? ""), "name") ?? slug;
  }
}

function readParticipant(participant: JsonObject): { name: string; role?: string }[] {
  const [name, role] = [textAt(participant, "name"), textAt(participant, "role")];
  return name === undefined ? [] : [{ name, ...(role !== undefined && { role: role.toLowerCase() }) }];
}

function recordOf(room: JsonObject | undefined): { record?: NonNullable<FileEvent["record"]> } {
  const record = RECORDINGS.get(textAt(objectAt(room, "features"), "recording") ?? "");
  return record === undefined ? {} : { record };
}

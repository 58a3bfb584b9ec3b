// Reads schedule.xml as pentabarf, frab and pretalx write it: streaming, by element path, knowing nothing of rooms or
// times beyond their words. Entities of a DTD are never expanded: saxes reports them as errors.
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { type ProgrammeFile, ProgrammeFileError, type ReadOptions, requireFewEntries } from "../programme-file.ts";
import { programmeFromSchedule } from "./schedule-programme.ts";
import type { ScheduleDay, ScheduleEntry, ScheduleRoom, ScheduleSource } from "./schedule-source.ts";
import { XmlEntry } from "./xml-entry.ts";

/** schedule/day/room/event/links/link is 6 deep; XHTML in an abstract may add some. */
const DEPTH_MAX = 64;
/** Decoded and parsed at a time, so that a large file never stands in memory as one string. */
const CHUNK_BYTES = 65_536;

/** Throws ProgrammeFileError: E_FILE_FORMAT if the root is not `schedule`, E_FILE_BROKEN (with line) if malformed. */
export function readScheduleXml(bytes: Uint8Array, options: ReadOptions & { encoding?: string }): ProgrammeFile {
  const handler = new ScheduleXmlHandler();
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => handler.open(tag, parser.line));
  parser.on("text", (text) => handler.text(text));
  parser.on("cdata", (text) => handler.text(text));
  parser.on("closetag", (tag) => handler.close(tag.name));
  try {
    const decoder = new TextDecoder(options.encoding ?? "utf-8", { fatal: true });
    for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
      parser.write(decoder.decode(bytes.subarray(offset, offset + CHUNK_BYTES), { stream: true }));
    }
    parser.write(decoder.decode()).close();
  } catch (cause) {
    if (cause instanceof ProgrammeFileError) throw cause;
    throw new ProgrammeFileError("E_FILE_BROKEN", `Cannot read schedule.xml: line ${parser.line} is broken`, { cause });
  }
  return programmeFromSchedule(handler.source(), options);
}

class ScheduleXmlHandler {
  readonly #path: string[] = [];
  readonly #conference = new Map<string, string>();
  readonly #days: ScheduleDay[] = [];
  readonly #rooms: ScheduleRoom[] = [];
  readonly #entries: ScheduleEntry[] = [];
  #room: string | undefined;
  #entry: XmlEntry | undefined;
  #text = "";

  source(): ScheduleSource {
    const conference = this.#conference;
    return {
      format: "schedule-xml",
      title: conference.get("title"),
      timezone: conference.get("time_zone_name"),
      start: conference.get("start"),
      end: conference.get("end"),
      dayChange: conference.get("day_change"),
      days: this.#days,
      rooms: this.#rooms,
      entries: this.#entries,
      skipped: [],
    };
  }

  open(tag: SaxesTagPlain, line: number): void {
    const path = this.#path;
    path.push(tag.name);
    if (path.length === 1 && tag.name !== "schedule") {
      throw new ProgrammeFileError(
        "E_FILE_FORMAT",
        `Cannot read programme: "${tag.name.slice(0, 40)}" is not a schedule`,
      );
    }
    if (path.length > DEPTH_MAX) {
      throw new ProgrammeFileError("E_FILE_BROKEN", `Cannot read schedule.xml: line ${line} is nested too deeply`);
    }
    if (this.#entry) this.#entry.open(tag, path.length);
    else if (path[1] === "day") this.#openInDay(tag, line);
    this.#text = "";
  }

  text(text: string): void {
    if (this.#entry) this.#entry.text(text);
    else this.#text += text;
  }

  close(name: string): void {
    const path = this.#path;
    if (this.#entry?.close(name, path.length)) {
      this.#entries.push(this.#entry.finish());
      this.#entry = undefined;
    } else if (!this.#entry && path.length === 3 && path[1] === "conference" && path[2] !== undefined) {
      this.#conference.set(path[2], this.#text.trim());
    } else if (path.length === 3 && path[2] === "room") {
      this.#room = undefined;
    }
    this.#text = "";
    path.pop();
  }

  #openInDay({ name, attributes }: SaxesTagPlain, line: number): void {
    const depth = this.#path.length;
    if (depth === 2) {
      this.#days.push({ date: attributes["date"], start: attributes["start"], end: attributes["end"] });
    } else if (depth === 3 && name === "room") {
      this.#room = attributes["name"] ?? "";
      this.#rooms.push({ name: this.#room, guid: attributes["guid"] });
    } else if (name === "event" && (depth === 3 || (depth === 4 && this.#path[2] === "room"))) {
      requireFewEntries(this.#entries.length + 1);
      const base = this.#conference.get("base_url") ?? this.#conference.get("url");
      this.#entry = new XmlEntry({ attributes, line, depth, base, day: this.#days.at(-1), room: this.#room });
    }
  }
}

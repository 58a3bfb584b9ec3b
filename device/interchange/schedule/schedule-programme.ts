// From the words of a schedule file to a ProgrammeFile: zone, rooms, stable uids, times. The same for XML and JSON.
import { fitDraft } from "../event-draft.ts";
import { secondsOf, type WrittenTime } from "../local-time.ts";
import type { FileEvent, FileRemark, ProgrammeFile, ReadOptions } from "../programme-file.ts";
import { fitBytes, programmeTitle, type Remark, singleLine } from "../text/fit.ts";
import { UidRegister } from "../uid-register.ts";
import { VenueRegister } from "../venue-register.ts";
import { joinSplitEvents } from "./join-split-events.ts";
import type { ScheduleEntry, ScheduleSource } from "./schedule-source.ts";
import { dayChangeOf, findStart, scheduleWhen } from "./schedule-time.ts";
import { chooseTimezone } from "./schedule-timezone.ts";

/** An entry whose start is found but not yet resolved: the zone depends on all of them. */
interface Started {
  readonly entry: ScheduleEntry;
  readonly written: WrittenTime | undefined;
}

export function programmeFromSchedule(source: ScheduleSource, options: ReadOptions): ProgrammeFile {
  const skipped: FileRemark[] = [...source.skipped];
  const repaired: FileRemark[] = [];
  const dayStart = dayChangeOf(source);
  const started: Started[] = [];
  for (const entry of source.entries) {
    const found = findStart(entry, dayStart, remarkAt(entry.where, repaired));
    if ("broken" in found) skipped.push({ where: entry.where, why: found.broken });
    else started.push({ entry, written: "written" in found ? found.written : undefined });
  }
  const { timezone, why } = chooseTimezone(source.timezone, offsetSamples(started), options.timezone);
  if (why !== undefined) repaired.push({ where: "time zone", why });
  const converter = new EntryConverter(source, timezone, { skipped, repaired });
  const events = started.map((one) => converter.convert(one)).filter((event) => event !== undefined);
  return {
    format: source.format,
    title: programmeTitle(source.title, options.fileName),
    timezone,
    ...(source.start && { start: labelOf(source.start) }),
    ...(source.end && { end: labelOf(source.end) }),
    ...(dayStart !== undefined && { dayStart }),
    venues: converter.venues(),
    events: joinSplitEvents(events, repaired),
    skipped,
    repaired,
  };
}

/** A date with time and offset has 25. */
const LABEL_BYTES_MAX = 40;

function labelOf(text: string): string {
  return fitBytes(singleLine(text), LABEL_BYTES_MAX, "label", () => {});
}

function offsetSamples(started: readonly Started[]): { seconds: number; offsetMinutes: number }[] {
  return started.flatMap(({ written }) => {
    if (written?.offsetMinutes === undefined) return [];
    const { wall, offsetMinutes } = written;
    return [{ seconds: secondsOf({ wall, offsetMinutes }), offsetMinutes }];
  });
}

function remarkAt(where: string, remarks: FileRemark[]): Remark {
  return (why) => remarks.push({ where, why });
}

class EntryConverter {
  readonly #timezone: string;
  readonly #skipped: FileRemark[];
  readonly #repaired: FileRemark[];
  readonly #venues: VenueRegister;
  readonly #uids = new UidRegister();

  constructor(source: ScheduleSource, timezone: string, remarks: { skipped: FileRemark[]; repaired: FileRemark[] }) {
    this.#timezone = timezone;
    this.#skipped = remarks.skipped;
    this.#repaired = remarks.repaired;
    this.#venues = new VenueRegister(source.rooms, remarkAt("rooms", remarks.repaired));
  }

  venues(): ProgrammeFile["venues"] {
    return this.#venues.list();
  }

  convert({ entry, written }: Started): FileEvent | undefined {
    const remark = remarkAt(entry.where, this.#repaired);
    const draft = fitDraft(entry, remark);
    if (draft === undefined) return this.#skip(entry, "has no title");
    const when = written && scheduleWhen(entry, written, this.#timezone, remark);
    if (typeof when === "string") return this.#skip(entry, when);
    if (when === undefined) remark("has no time");
    const venue = this.#venues.keyOf(entry.room);
    return {
      uid: this.#uids.claim(entry.uids, [entry.day?.date, entry.start ?? entry.date, venue, draft.title], remark),
      ...draft,
      ...(when !== undefined && { when }),
      ...(venue !== undefined && { venue }),
      ...(entry.record !== undefined && { record: entry.record }),
    };
  }

  #skip({ where }: ScheduleEntry, why: string): undefined {
    this.#skipped.push({ where, why });
    return undefined;
  }
}

// Reads iCalendar (RFC 5545): every VEVENT, its repetitions written out (M-82). An event that is broken is skipped and
// named; a file that ends too early is refused as a whole.
import { byteLength } from "../../../protocol/festival/text.ts";
import {
  type FileEvent,
  type FileRemark,
  type ProgrammeFile,
  ProgrammeFileError,
  type ReadOptions,
  requireFewEntries,
} from "../programme-file.ts";
import { fitBytes, fitLine, PLACE_BYTES_MAX, programmeTitle, quoted, type Remark } from "../text/fit.ts";
import { UidRegister } from "../uid-register.ts";
import { VenueRegister } from "../venue-register.ts";
import { withSideRecords } from "../with-side-records.ts";
import { readCarriedDocuments } from "./calendar-carried.ts";
import { CalendarClock } from "./calendar-clock.ts";
import { type CalendarComponent, readCalendarComponents } from "./calendar-components.ts";
import { type CalendarEvent, isLink, readCalendarEvent } from "./calendar-event.ts";
import { readCalendarLines } from "./calendar-lines.ts";
import { calendarWhen, expandEvent, occurrenceId } from "./calendar-occurrences.ts";
import { readText } from "./calendar-property.ts";
import { CalendarTimezones, namedTimezone } from "./calendar-timezones.ts";
import { latestVersions, type ReadEvent, type Replacement, ReplacementIndex } from "./calendar-versions.ts";
import { StepBudget } from "./rule-iterator.ts";

/** Throws ProgrammeFileError: E_FILE_BROKEN (with line) if the file is cut, E_FILE_FORMAT if there is no calendar. */
export function readCalendar(bytes: Uint8Array, options: ReadOptions): ProgrammeFile {
  const { lines, isUtf8 } = readCalendarLines(bytes);
  const calendars = readCalendarComponents(lines);
  const [first] = calendars;
  if (!first) throw new ProgrammeFileError("E_FILE_FORMAT", "Cannot read programme: it holds no calendar");
  const reader = new CalendarReader(options);
  if (!isUtf8) reader.remark("file")("is not UTF-8; read as Windows-1252");
  for (const calendar of calendars) reader.read(calendar);
  const file: ProgrammeFile = {
    format: "icalendar",
    title: programmeTitle(readText(first, "x-wr-calname") ?? readText(first, "name"), options.fileName),
    timezone: homeOf(first, options),
    ...reader.result(),
  };
  const records = calendars.flatMap(readCarriedDocuments);
  return file.events.some(({ carried }) => carried) || records.length > 0 ? withSideRecords(file, records) : file;
}

function homeOf(calendar: CalendarComponent, options: ReadOptions): string {
  return namedTimezone(readText(calendar, "x-wr-timezone") ?? "") ?? options.timezone;
}

class CalendarReader {
  readonly #options: ReadOptions;
  readonly #budget = new StepBudget();
  readonly #uids = new UidRegister();
  readonly #venues: VenueRegister;
  readonly #identities = new Set<string>();
  readonly #events: FileEvent[] = [];
  readonly #skipped: FileRemark[] = [];
  /** By place and reason: 200 occurrences have one fault in common. */
  readonly #repaired = new Map<string, FileRemark>();

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#venues = new VenueRegister([], this.remark("LOCATION"));
  }

  remark(where: string): Remark {
    return (why) => this.#repaired.set(`${where}\n${why}`, { where, why });
  }

  result(): Pick<ProgrammeFile, "venues" | "events" | "skipped" | "repaired"> {
    return {
      venues: this.#venues.list(),
      events: this.#events,
      skipped: this.#skipped,
      repaired: [...this.#repaired.values()],
    };
  }

  read(calendar: CalendarComponent): void {
    const home = homeOf(calendar, this.#options);
    const definitions = calendar.children.filter(({ name }) => name === "VTIMEZONE");
    const timezones = new CalendarTimezones({ definitions, home, now: this.#options.now });
    const clock = new CalendarClock({ timezones, home, importer: this.#options.timezone });
    const found = calendar.children
      .filter(({ name }) => name === "VEVENT")
      .map((component) => this.#readEvent(component, clock))
      .filter((event) => event !== undefined);
    const { masters, replacements, outdated } = latestVersions(found);
    this.#skipped.push(...outdated);
    const orphans = new Map(replacements);
    for (const master of masters) {
      this.#addMaster(master, orphans.get(master.event.uid) ?? []);
      orphans.delete(master.event.uid);
    }
    for (const group of orphans.values()) this.#addOrphans(group);
  }

  #readEvent(component: CalendarComponent, clock: CalendarClock): ReadEvent | undefined {
    const uid = readText(component, "uid");
    const where = uid === undefined ? `line ${component.line}` : `UID ${quoted(uid).slice(1, -1)}`;
    try {
      return { event: readCalendarEvent(component, clock, this.remark(where)), where };
    } catch (error) {
      if (error instanceof ProgrammeFileError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      this.#skipped.push({ where, why: quoted(why).slice(1, -1) });
      return undefined;
    }
  }

  /** The occurrences of an event, each replaced where the file says so; replacements of none follow by themselves. */
  #addMaster({ event, where }: ReadEvent, replacements: readonly Replacement[]): void {
    const remark = this.remark(where);
    const uid = this.#claimUid(event, remark);
    const left = new ReplacementIndex(replacements);
    for (const occurrence of expandEvent(event, { now: this.#options.now, budget: this.#budget }, remark)) {
      const replacement = left.take(occurrence);
      if (replacement) this.#addReplacement(replacement, uid, occurrence.rid);
      else this.#add(event, { uid, when: occurrence.when, ...(occurrence.repeats && { rid: occurrence.rid }) }, remark);
    }
    if (!event.start) this.#add(event, { uid }, remark);
    for (const replacement of left.rest()) this.#addReplacement(replacement, uid);
  }

  /** Occurrences whose series is not in the file. */
  #addOrphans(group: readonly Replacement[]): void {
    const [first] = group;
    if (!first) return;
    const uid = this.#claimUid(first.event, this.remark(first.where));
    for (const replacement of group) this.#addReplacement(replacement, uid);
  }

  #addReplacement({ event, where, replaces }: Replacement, uid: string, rid = occurrenceId(replaces)): void {
    const remark = this.remark(where);
    this.#add(event, { uid, rid, ...(event.start && { when: calendarWhen(event, event.start, remark) }) }, remark);
  }

  #add(event: CalendarEvent, identity: Pick<FileEvent, "uid" | "rid" | "when">, remark: Remark): void {
    requireFewEntries(this.#events.length + 1);
    const key = `${identity.uid}\n${identity.rid ?? ""}`;
    if (this.#identities.has(key)) {
      remark("the same occurrence again was left out");
      return;
    }
    this.#identities.add(key);
    if (identity.when === undefined) remark("has no time");
    this.#events.push({
      ...identity,
      ...event.words,
      ...(event.rule?.text !== undefined && { rrule: event.rule.text }),
      ...this.#place(event.location, remark),
      ...(event.geo && { geo: event.geo }),
      ...(event.sequence > 0 && { sequence: event.sequence }),
      ...(event.carried && { carried: event.carried }),
    });
  }

  #claimUid({ uid, start, location, words }: CalendarEvent, remark: Remark): string {
    return this.#uids.claim([uid], [start && occurrenceId(start), location, words.title], remark);
  }

  #place(location: string | undefined, remark: Remark): Pick<FileEvent, "venue" | "place"> {
    if (location === undefined || isLink(location)) return {};
    const line = fitLine(location, { limit: Number.POSITIVE_INFINITY, what: "place", remark });
    if (line === undefined) return {};
    if (byteLength(line) > PLACE_BYTES_MAX) return { place: fitBytes(line, PLACE_BYTES_MAX, "place", remark) };
    const venue = this.#venues.keyOf(line);
    return venue === undefined ? {} : { venue };
  }
}

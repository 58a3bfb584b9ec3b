// Writes iCalendar (RFC 5545): one VEVENT for each event, and in X-P2P lines whatever other calendars do not know. The
// lines are a second step, for what they hold is found by reading the first.
import { fieldNames } from "../../../protocol/festival/schema.ts";
import type { Seconds } from "../../../protocol/festival/when.ts";
import type { CborMap } from "../../../protocol/operation/cbor.ts";
import type { FileRemark } from "../programme-file.ts";
import type { SideRecord } from "../side-file.ts";
import { singleLine } from "../text/fit.ts";
import { cutUid } from "../uid-register.ts";
import { calendarLine, calendarText } from "./calendar-line-writer.ts";
import { CalendarTimes, utcStamp } from "./calendar-times.ts";
import { calendarTimezone } from "./calendar-timezone-writer.ts";
import { wordLines } from "./calendar-words.ts";
import type { WrittenEntries } from "./carried-records.ts";
import { type CalendarIdentity, calendarIdentities } from "./file-identities.ts";
import { type EventDocument, isVenue, type ProgrammeGround } from "./programme-ground.ts";

/** A calendar but for the lines of our own. */
export interface CalendarPlan extends WrittenEntries {
  /** All lines before the events. */
  readonly head: string;
  /** Lines within the VEVENT of each document. */
  readonly events: ReadonlyMap<string, string>;
  readonly remarks: readonly FileRemark[];
}

export function planCalendar(ground: ProgrammeGround, now: Seconds): CalendarPlan {
  const times = new CalendarTimes(ground, now);
  const identities = calendarIdentities(ground.events);
  const identityOf = ({ doc }: EventDocument) => identities.get(doc) as CalendarIdentity;
  const events = ground.events.map((event): [string, string] => {
    const stamp = calendarLine("DTSTAMP", utcStamp(now));
    const sequence = calendarLine("SEQUENCE", String(ground.sequenceOf(event)));
    const lines = [...identityLines(identityOf(event)), stamp, sequence, ...times.lines(event.fields.when)];
    return [event.doc, [...lines, ...wordLines(event, ground), ...summaryLines(event)].join("")];
  });
  return {
    head: headLines(ground, times),
    events: new Map(events),
    venueKeys: venueKeys(ground),
    eventKeys: new Map(ground.events.map((event) => [event.doc, [identityOf(event)]])),
    remarks: [],
  };
}

export function writeCalendar({ head, events }: CalendarPlan, records: readonly SideRecord[]): string {
  const own = new Map(records.map((record) => [record.doc, record]));
  const others = records.filter(({ schema }) => schema !== "event/1");
  const parts = [head, ...others.map((record) => jsonLine("DOCUMENT", record))];
  for (const [doc, lines] of events) {
    const record = own.get(doc);
    parts.push(calendarLine("BEGIN", "VEVENT"), lines, ...(record ? carriedLines(record) : []));
    parts.push(calendarLine("END", "VEVENT"));
  }
  return [...parts, calendarLine("END", "VCALENDAR")].join("");
}

function headLines(ground: ProgrammeGround, times: CalendarTimes): string {
  const title = calendarText(ground.title);
  return [
    calendarLine("BEGIN", "VCALENDAR"),
    calendarLine("VERSION", "2.0"),
    calendarLine("PRODID", "-//Lagerfeuer//Lagerfeuer//EN"),
    calendarLine("NAME", title),
    calendarLine("X-WR-CALNAME", title),
    calendarLine("X-WR-TIMEZONE", ground.timezone),
    ...[...times.zones()].map(([timezone, span]) => calendarTimezone(timezone, span)),
  ].join("");
}

function identityLines({ uid, rid }: CalendarIdentity): string[] {
  const lines = [calendarLine("UID", calendarText(uid))];
  if (rid !== undefined) lines.push(calendarLine(`RECURRENCE-ID${rid.endsWith("Z") ? "" : ";VALUE=DATE"}`, rid));
  return lines;
}

/** It is also the beginning of the description, where other calendars find it. */
function summaryLines({ fields: { summary } }: EventDocument): string[] {
  return summary === undefined ? [] : [jsonLine("SUMMARY", summary)];
}

const NAMED_FIELDS = new Set(fieldNames("event/1"));

function carriedLines({ doc, author, fields, origin }: SideRecord): string[] {
  const named = Object.entries(fields).filter(([name, value]) => {
    return NAMED_FIELDS.has(name) && (name !== "summary" || value === null);
  });
  const others = Object.entries(fields).filter(([name]) => !NAMED_FIELDS.has(name));
  return [
    calendarLine("X-P2P-DOC", doc),
    ...(author === undefined ? [] : [calendarLine("X-P2P-AUTHOR", author)]),
    ...named.map(([name, value]) => jsonLine(name.toUpperCase(), value)),
    ...(others.length > 0 ? [jsonLine("FIELDS", Object.fromEntries(others))] : []),
    ...(origin ? [jsonLine("ORIGIN", origin)] : []),
  ];
}

function jsonLine(name: string, value: CborMap[string] | SideRecord): string {
  return calendarLine(`X-P2P-${name}`, calendarText(JSON.stringify(value)));
}

/** A calendar knows a venue by its title; the second of that title is known by itself. */
function venueKeys(ground: ProgrammeGround): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const venue of ground.resources.filter(isVenue)) {
    const key = cutUid(singleLine(venue.fields.title));
    if (!titles.has(key)) titles.set(key, venue.doc);
  }
  return new Map([...titles].map(([key, doc]) => [doc, key]));
}

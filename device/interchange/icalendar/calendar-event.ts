// One VEVENT: its words and times, before repetitions are written out. Throws a plain Error that says in a fragment why
// an event cannot be read; icalendar.ts turns it into a remark.
import { byteLength } from "../../../protocol/festival/text.ts";
import { type EventDraft, type FittedDraft, fitDraft } from "../event-draft.ts";
import type { DraftLink } from "../links.ts";
import { readDuration, wallAt } from "../local-time.ts";
import type { CarriedFields, FileEvent } from "../programme-file.ts";
import { quoted, type Remark, RRULE_BYTES_MAX, singleLine } from "../text/fit.ts";
import { readCarriedLines } from "./calendar-carried.ts";
import type { CalendarClock, CalendarTime } from "./calendar-clock.ts";
import type { CalendarComponent } from "./calendar-components.ts";
import { type CalendarProperty, parameterText, readProperties } from "./calendar-property.ts";

export interface CalendarEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly words: FittedDraft;
  readonly location: string | undefined;
  /** Millionths of a degree. */
  readonly geo: FileEvent["geo"];
  readonly start: CalendarTime | undefined;
  readonly end: CalendarTime | undefined;
  /** Local length in seconds: what lies between start and end on a clock in the zone of the start. */
  readonly length: number | undefined;
  /** The rule as a jCal value, and as found unless that is too long to keep or nothing. */
  readonly rule: { readonly recur: Readonly<Record<string, unknown>>; readonly text: string | undefined } | undefined;
  readonly added: readonly CalendarTime[];
  readonly removed: readonly CalendarTime[];
  /** Original start of the occurrence that this event replaces. */
  readonly replaces: CalendarTime | undefined;
  readonly carried: CarriedFields | undefined;
}

const WORDS = "summary description x-alt-desc styled-description location status class categories organizer";
const LINKS = "url conference attach";
const TIMES = "dtstart dtend duration recurrence-id rrule rdate exdate";
const NAMES = new Set(`uid sequence geo ${WORDS} ${LINKS} ${TIMES}`.split(" "));
const STATUSES: ReadonlyMap<string, FileEvent["status"]> = new Map([
  ["TENTATIVE", "idea"],
  ["CONFIRMED", "planned"],
  ["CANCELLED", "cancelled"],
]);
/** A feed that marks entries so did not mean them for strangers. */
const NOT_PUBLIC = new Set(["PRIVATE", "CONFIDENTIAL"]);

export function readCalendarEvent(component: CalendarComponent, clock: CalendarClock, remark: Remark): CalendarEvent {
  if (!component.closed) throw new Error("it has no END");
  const found = Map.groupBy(readProperties(component, NAMES), ({ name }) => name);
  const first = (name: string) => found.get(name)?.[0];
  const text = (name: string) => textOf(first(name));
  const visibility = text("class")?.toUpperCase() ?? "";
  if (NOT_PUBLIC.has(visibility)) throw new Error(`it is marked ${visibility}`);
  const times = (name: string) => (found.get(name) ?? []).flatMap((property) => clock.read(property, remark));
  const [start] = times("dtstart");
  const [end] = times("dtend");
  const [replaces] = times("recurrence-id");
  const range = first("recurrence-id") && parameterText(first("recurrence-id") as CalendarProperty, "range");
  if (range !== undefined) remark(`RANGE=${range} is read as this occurrence only`);
  const { summary, carried } = readCarriedLines(component);
  const words = fitDraft(withSummary(readWords(found), summary), remark);
  if (!words) throw new Error("it has no title");
  return {
    uid: singleLine(text("uid") ?? ""),
    sequence: Number(first("sequence")?.values[0] ?? 0) || 0,
    words,
    location: text("location"),
    geo: geoOf(first("geo")),
    start,
    end,
    length: start && lengthOf(start, { end, duration: text("duration") }, remark),
    rule: ruleOf(found.get("rrule") ?? [], remark),
    added: times("rdate"),
    removed: times("exdate"),
    replaces,
    carried,
  };
}

/** A location that is an address and nothing else. */
export function isLink(text: string): boolean {
  return /^\s*https?:\/\/\S+\s*$/i.test(text);
}

/** Calendars of ours say apart what the description begins with. */
function withSummary(draft: EventDraft, summary: string | undefined): EventDraft {
  const { description = "" } = draft;
  if (summary === undefined || !description.startsWith(summary)) return draft;
  return { ...draft, subtitle: summary, description: description.slice(summary.length).trimStart() };
}

const MILLIONTHS = 1_000_000;

/** "52.5;13.4" */
function geoOf(property: CalendarProperty | undefined): FileEvent["geo"] {
  const [, lat, lon] = /^(-?\d{1,2}(?:\.\d{1,12})?);(-?\d{1,3}(?:\.\d{1,12})?)$/.exec(property?.source ?? "") ?? [];
  if (lat === undefined || lon === undefined) return undefined;
  const [north, east] = [lat, lon].map((degrees) => Math.round(Number(degrees) * MILLIONTHS)) as [number, number];
  return Math.abs(north) <= 90 * MILLIONTHS && Math.abs(east) <= 180 * MILLIONTHS ? [north, east] : undefined;
}

function readWords(found: ReadonlyMap<string, readonly CalendarProperty[]>): EventDraft {
  const all = (name: string) => found.get(name) ?? [];
  const [summary] = all("summary");
  const [description] = [...all("description"), ...all("styled-description"), ...all("x-alt-desc")];
  return {
    title: textOf(summary) ?? "",
    description: textOf(description),
    status: STATUSES.get(textOf(all("status")[0])?.toUpperCase() ?? ""),
    tags: all("categories")
      .flatMap(({ values }) => values)
      .filter((value) => typeof value === "string" && !isLink(value))
      .map(String),
    hosts: all("organizer").flatMap((organizer) => {
      const name = parameterText(organizer, "cn");
      return name === undefined ? [] : [{ name, role: "organizer" }];
    }),
    links: readLinks(found),
    lang: summary && parameterText(summary, "language"),
  };
}

/** Binary attachments stay behind; a location that is nothing but an address is a place to watch from. */
function readLinks(found: ReadonlyMap<string, readonly CalendarProperty[]>): DraftLink[] {
  const linksOf = (name: string, rel?: string) =>
    (found.get(name) ?? []).flatMap((property) => {
      const url = property.type === "binary" ? undefined : textOf(property);
      const title = parameterText(property, "label") ?? parameterText(property, "filename");
      return url === undefined ? [] : [{ url, title, rel }];
    });
  const streams = linksOf("location", "stream").filter(({ url }) => isLink(url));
  return [...linksOf("url", "web"), ...linksOf("conference", "stream"), ...streams, ...linksOf("attach")];
}

interface FoundEnd {
  readonly end: CalendarTime | undefined;
  readonly duration: string | undefined;
}

function lengthOf(start: CalendarTime, { end, duration }: FoundEnd, remark: Remark): number | undefined {
  if (end && end.isDate !== start.isDate) {
    remark("starts at a time and ends on a day, or the reverse; the end was left open");
    return undefined;
  }
  if (end) {
    const wall = end.timezone === start.timezone ? end.wall : wallAt(end.seconds, start.timezone);
    return start.wall.until(wall, { largestUnit: "seconds" }).seconds;
  }
  if (duration === undefined) return undefined;
  const length = readDuration(duration);
  if (length === undefined) remark(`DURATION ${quoted(duration)} is not a duration; the end was left open`);
  return length;
}

function ruleOf(properties: readonly CalendarProperty[], remark: Remark): CalendarEvent["rule"] {
  const [property, ...others] = properties;
  if (!property) return undefined;
  if (others.length > 0) remark("has several rules; only the first was followed");
  const [recur] = property.values;
  if (typeof recur !== "object" || recur === null) throw new Error("its RRULE is not a rule");
  const text = singleLine(property.source);
  return {
    recur: recur as Readonly<Record<string, unknown>>,
    text: text !== "" && byteLength(text) <= RRULE_BYTES_MAX ? text : undefined,
  };
}

function textOf(property: CalendarProperty | undefined): string | undefined {
  const text = property?.values.filter((value) => typeof value === "string").join(", ");
  return text === undefined || text.trim() === "" ? undefined : text;
}

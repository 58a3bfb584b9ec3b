// Writes schedule.xml as the XSD of c3voc has it. Knows nothing of what the format cannot hold.
import type { EventFields } from "../../../protocol/festival/schema/event.ts";
import type { ProgrammeGround } from "./programme-ground.ts";
import type { ScheduleDay, SchedulePart, SchedulePlan } from "./schedule-plan.ts";
import {
  acronymOf,
  describedText,
  hoursAndMinutes,
  isUri,
  labelsOf,
  statedTitle,
  TIMESLOT,
  trackOf,
  zonedTime,
} from "./schedule-words.ts";
import { XmlWriter } from "./xml-writer.ts";

export function writeScheduleXml(ground: ProgrammeGround, plan: SchedulePlan): string {
  const xml = new XmlWriter();
  xml.group("schedule", {}, () => {
    xml.element("generator", "", { name: "lagerfeuer" });
    xml.element("version", "1");
    xml.group("conference", {}, () => writeConference(xml, ground, plan));
    for (const day of plan.days) writeDay(xml, day, { ground, plan });
  });
  return xml.toString();
}

interface Around {
  readonly ground: ProgrammeGround;
  readonly plan: SchedulePlan;
}

function writeConference(xml: XmlWriter, ground: ProgrammeGround, { days }: SchedulePlan): void {
  const { start, end } = labelsOf(ground, days);
  xml.element("title", ground.title);
  xml.element("acronym", acronymOf(ground.title));
  xml.element("start", start);
  xml.element("end", end);
  xml.element("days", String(days.length));
  xml.element("timeslot_duration", TIMESLOT);
  xml.element("time_zone_name", ground.timezone);
}

function writeDay(xml: XmlWriter, { index, date, start, end, rooms }: ScheduleDay, around: Around): void {
  const [from, to] = [start, end].map((at) => zonedTime(at, around.ground.timezone)) as [string, string];
  xml.group("day", { index, date, start: from, end: to }, () => {
    for (const [name, parts] of rooms) {
      const guid = around.plan.rooms.named(name)?.guid;
      xml.group("room", { name, ...(guid !== undefined && { guid }) }, () => {
        for (const part of parts) writeEvent(xml, part, around.ground);
      });
    }
  });
}

function writeEvent(xml: XmlWriter, part: SchedulePart, ground: ProgrammeGround): void {
  const { event, guid, id, room, start, end } = part;
  const { fields } = event;
  const time = zonedTime(start, ground.timezone);
  xml.group("event", { guid, id }, () => {
    xml.element("room", room);
    xml.element("title", statedTitle(fields));
    xml.element("type", fields.kind ?? "");
    xml.element("date", time);
    xml.element("start", time.slice("YYYY-MM-DDT".length, "YYYY-MM-DDTHH:mm".length));
    xml.element("duration", hoursAndMinutes(end - start));
    xml.element("abstract", fields.summary ?? "");
    xml.element("description", describedText(fields));
    xml.element("track", trackOf(event, ground) ?? "");
    if (fields.lang !== undefined) xml.element("language", fields.lang);
    writePersons(xml, fields.hosts);
    writeRecording(xml, fields.record);
    writeLinks(xml, fields.links ?? []);
  });
}

function writePersons(xml: XmlWriter, hosts: EventFields["hosts"] = []): void {
  const names = hosts.flatMap(({ name }) => name ?? []);
  if (names.length === 0) return;
  xml.group("persons", {}, () => {
    for (const name of names) xml.element("person", name);
  });
}

function writeRecording(xml: XmlWriter, record: EventFields["record"]): void {
  if (record === undefined || record === "ask") return;
  xml.group("recording", {}, () => {
    xml.element("license", "");
    xml.element("optout", String(record === "no"));
  });
}

type Link = NonNullable<EventFields["links"]>[number];

/** Addresses that have an element of their own have no title there, so with one they stand in the list as well. */
function writeLinks(xml: XmlWriter, links: readonly Link[]): void {
  const own = (rel: Link["rel"]) =>
    links.find((link) => link.rel === rel && /^https?:/.test(link.url) && isUri(link.url));
  const singles = { url: own("web"), origin_url: own("origin"), feedback_url: own("feedback") };
  for (const [name, link] of Object.entries(singles)) if (link) xml.element(name, link.url);
  const others = links.filter((link) => link.title !== undefined || !Object.values(singles).includes(link));
  writeList(
    xml,
    "link",
    others.filter(({ rel }) => rel !== "slides"),
  );
  writeList(
    xml,
    "attachment",
    others.filter(({ rel }) => rel === "slides"),
  );
}

function writeList(xml: XmlWriter, name: "link" | "attachment", links: readonly Link[]): void {
  if (links.length === 0) return;
  xml.group(`${name}s`, {}, () => {
    for (const { url, title, rel } of links) {
      xml.element(name, title ?? "", { href: url, ...(rel === "slides" && { type: rel }) });
    }
  });
}

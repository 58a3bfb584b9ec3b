// One event in the words of iCalendar, apart from its times and from what only our own calendars say.
import type { EventFields } from "../../../protocol/festival/schema/event.ts";
import { ownUid } from "../side-file.ts";
import { calendarLine, calendarParameter, calendarText } from "./calendar-line-writer.ts";
import type { EventDocument, ProgrammeGround } from "./programme-ground.ts";

/** What has no time of the clock is an idea to a calendar. */
const STATUSES: Readonly<Record<EventFields["status"], string>> = {
  planned: "CONFIRMED",
  idea: "TENTATIVE",
  postponed: "TENTATIVE",
  cancelled: "CANCELLED",
};
const MILLIONTHS = 1_000_000;

export function wordLines(event: EventDocument, ground: ProgrammeGround): string[] {
  const { fields } = event;
  const { title, lang, summary, text, status, when, access, note, links = [] } = fields;
  const isTimed = when?.m === "exact" || when?.m === "days";
  const description = [summary, text].filter((part) => part !== undefined && part !== "").join("\n\n");
  const categories = new Set([fields.kind ?? "", ...ground.tracksOf(event), ...(fields.tags ?? [])]);
  categories.delete("");
  return [
    textLine(lang === undefined ? "SUMMARY" : `SUMMARY;LANGUAGE=${lang}`, [title]),
    textLine("DESCRIPTION", [description]),
    textLine("STATUS", [isTimed || status === "cancelled" ? STATUSES[status] : "TENTATIVE"]),
    textLine("CATEGORIES", [...categories]),
    ...placeLines(event, ground),
    textLine(
      "RESOURCES",
      ground.materialsOf(event).map((resource) => resource.fields.title),
    ),
    ...[access, note].map((comment) => textLine("COMMENT", [comment ?? ""])),
    ...linkLines(links),
    relation("PARENT", fields.series),
    relation("X-FORK", fields.forkOf?.doc),
  ].filter((line) => line !== "");
}

function placeLines(event: EventDocument, ground: ProgrammeGround): string[] {
  const venues = ground.venuesOf(event);
  const { place } = event.fields;
  const words = venues.map(({ fields }) => fields.title).join("; ") || (place?.text ?? "");
  const [lat, lon] = place?.geo ?? (venues.length === 1 ? venues[0]?.fields.place?.geo : undefined) ?? [];
  return [
    textLine("LOCATION", [words]),
    lat === undefined || lon === undefined ? "" : calendarLine("GEO", `${degrees(lat)};${degrees(lon)}`),
  ];
}

type Links = NonNullable<EventFields["links"]>;

/** A calendar has one address for the event itself. */
function linkLines(links: Links): string[] {
  const own = links.find(({ rel }) => rel === "web");
  return links.map((link) => {
    if (link === own) return calendarLine("URL", link.url);
    const { url, title, rel } = link;
    if (rel === "stream") return calendarLine(`CONFERENCE;VALUE=URI${named("LABEL", title)}`, url);
    return calendarLine(`ATTACH${named("FILENAME", title)}`, url);
  });
}

function named(parameter: string, title: string | undefined): string {
  return title === undefined ? "" : `;${parameter}=${calendarParameter(title)}`;
}

function relation(type: string, doc: string | undefined): string {
  return doc === undefined ? "" : calendarLine(`RELATED-TO;RELTYPE=${type}`, ownUid(doc));
}

/** Nothing where there are no words. */
function textLine(name: string, values: readonly string[]): string {
  const words = values.filter((value) => value !== "");
  return words.length === 0 ? "" : calendarLine(name, words.map(calendarText).join(","));
}

function degrees(millionths: number): string {
  return (millionths / MILLIONTHS).toFixed(6);
}

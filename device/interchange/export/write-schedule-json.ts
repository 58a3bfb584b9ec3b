// Writes schedule JSON version 1 as the schema of c3voc has it. Knows nothing of what the format cannot hold.
import type { EventFields } from "../../../protocol/festival/schema/event.ts";
import type { ProgrammeGround } from "./programme-ground.ts";
import type { ScheduleDay, SchedulePart, SchedulePlan } from "./schedule-plan.ts";
import {
  acronymOf,
  describedText,
  hoursAndMinutes,
  isUri,
  labelsOf,
  plainName,
  statedTitle,
  TIMESLOT,
  trackOf,
  zonedTime,
} from "./schedule-words.ts";

/** What the schema takes for the name of a zone; "Etc/GMT-1" is none to it. */
const TIMEZONE = /^[A-Z][a-z]+\/[A-Z][a-z]+|UTC$/;
/** Enough to tell what a link in a log means. */
const SLUG_TITLE_CHARACTERS_MAX = 60;

export function writeScheduleJson(ground: ProgrammeGround, plan: SchedulePlan): string {
  const { days, rooms } = plan;
  const { title, timezone } = ground;
  const conference = {
    acronym: acronymOf(title),
    title,
    ...labelsOf(ground, days),
    daysCount: days.length,
    timeslot_duration: TIMESLOT,
    ...(TIMEZONE.test(timezone) && { time_zone_name: timezone }),
    rooms: rooms.list().map(({ name, guid, venue }) => ({ name, guid, capacity: venue.fields.capacity ?? null })),
    days: days.map((day) => dayJson(day, ground)),
  };
  const schedule = { version: "1", conference };
  return `${JSON.stringify({ generator: { name: "lagerfeuer" }, schedule }, null, 1)}\n`;
}

/** Made from entries, so that a room called "__proto__" is a room. */
function dayJson({ index, date, start, end, rooms }: ScheduleDay, ground: ProgrammeGround) {
  return {
    index,
    date,
    day_start: zonedTime(start, ground.timezone),
    day_end: zonedTime(end, ground.timezone),
    rooms: Object.fromEntries(rooms.map(([name, parts]) => [name, parts.map((part) => eventJson(part, ground))])),
  };
}

function eventJson({ event, guid, id, room, start, end }: SchedulePart, ground: ProgrammeGround) {
  const { fields } = event;
  const date = zonedTime(start, ground.timezone);
  const name = plainName(fields.title, "-").slice(0, SLUG_TITLE_CHARACTERS_MAX).replace(/-$/, "");
  return {
    id,
    guid,
    date,
    start: date.slice("YYYY-MM-DDT".length, "YYYY-MM-DDTHH:mm".length),
    end: zonedTime(end, ground.timezone),
    duration: hoursAndMinutes(end - start),
    room,
    slug: [acronymOf(ground.title), id, name].filter((part) => part !== "").join("-"),
    title: statedTitle(fields),
    subtitle: null,
    track: trackOf(event, ground) ?? null,
    type: fields.kind ?? "",
    language: fields.lang ?? null,
    abstract: fields.summary ?? null,
    description: describedText(fields),
    ...(fields.record !== undefined && fields.record !== "ask" && { do_not_record: fields.record === "no" }),
    persons: (fields.hosts ?? []).flatMap(({ name }) => (name === undefined ? [] : [{ name }])),
    ...linksJson(fields.links ?? [], guid),
  };
}

type Link = NonNullable<EventFields["links"]>[number];

const LINK_TYPES: Readonly<Record<NonNullable<Link["rel"]>, string>> = {
  web: "web",
  video: "media",
  recording: "media",
  stream: "media",
  slides: "slides",
  origin: "related",
  tickets: "related",
  feedback: "related",
};

/** An address is required; what has none is named by its guid. */
function linksJson(links: readonly Link[], guid: string) {
  const own = (rel: Link["rel"]) => links.find((link) => link.rel === rel && isUri(link.url));
  const singles = [own("web"), own("origin"), own("feedback")];
  const [web, origin, feedback] = singles;
  const others = links.filter((link) => isUri(link.url) && (link.title !== undefined || !singles.includes(link)));
  return {
    url: web?.url ?? `urn:uuid:${guid}`,
    ...(origin && { origin_url: origin.url }),
    ...(feedback && { feedback_url: feedback.url }),
    links: others.map(({ url, title, rel }) => ({
      url,
      ...(title !== undefined && { title }),
      ...(rel !== undefined && { type: LINK_TYPES[rel] }),
    })),
  };
}

// Words of a schedule file that XML and JSON share: titles with their state, times with their offset, names for machines.
import type { EventFields } from "../../../protocol/festival/schema/event.ts";
import type { Seconds } from "../../../protocol/festival/when.ts";
import { offsetMinutesAt, wallAt } from "../local-time.ts";
import type { EventDocument, ProgrammeGround } from "./programme-ground.ts";

/** As FOSDEM 2022 wrote it, and as import reads it (M-84). */
const TITLE_PREFIXES: Readonly<Record<EventFields["status"], string>> = {
  planned: "",
  cancelled: "CANCELLED: ",
  idea: "IDEA: ",
  postponed: "POSTPONED: ",
};
/** The XSD asks for 4 characters at least, the JSON schema allows no hyphen. */
const ACRONYM_CHARACTERS_MIN = 4;

/** Start times are shown on this grid by programs that draw a table. */
export const TIMESLOT = "00:05";
/** RFC 3986 without IP literals. */
const URI = /^[a-z][a-z0-9+.-]*:(?:[\w.~:/?@!$&'()*+,;=-]|%[\da-f]{2})*(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[\da-f]{2})*)?$/i;

export function statedTitle({ title, status }: EventFields): string {
  return TITLE_PREFIXES[status] + title;
}

/** The text, with what has no field of its own below it. */
export function describedText({ text, access }: EventFields): string {
  return [text, access && `Accessibility: ${access}`].filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** First track, else first tag. */
export function trackOf(event: EventDocument, ground: ProgrammeGround): string | undefined {
  return ground.tracksOf(event)[0] ?? event.fields.tags?.[0];
}

/** "2026-01-31T09:30:00+01:00" */
export function zonedTime(at: Seconds, timezone: string): string {
  const offset = offsetMinutesAt(at, timezone);
  const wall = new Date((at + offset * 60) * 1000).toISOString().slice(0, "YYYY-MM-DDTHH:mm:ss".length);
  return `${wall}${offset < 0 ? "-" : "+"}${hoursAndMinutes(Math.abs(offset) * 60)}`;
}

/** "01:30"; hours go beyond 24. */
export function hoursAndMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Lower-case ASCII letters and digits, joined: "summer_festival". */
export function plainName(text: string, joint: string): string {
  return (
    text
      .normalize("NFKD")
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join(joint) ?? ""
  );
}

export function acronymOf(title: string): string {
  const name = plainName(title, "_");
  return name.length < ACRONYM_CHARACTERS_MIN ? `programme${name}` : name;
}

/** Labels of the whole: dates where it begins and ends with a day. The last day is named, not the one after it. */
export function labelsOf(ground: ProgrammeGround, days: readonly [{ date: string }, ...{ date: string }[]]) {
  const { start, end } = ground.main?.fields ?? {};
  return {
    start: start === undefined ? days[0].date : labelOf(start, ground.timezone, 0),
    end: end === undefined ? (days.at(-1) ?? days[0]).date : labelOf(end, ground.timezone, 1),
  };
}

function labelOf(at: Seconds, timezone: string, daysLater: 0 | 1): string {
  const wall = wallAt(at, timezone);
  if (wall.hour !== 0 || wall.minute !== 0) return zonedTime(at, timezone);
  return wall.toPlainDate().subtract({ days: daysLater }).toString();
}

/** Schemas refuse an address with other letters, which a browser would take. */
export function isUri(url: string): boolean {
  return URI.test(url) && URL.canParse(url);
}

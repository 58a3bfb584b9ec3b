// `lagerfeuer list events`: by time, with where, how far confirmed and who comes, as this box sees it.
import { Temporal } from "temporal-polyfill";
import { ActError } from "../act/act-error.ts";
import type { EventFilter, EventPlace, EventSummary } from "../programme/event-filter.ts";
import type { Cell } from "../table-text.ts";
import { whenText } from "../when-text.ts";
import { textOption } from "./act-command.ts";
import { documentNamed, shortId } from "./known-documents.ts";
import { ID, type Listing, type ListQuestion, listing } from "./listing.ts";

export function listEvents(question: ListQuestion): Listing {
  const events = question.festival.programme.events(filterOf(question));
  return listing(events, [
    { title: "when", fixed: true, cell: ({ when }) => whenText(when) },
    { title: "title", cell: titleCell },
    { title: "where", cell: ({ places }) => places.map(placeText).join(", ") },
    { title: "asked", fixed: true, cell: confirmedCell },
    { title: "coming", fixed: true, cell: ({ going }) => goingText(going) },
    { title: "by", cell: (event) => byText(event, question) },
    { ...ID, cell: ({ doc }) => shortId(doc) },
  ]);
}

/** Throws E_TIME, or that a venue, frame or pick is not known. */
function filterOf({ festival, context, choice, by }: ListQuestion): EventFilter {
  const [day, kind, tag, words] = ["day", "kind", "tag", "words"].map((name) => textOption(context, name));
  const [venue, frame, pick] = ["venue", "frame", "pick"].map((name) => textOption(context, name));
  if (day !== undefined && !isDay(day)) {
    throw new ActError("E_TIME", `Cannot read --day: "${day}" is not a day like 2026-07-17`);
  }
  return {
    ...choice,
    ...(day !== undefined && { day }),
    ...(context.options["now"] === true && { now: festival.now }),
    ...(kind !== undefined && { kind }),
    ...(tag !== undefined && { tag }),
    ...(words !== undefined && { words }),
    ...(venue !== undefined && { venue }),
    ...(frame !== undefined && { frame: documentNamed(festival, frame, "frame/1").doc }),
    ...(pick !== undefined && { pick: documentNamed(festival, pick, "pick/1").doc }),
    ...(by !== undefined && { author: by }),
  };
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function titleCell({ title, status, note }: EventSummary): Cell {
  const text = note === undefined ? title : `${title} (${note})`;
  switch (status) {
    case "cancelled":
      return { text: `cancelled: ${text}`, colour: "red" };
    case "postponed":
      return { text: `postponed: ${text}`, colour: "yellow" };
    case "idea":
      return { text: `idea: ${text}`, colour: "dim" };
    case "planned":
      return { text, colour: "bold" };
  }
}

/** Missing and withdrawn places are said to be. */
export function placeText({ name, state }: EventPlace): string {
  switch (state) {
    case "claimed":
      return name ?? "?";
    case "confirmed":
      return `${name ?? "?"} ✓`;
    case "awaited":
      return "a place that has not reached us yet";
    case "lost":
      return "lost its place";
  }
}

/** "2/3": granted of asked for. */
function confirmedCell({ confirmed: { asked, accepted } }: EventSummary): Cell {
  if (asked === 0) return { text: "" };
  return { text: `${accepted}/${asked}`, colour: accepted === asked ? "green" : "yellow" };
}

/** People and doors are never added up (M-35). */
export function goingText({ people, door }: EventSummary["going"]): string {
  return [...(people > 0 ? [`${people}+`] : []), ...(door > 0 ? [`${door} at the door`] : [])].join(", ");
}

/** Nobody is made the host of what they copied from elsewhere (M-18). */
function byText({ author, imported, hosts }: EventSummary, { festival }: ListQuestion): string {
  if (hosts.length > 0) return hosts.join(", ");
  return imported ? `copied by ${festival.names.of(author)}` : festival.names.of(author);
}

// A festival that was made here and not imported: every field that an event can have, and every way to say when.
import type { EventFieldsWritten } from "../../../../protocol/festival/schema/event.ts";
import { berlin, exactly } from "../../programme/festival-box.ts";
import { Archive } from "./archive.ts";

export const HOST_KEY = "77".repeat(32);
const ELSEWHERE = "88".repeat(32);

export interface OwnFestival {
  readonly archive: Archive;
  readonly frame: string;
  readonly barn: string;
  readonly lake: string;
  event(fields: EventFieldsWritten): string;
}

/** A frame with a track in it, two venues, a projector, a series. */
export function ownFestival(
  name = "camp",
): OwnFestival & { readonly track: string; readonly series: string; readonly projector: string } {
  const archive = new Archive(name);
  const frame = archive.write({
    a: "create",
    s: "frame/1",
    f: {
      title: "Summer Camp",
      tz: "Europe/Berlin",
      dayStart: 300,
      start: berlin("00:00", "2026-07-16"),
      conduct: "Be kind.",
    },
  });
  const track = archive.write({ a: "create", s: "frame/1", f: { title: "Kitchen", parent: frame } });
  const series = archive.write({ a: "create", s: "series/1", f: { title: "Soups", rule: "every night" } });
  const venue = (title: string, more: object) =>
    archive.write({ a: "create", s: "resource/1", f: { kind: "venue", title, policy: "auto", ...more } });
  const barn = venue("Barn", { capacity: 80, place: { geo: [52_500_001, 13_400_002], how: "behind the oak" } });
  const lake = venue("Lakeside", { text: "Wet feet.", place: { geo: [52_600_001, 13_500_002] } });
  const projector = archive.write({ a: "create", s: "resource/1", f: { kind: "material", title: "Projector" } });
  const event = (fields: EventFieldsWritten) =>
    archive.write({ a: "create", s: "event/1", f: { frames: [frame], ...fields } });
  return { archive, frame, track, series, barn, lake, projector, event };
}

/** Every field of event/1 but `origin`. */
export function fullEvent({ frame, track, series, barn, lake }: ReturnType<typeof ownFestival>): EventFieldsWritten {
  return {
    title: "Soup of the day",
    summary: "A soup",
    text: "Bring a **bowl**.\n\nAsk cook@kitchen.example.",
    when: { ...exactly(berlin("18:00"), berlin("19:30")), wall: "2026-07-17T18:00" },
    status: "planned",
    kind: "meal",
    tags: ["food", "fire"],
    hosts: [{ name: "Mo", key: HOST_KEY, role: "cook" }, { name: "Kim" }],
    images: [{ h: "99".repeat(32), t: "image/jpeg", n: 1000 }],
    links: [
      { url: "https://soup.example/", rel: "web" },
      { url: "https://live.example/", rel: "stream", title: "Live" },
    ],
    place: { how: "follow the smell" },
    venues: [barn, lake],
    access: "Step-free.",
    capacity: 40,
    join: "answer",
    frames: [track, frame],
    series,
    part: "2 of 3",
    record: "ask",
    note: "starts 20 min later",
    lang: "en",
    forkOf: { doc: ELSEWHERE, op: ELSEWHERE, by: HOST_KEY },
    archive: "yes",
    reuse: "free",
    expires: berlin("00:00", "2027-01-01"),
  };
}

/** One event for each row of "when" and "status" in the mapping table (domain.md §4.7), and some that bend a format. */
export function timesAndStates({ barn, lake }: OwnFestival): readonly EventFieldsWritten[] {
  const plain = exactly(berlin("20:00"), berlin("21:00"));
  const tz = "Europe/Berlin";
  return [
    { title: "Only a title" },
    { title: "Open end", when: { m: "exact", start: berlin("22:00"), endOpen: true, tz } },
    { title: "No end", when: { m: "exact", start: berlin("22:30"), tz }, venues: [barn] },
    { title: "Whole days", when: { m: "days", from: "2026-07-17", to: "2026-07-20", tz }, venues: [lake] },
    { title: "One day", when: { m: "days", from: "2026-07-18", to: "2026-07-19", tz } },
    { title: "Some evening", when: { m: "part", day: "2026-07-18", part: "evening", tz } },
    { title: "Too late", when: { m: "part", day: "2026-07-18", part: "late", tz }, status: "cancelled" },
    { title: "Around the fire", when: { m: "words", text: "when the fire is lit", near: "2026-07-18" } },
    { title: "Some time", when: { m: "words", text: "some time" } },
    { title: "An idea", when: plain, status: "idea", venues: [barn] },
    { title: "Rained off", when: plain, status: "cancelled", venues: [barn] },
    { title: "Later", when: plain, status: "postponed", venues: [barn] },
    { title: "CANCELLED: a play about trains", when: plain, venues: [lake] },
    { title: "Elsewhere", when: exactly(berlin("20:00"), berlin("21:00"), "America/New_York") },
    { title: "By the clock of nobody", when: exactly(berlin("20:00"), berlin("21:00"), "Mars/Olympus") },
    { title: "In UTC", when: exactly(berlin("20:00"), berlin("21:00"), "UTC") },
    { title: "Three nights", when: exactly(berlin("18:00"), berlin("10:00", "2026-07-20")), venues: [barn, lake] },
    { title: "A year", when: exactly(berlin("18:00"), berlin("10:00", "2027-07-20")), venues: [barn] },
    { title: "On the hill", when: plain, place: { text: "On the hill", geo: [52_000_000, -13_000_000] } },
    { title: "At a place called like a venue", when: plain, place: { text: "Barn" } },
    { title: "In two rooms", when: plain, venues: [lake, barn] },
    { title: "Nowhere known", when: plain, venues: [ELSEWHERE], frames: [ELSEWHERE] },
    { title: "Part of nothing", when: plain, frames: [] },
  ];
}

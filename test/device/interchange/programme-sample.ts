// A small programme file, as a reader would hand it over.
import type { FileEvent, ProgrammeFile } from "../../../device/interchange/programme-file.ts";
import { BERLIN, berlin, exactly } from "../programme/festival-box.ts";

export function fileEvent(uid: string, title: string, more: Partial<FileEvent> = {}): FileEvent {
  const when = exactly(berlin("18:00"), berlin("19:00"));
  return { uid, title, when, status: "planned", tags: [], hosts: [{ name: "Mo" }], links: [], venue: "b", ...more };
}

export const SOUP = fileEvent("soup", "Soup");
export const FILM = fileEvent("film", "Film night", { tags: ["film"], lang: "en" });
export const KNOTS = fileEvent("knots", "Knots", { venue: "l", links: [{ url: "https://knots.example/" }] });

export function programmeFile(more: Partial<ProgrammeFile> = {}): ProgrammeFile {
  return {
    format: "schedule-xml",
    title: "Summer Festival",
    timezone: BERLIN,
    venues: [
      { key: "b", name: "Barn" },
      { key: "l", name: "Lakeside", capacity: 40 },
    ],
    events: [SOUP, FILM, KNOTS],
    skipped: [],
    repaired: [],
    ...more,
  };
}

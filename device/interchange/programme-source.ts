// Under which name a programme is remembered as the origin of documents (M-18): the same at every import, whatever the
// downloaded file happens to be called.
import type { ProgrammeFile } from "./programme-file.ts";

/**
 * "schedule:fosdem-2026". The title is all that every format has and that stays when a programme is published again.
 * XML and JSON of one programme share it, because they share their guids; a calendar names its events differently.
 * Two programmes with one title do not disturb each other, for uids tell their events apart.
 */
export function programmeSource({ format, title }: ProgrammeFile): string {
  const words = title
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  return `${format === "icalendar" ? "calendar" : "schedule"}:${words?.join("-") ?? "programme"}`;
}

/** `src` and wherever else documents of the file come from by their own account: a file of ours may hold several feeds. */
export function programmeSources(file: ProgrammeFile, src: string): ReadonlySet<string> {
  const carried = [...(file.carried ?? []), ...file.venues, ...file.events].flatMap((one) => one.carried ?? []);
  const named = carried.flatMap(({ origin }) => (typeof origin?.["src"] === "string" ? [origin["src"]] : []));
  return new Set([src, ...named]);
}

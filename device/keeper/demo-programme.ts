// Placeholder until the demo festival is written.
import type { ProgrammeFile } from "../interchange/programme-file.ts";

export function demoProgramme(_now: number, timezone: string): ProgrammeFile {
  return { format: "schedule-xml", title: "Demo", timezone, venues: [], events: [], skipped: [], repaired: [] };
}

// What a reader needs to know besides the bytes, and the bounds that keep a foreign file from eating the device.
import type { Seconds } from "../../protocol/festival/when.ts";
import { ProgrammeFileError } from "./programme-file.ts";

export interface ReadOptions {
  /** Shown where the file has no title of its own. */
  readonly fileName: string;
  /** IANA name: the importer's zone, for times that name none. */
  readonly timezone: string;
  /** Around which endless rules are expanded. */
  readonly now: Seconds;
}

/** The largest real programme has 7,000 occurrences (Burning Man 2025); more than this is not one festival. */
export const ENTRIES_MAX = 20_000;

/** Throws E_FILE_TOO_LARGE once a file has more entries than a device should hold. */
export function requireFewEntries(count: number): void {
  if (count <= ENTRIES_MAX) return;
  throw new ProgrammeFileError("E_FILE_TOO_LARGE", `Cannot read programme: it has more than ${ENTRIES_MAX} entries`);
}

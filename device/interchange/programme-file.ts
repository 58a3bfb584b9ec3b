// What a programme file says, whatever its format: the common shape between the readers (schedule.xml, schedule JSON,
// iCalendar) and the operations that an import publishes. Knows neither operations nor the store.

import type { Seconds, When } from "../../protocol/festival/when.ts";
import type { CborMap } from "../../protocol/operation/cbor.ts";

export interface ProgrammeFile {
  readonly format: "schedule-xml" | "schedule-json" | "icalendar";
  readonly title: string;
  /** IANA name; the zone in which the file thinks. */
  readonly timezone: string;
  /** Labels of the whole, as the file names them ("2026-01-31"). */
  readonly start?: string;
  readonly end?: string;
  /** Minutes after local midnight at which a festival day begins (M-38). */
  readonly dayStart?: number;
  /** Frames and series that a file of our own carries, the frame of the whole among them. */
  readonly carried?: readonly CarriedDocument[];
  readonly venues: readonly FileVenue[];
  readonly events: readonly FileEvent[];
  /** Entries that did not become events; each names where and why. */
  readonly skipped: readonly FileRemark[];
  /** Entries that were imported after a repair (an end before its start, a floating time); each names where and why. */
  readonly repaired: readonly FileRemark[];
}

export interface CarriedDocument {
  readonly schema: "frame/1" | "series/1";
  /** FRAME_UID for the frame of the whole. */
  readonly key: string;
  readonly carried: CarriedFields;
}

export interface FileVenue {
  /** Stable within one source: the room's guid, else its name. */
  readonly key: string;
  readonly name: string;
  readonly capacity?: number;
  readonly carried?: CarriedFields;
}

export interface FileEvent {
  /** Stable within one source: guid, UID, else one made from what the file has. */
  readonly uid: string;
  /** Which occurrence of a repeating event this is: its original start in UTC, "20260131T094500Z" or "20260131". */
  readonly rid?: string;
  /** The rule as found, kept for export. */
  readonly rrule?: string;
  readonly title: string;
  readonly summary?: string;
  /** Markdown; HTML of the source is converted (M-83). */
  readonly text?: string;
  readonly when?: When;
  readonly status: "idea" | "planned" | "cancelled" | "postponed";
  readonly kind?: string;
  readonly tags: readonly string[];
  readonly hosts: readonly { readonly name: string; readonly role?: string }[];
  readonly links: readonly { readonly url: string; readonly title?: string; readonly rel?: string }[];
  /** `key` of a FileVenue. */
  readonly venue?: string;
  /** Free text where the file has a place that is not a venue of its own. */
  readonly place?: string;
  /** Latitude and longitude in millionths of a degree. */
  readonly geo?: readonly [number, number];
  readonly lang?: string;
  readonly record?: "yes" | "no";
  /** How often its source changed it, where that was said. */
  readonly sequence?: number;
  readonly carried?: CarriedFields;
}

/** What a file of our own says of a document beyond its format (M-87). */
export interface CarriedFields {
  /** The document that was exported, hex: what other documents of the file mean by it. */
  readonly doc: string;
  /** They stand over what the format says; `null` where the document has none. Values as JSON, not yet checked. */
  readonly fields: CborMap;
  /** Where the document itself had come from. */
  readonly origin?: CborMap;
}

export interface FileRemark {
  /** "line 120", "UID abc@x", "event 10386": what a person can search for in the file. */
  readonly where: string;
  /** One sentence fragment without a final period. */
  readonly why: string;
}

/** The file cannot be read as a programme at all. `code` is stable. */
export class ProgrammeFileError extends Error {
  override readonly name = "ProgrammeFileError";
  readonly code: "E_FILE_FORMAT" | "E_FILE_BROKEN" | "E_FILE_TOO_LARGE";

  constructor(code: ProgrammeFileError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface ReadOptions {
  /** Shown where the file has no title of its own. */
  readonly fileName: string;
  /** IANA name: the importer's zone, for times that name none. */
  readonly timezone: string;
  /** Around which endless rules are expanded. */
  readonly now: Seconds;
  /** Content of the p2p.json that an export put beside the file. */
  readonly side?: Uint8Array;
}

/** The largest real programme has 7,000 occurrences (Burning Man 2025); more than this is not one festival. */
export const ENTRIES_MAX = 20_000;

/** Throws E_FILE_TOO_LARGE once a file has more entries than a device should hold. */
export function requireFewEntries(count: number): void {
  if (count <= ENTRIES_MAX) return;
  throw new ProgrammeFileError("E_FILE_TOO_LARGE", `Cannot read programme: it has more than ${ENTRIES_MAX} entries`);
}

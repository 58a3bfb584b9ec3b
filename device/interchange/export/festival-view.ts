// What an export is made from and what it makes. Types only: whoever keeps the festival's tables fills a FestivalView,
// and nothing here knows of a database.
import type { MadeDocument } from "../../../protocol/festival/view.ts";
import type { Seconds } from "../../../protocol/festival/when.ts";
import type { FileRemark } from "../programme-file.ts";

/** A festival as one device sees it. */
export interface FestivalView {
  /** Where no frame has one. */
  readonly title: string;
  /** IANA name; where no frame names one. */
  readonly timezone: string;
  readonly now: Seconds;
  /** Shown documents only (SPEC.md §8.4): what was withdrawn or cannot be read is absent. */
  readonly documents: readonly MadeDocument[];
  /** Venues and resources that answers gave to an event, by its id; an event without has what its author claims. */
  readonly confirmed: ReadonlyMap<string, readonly string[]>;
  /** How often a document was updated since it was created, by its id; absent is never. */
  readonly versions: ReadonlyMap<string, number>;
}

export type ExportFormat = "schedule-xml" | "schedule-json" | "ics";

export interface ExportOptions {
  /** SHA-1, 20 bytes: names in schedule files are UUIDs of version 5 (RFC 9562 §5.5). */
  readonly sha1: (bytes: Uint8Array) => Uint8Array;
  /** Keys whose profiles ask not to be named outside the festival (M-64). */
  readonly hiddenKeys?: ReadonlySet<string>;
}

export interface ExportedFile {
  /** A hint: "summer-festival.schedule.xml". */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface ExportedProgramme extends ExportedFile {
  /** What the format cannot hold (M-87); iCalendar holds everything. */
  readonly side?: ExportedFile;
  /** What other programs will not see in the file, and why. */
  readonly remarks: readonly FileRemark[];
}

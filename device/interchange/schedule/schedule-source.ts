// What a schedule file says before anything is understood: the shape that the XML and the JSON reader fill, and that
// schedule-programme.ts turns into a ProgrammeFile. Types only; all text is as found.
import type { EventDraft } from "../event-draft.ts";
import type { FileEvent, FileRemark, ProgrammeFile } from "../programme-file.ts";

export interface ScheduleSource {
  readonly format: ProgrammeFile["format"];
  readonly title?: string | undefined;
  readonly timezone?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  /** "09:00" or "09:00:00". */
  readonly dayChange?: string | undefined;
  readonly days: readonly ScheduleDay[];
  readonly rooms: readonly ScheduleRoom[];
  readonly entries: readonly ScheduleEntry[];
  /** What was no entry at all. */
  readonly skipped: readonly FileRemark[];
}

export interface ScheduleDay {
  /** "2026-01-31" */
  readonly date?: string | undefined;
  /** "2026-01-31T09:00:00+01:00" */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

export interface ScheduleRoom {
  readonly name: string;
  readonly guid?: string | undefined;
  readonly capacity?: number | undefined;
}

export interface ScheduleEntry extends EventDraft {
  /** For remarks: "line 120", "event 10386". */
  readonly where: string;
  /** Best first: guid, code, id. Empty ones do not count. */
  readonly uids: readonly (string | undefined)[];
  readonly day?: ScheduleDay | undefined;
  /** Date and time, best with an offset; a date alone needs `start`. */
  readonly date?: string | undefined;
  /** "09:30" */
  readonly start?: string | undefined;
  /** "2026-01-31T10:00:00+01:00"; wins over `duration`. */
  readonly end?: string | undefined;
  /** "00:30", "00:30:00", "1:00:00:00" or "PT30M" */
  readonly duration?: string | undefined;
  readonly room?: string | undefined;
  readonly record?: FileEvent["record"];
}

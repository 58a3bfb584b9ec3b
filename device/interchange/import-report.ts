// What an import did, for whoever asked for it: the command line, the web page, the logger. Types only.
import type { FileRemark, ProgrammeFile } from "./programme-file.ts";

export interface ImportReport {
  readonly format: ProgrammeFile["format"];
  readonly title: string;
  /** In the file. */
  readonly events: number;
  readonly venues: number;
  /** Events only; venues and the frame count among `operations`. */
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Published by this import. */
  readonly operations: number;
  readonly skipped: readonly FileRemark[];
  readonly repaired: readonly FileRemark[];
  /**
   * Events of an earlier import that the file does not name any more. They stay as they are: a file that was cut short
   * must not cancel a festival.
   */
  readonly gone: number;
}

// What whoever looks does not want to see, or should not any more (M-70): chosen on this box, never sent, never stored in
// the tables. Questions take it along, so that a limit counts only what is left.
import type { Seconds } from "../../protocol/festival/when.ts";

export interface LocalChoice {
  /** True to leave it out; `author` is a key, hex, `text` what a reader would see of it first. */
  readonly hidden?: (doc: string, author: string, text: string) => boolean;
  /** What has expired by then is left out. Absent while the clock is unsure (M-39). */
  readonly clock?: Seconds;
}

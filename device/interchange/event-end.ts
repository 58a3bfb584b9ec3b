// When an event ends that a file lets end before, at or after its start (M-81).
import type { Seconds } from "../../protocol/festival/when.ts";
import type { Remark } from "./fit.ts";
import { resolveWall, wallAt } from "./local-time.ts";

/** What is longer than a night did not mean "the next day". */
const OVERNIGHT_SECONDS_MAX = 18 * 3600;

export interface EventSpan {
  readonly start: Seconds;
  /** As the file says; absent where it says nothing. */
  readonly end: Seconds | undefined;
  readonly timezone: string;
}

export type EventEnd = { readonly end: Seconds } | { readonly endOpen: true };

/** An earlier end on the same local day means the next day if the night stays short enough; else the end is open. */
export function settleEnd({ start, end, timezone }: EventSpan, remark: Remark): EventEnd {
  if (end === undefined) return { endOpen: true };
  if (end > start) return { end };
  if (end === start) {
    remark("ends when it starts; the end was left open");
    return { endOpen: true };
  }
  const wall = wallAt(end, timezone);
  const overnight = resolveWall(wall.add({ days: 1 }), timezone).seconds;
  const sameDay = wall.toPlainDate().equals(wallAt(start, timezone).toPlainDate());
  if (sameDay && overnight > start && overnight - start <= OVERNIGHT_SECONDS_MAX) {
    remark("ends before it starts; read as the next day");
    return { end: overnight };
  }
  remark("ends before it starts; the end was left open");
  return { endOpen: true };
}

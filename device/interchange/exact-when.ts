// When an event happens as event/1 says it: in whole minutes, and with an end after its start whatever the file has
// (M-81).
import type { ExactWhen, Seconds } from "../../protocol/festival/when.ts";
import { resolveWall, type WallTime, wallAt, wallText } from "./local-time.ts";
import type { Remark } from "./text/fit.ts";

const MINUTE_SECONDS = 60;
/** What is longer than a night did not mean "the next day". */
const OVERNIGHT_SECONDS_MAX = 18 * 3600;

export interface FoundSpan {
  readonly start: Seconds;
  /** As the file says; absent where it says nothing. */
  readonly end: Seconds | undefined;
  readonly timezone: string;
  /** The local time that the file writes, unless it writes an instant. */
  readonly wall: WallTime | undefined;
}

/** Nobody plans by the second: what is more than a minute is left out (SPEC.md §8.3). */
export function exactWhen({ start, end, timezone, wall }: FoundSpan, remark: Remark): ExactWhen {
  const span = { start: wholeMinute(start), end: end === undefined ? undefined : wholeMinute(end), timezone };
  if (span.start !== start || span.end !== end) remark("the seconds of its time were left out");
  return {
    m: "exact",
    start: span.start,
    ...settleEnd(span, remark),
    tz: timezone,
    ...(wall && { wall: wallText(wall) }),
  };
}

type Span = Omit<FoundSpan, "wall">;
type EventEnd = Pick<ExactWhen, "end" | "endOpen">;

/** An earlier end on the same local day means the next day if the night stays short enough; else the end is open. */
function settleEnd({ start, end, timezone }: Span, remark: Remark): EventEnd {
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

function wholeMinute(seconds: Seconds): Seconds {
  return seconds - (seconds % MINUTE_SECONDS);
}

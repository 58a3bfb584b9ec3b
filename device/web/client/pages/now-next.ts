// What is on, and what follows. Running things count as current until they end (I-20).
import type { EventView } from "../festival/view.ts";

/** Which part of the programme is shown: these, or a day. */
export const NOW = "now";
export const ALL = "all";
export const SOMETIME = "sometime";

/** "Next" looks half a day ahead … */
const AHEAD_SECONDS = 12 * 3600;
/** … but no further than a screenful. */
const MAX_NEXT = 12;

export function isRunning({ span, when, status }: EventView, now: number): boolean {
  if (span === undefined || when?.m === "words" || status === "cancelled") return false;
  return span.start <= now && now < span.end;
}

export function nextUp(events: readonly EventView[], now: number): readonly EventView[] {
  const ahead = events.filter(({ sort }) => sort !== undefined && sort > now && sort <= now + AHEAD_SECONDS);
  return ahead.slice(0, MAX_NEXT);
}

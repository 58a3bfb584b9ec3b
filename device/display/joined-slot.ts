// Which slot a press of "I'm in" counts for (display.md §8.2). One rule for the label on the glass and for the
// operation the press becomes.
import type { Seconds } from "../../protocol/festival/when.ts";
import { type DoorProgramme, type Slot, takesPlace } from "../programme/slot.ts";

/** Who presses later than this after a start is on the way to the next thing. */
export const LATE_PRESS_SECONDS = 10 * 60;

/** What runs and has just begun, else what is next, else what runs; undefined if nobody can come to any of them. */
export function joinedSlot(programme: DoorProgramme, now: Seconds): Slot | undefined {
  const running = programme.now.filter(canBeJoined);
  const begun = running.find((slot) => now - slot.start < LATE_PRESS_SECONDS);
  return begun ?? programme.next.find(canBeJoined) ?? running[0];
}

/** Nobody is asked to come where nobody fits in. */
function canBeJoined(slot: Slot): boolean {
  return takesPlace(slot) && slot.full !== true;
}

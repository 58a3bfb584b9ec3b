// Of what a steward can say at a door that it is full (display.md §8.2): what is on, or what people already queue for. The
// word is void by itself when the slot is over or has moved, since it stands under the event and its start.
import { encodeBody } from "../protocol/festival/body.ts";
import type { Seconds } from "../protocol/festival/when.ts";
import { fullKey } from "./programme/full-query.ts";
import { type DoorProgramme, type Slot, takesPlace } from "./programme/slot.ts";

/** People queue before a start, not all day. */
const QUEUE_SECONDS = 30 * 60;
/** How long a mark matters after its event (M-60, class "days"): not at all, but others may come late. */
const KEPT_SECONDS = 86_400;

/** Undefined if neither runs here nor begins soon. */
export function markableSlot({ now, next }: DoorProgramme, at: Seconds): Slot | undefined {
  return now.find(takesPlace) ?? next.find((slot) => takesPlace(slot) && slot.start - at <= QUEUE_SECONDS);
}

/** The word of the box that signs (SPEC.md §8.2): a count of nobody, going nowhere. */
export function fullMark({ doc, start, end }: Slot, full: boolean): Uint8Array {
  const expires = end - (end % 60) + KEPT_SECONDS;
  return encodeBody({ a: "set", s: "rsvp/1", k: fullKey(doc, start), f: { going: "no", door: 0, full, expires } });
}

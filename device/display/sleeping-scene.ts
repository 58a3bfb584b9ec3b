// What stays on the glass while the box has no power: nothing that could be out of date when somebody reads it. What is
// planned next stands under its date, without any word about how it stands.
import type { Seconds } from "../../protocol/festival/when.ts";
import { type DoorProgramme, type Slot, takesPlace } from "../programme/slot.ts";
import { directionOf, displayText } from "./display-text.ts";
import { type DoorTimes, doorTimes } from "./door-times.ts";
import type { Appendix, Scene } from "./scene.ts";
import { titleOf } from "./slot-scene.ts";
import type { Words } from "./words.ts";

/** What a glance takes in below the fire. */
const MAX_ROWS = 3;

/** Throws RangeError for a time zone this machine does not know. */
export function sleepingScene(programme: DoorProgramme, now: Seconds, words: Words): Scene {
  const plan = planOf(programme, doorTimes(programme.timezone, now, words.lang));
  return {
    lang: words.lang,
    direction: directionOf(words.now),
    header: { room: displayText(programme.venue) },
    body: {
      kind: "notice",
      text: words.sleeping.heading,
      detail: words.sleeping.detail,
      fire: true,
      ...(plan !== undefined && { appendix: plan }),
    },
    badge: { text: plan === undefined ? "" : words.printedPlan, level: "fresh" },
    footer: { labels: [] },
  };
}

function planOf({ next, tomorrow }: DoorProgramme, times: DoorTimes): Appendix | undefined {
  const today = next.filter(takesPlace);
  const slots = today.length > 0 || tomorrow === undefined ? today : [tomorrow];
  const [first] = slots;
  if (first === undefined) return undefined;
  return { heading: times.date(first.start), rows: slots.slice(0, MAX_ROWS).map(rowOf) };

  function rowOf(slot: Slot): Appendix["rows"][number] {
    return { time: times.clock(slot.start), chips: [], title: titleOf(slot), struck: false };
  }
}

// What is on at every door, on one screen: for the info point, the bar, the gate.
import type { DoorProgramme } from "../programme/slot.ts";
import { alarmOf, announcedOf } from "./announcement-scene.ts";
import type { DeviceState } from "./device-state.ts";
import { displayText } from "./display-text.ts";
import { frameOf } from "./door-scene.ts";
import { doorTimes } from "./door-times.ts";
import type { DoorView } from "./door-view.ts";
import { noteOf, pageFooterOf } from "./footer-scene.ts";
import type { Place, Scene } from "./scene.ts";
import { rowOf, runningRow } from "./slot-scene.ts";
import type { Words } from "./words.ts";

/** `doors` in the order in which people look for them. Throws RangeError for a time zone this machine does not know. */
export function overviewScene(doors: readonly DoorProgramme[], state: DeviceState, words: Words): Scene {
  const views = doors.map((programme) => ({
    programme,
    state,
    words,
    times: doorTimes(programme.timezone, state.now, words.lang),
  }));
  const first = views[0] ?? nowhere(state, words);
  const announcement = announcedOf(first);
  return {
    ...frameOf(first, words.allPlaces),
    ...(announcement !== undefined && { announcement }),
    body: alarmOf(first) ?? { kind: "overview", nothing: words.nothingNow, places: views.map(placeOf) },
    ...noteOf(first),
    footer: pageFooterOf(first, state.page === "rooms" ? words.button.more : undefined),
  };
}

function nowhere(state: DeviceState, words: Words): DoorView {
  const programme = { venue: "", timezone: "UTC", now: [], next: [], empty: true };
  return { programme, state, words, times: doorTimes("UTC", state.now, words.lang) };
}

/** Without a clock nothing is on now: what is known stands under its own time. */
function placeOf(door: DoorView): Place {
  const { programme, state } = door;
  const isUnsure = state.clock === "unsure";
  const running = isUnsure ? undefined : programme.now[0];
  const next = isUnsure ? (programme.now[0] ?? programme.next[0]) : programme.next[0];
  return {
    room: displayText(programme.venue),
    ...(running && { now: runningRow(door, running) }),
    ...(next && { next: rowOf(door, next) }),
  };
}

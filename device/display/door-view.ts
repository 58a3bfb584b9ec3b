// What every part of a door's scene is made from.
import type { DoorProgramme } from "../programme/slot.ts";
import type { DeviceState } from "./device-state.ts";
import type { DoorTimes } from "./door-times.ts";
import { freshness } from "./freshness.ts";
import type { Words } from "./words.ts";

export interface DoorView {
  readonly programme: DoorProgramme;
  readonly state: DeviceState;
  readonly times: DoorTimes;
  readonly words: Words;
}

/** How full a room is changes within minutes: a box without clock or news has nothing to say about it (display.md §7.2). */
export function knowsSpace({ state }: DoorView): boolean {
  return state.clock !== "unsure" && freshness(state) !== "old";
}

// Which doors are kept as pictures that a person has looked at (display.md §5.8), and how each is drawn anew.

import type { Picture } from "../../../device/display/panel/plane.ts";
import { createRenderer } from "../../../device/display/renderer.ts";
import { ROTATIONS, type Rotation, turnedToGlass } from "../../../device/display/rotation.ts";
import type { Scene } from "../../../device/display/scene.ts";
import { SCREEN_NAMES } from "../../../device/display/screens.ts";
import { SCENES } from "./doors.ts";

export interface GoldenFrame {
  /** Of the file, without ".png". */
  readonly name: string;
  readonly screen: string;
  readonly case: string;
  readonly rotation: Rotation;
}

/** The panel most boxes have; its pictures carry no size in their names. */
const PANEL = "door-800x480";
const WALL = "door-1920x1080";
/** One with a size of its own. */
const FREE_SIZE = "1234x567";

const CASES = [
  "normal",
  "german",
  "french",
  "nothing-now",
  "last-of-day",
  "end-of-day",
  "end-of-day-unplaced",
  "late",
  "cancelled",
  "moved",
  "moved-here",
  "moved-to-another-day",
  "delayed",
  "full",
  "steward",
  "announcement",
  "emergency",
  "long-everything",
  "endless-title",
  "no-hosts",
  "many-hosts",
  "arabic",
  "arabic-words",
  "arabic-moved",
  "hebrew",
  "japanese",
  "emoji",
  "empty-replica",
  "trouble",
  "trouble-with-schedule",
  "set-up",
  "set-up-own-wifi",
  "empty-own-wifi",
  "own-wifi",
  "mistakes",
  "many-mistakes",
  "many-mistakes-arabic",
  "mistakes-below-the-programme",
  "no-memory",
  "clock-unsure",
  "news-40-min-old",
  "news-3-h-old",
  "news-13-h-old",
  "more",
  "unplaced-later",
  "overview",
  "asleep",
  "asleep-without-plan",
];
/** Enough to see how another size arranges the same. */
const CASES_OF_OTHERS = ["normal", "full"];

const others = [...SCREEN_NAMES, FREE_SIZE].filter((screen) => screen !== PANEL && screen !== WALL);

export const GOLDEN_FRAMES: readonly GoldenFrame[] = [
  ...CASES.map((name) => frame(PANEL, name, `door-${name}`)),
  ...ROTATIONS.filter((rotation) => rotation !== 0).map((rotation) => ({
    ...frame(PANEL, "normal", `door-normal-turned-${rotation}`),
    rotation,
  })),
  ...CASES.map((name) => frame(WALL, name)),
  frame("door-250x122", "asleep"),
  frame("door-480x800", "asleep"),
  frame("door-480x800", "set-up-own-wifi"),
  frame("door-400x300", "set-up-own-wifi"),
  frame("door-480x800", "many-mistakes"),
  frame("door-296x128", "mistakes"),
  frame("door-296x128", "no-memory"),
  ...others.flatMap((screen) => CASES_OF_OTHERS.map((name) => frame(screen, name))),
];

function frame(screen: string, name: string, file = `${screen}-${name}`): GoldenFrame {
  return { name: file, screen, case: name, rotation: 0 };
}

/** The picture as the glass gets it. */
export function drawGolden({ screen, case: name, rotation }: GoldenFrame): Picture {
  return turnedToGlass(createRenderer(screen, rotation).draw(SCENES[name] as Scene), rotation);
}

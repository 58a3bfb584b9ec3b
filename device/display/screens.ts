// The screens we draw for, as data: the size of every part in px. A screen of the same arrangement is one more entry.
// Sizes follow display.md §5.6 and §7.3: at least 20 px, weight 500 and up, lines of 2 px and up.
import type { Rung } from "./text-layout.ts";
import { CAMPFIRE, ONE_BIT, type Theme } from "./themes.ts";

/** 1: black and white, packed. 24: colour. */
export type Depth = 1 | 24;

export interface RowStyle {
  readonly size: number;
  readonly height: number;
  /** Height of a row of two lines. */
  readonly tall: number;
  readonly weight: number;
}

export interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly depth: Depth;
  readonly theme: Theme;
  readonly margin: number;
  readonly gap: number;
  readonly radius: number;
  /** Width of outlines and rules. */
  readonly line: number;
  /** Of the room, the smallest of `sizes` in two lines if need be. */
  readonly header: { readonly height: number; readonly sizes: readonly number[]; readonly clock: number };
  readonly strip: { readonly height: number; readonly size: number };
  readonly chip: { readonly height: number; readonly size: number };
  readonly title: readonly Rung[];
  readonly takeover: { readonly height: number; readonly sizes: readonly number[]; readonly title: readonly Rung[] };
  readonly strike: number;
  readonly hosts: readonly Rung[];
  readonly note: readonly Rung[];
  readonly progress: number;
  readonly rows: { readonly first: RowStyle; readonly later: RowStyle; readonly heading: number };
  readonly notice: { readonly text: readonly Rung[]; readonly detail: readonly Rung[] };
  /** Longest side of the code without its quiet zone. */
  readonly qr: { readonly small: number; readonly large: number };
  readonly status: { readonly height: number; readonly size: number };
  readonly footer: { readonly height: number; readonly size: number };
}

/** 7.5 inch, UC8179; read from about 1 m. */
const DOOR_800X480: Screen = {
  name: "door-800x480",
  width: 800,
  height: 480,
  depth: 1,
  theme: ONE_BIT,
  margin: 20,
  gap: 10,
  radius: 0,
  line: 3,
  header: {
    height: 82,
    clock: 60,
    sizes: [62, 52, 44, 34],
  },
  strip: { height: 30, size: 22 },
  chip: { height: 40, size: 33 },
  title: [
    { size: 66, lines: 2 },
    { size: 54, lines: 3 },
    { size: 46, lines: 3 },
    { size: 38, lines: 4 },
    { size: 32, lines: 5 },
    { size: 28, lines: 6 },
  ],
  takeover: {
    height: 72,
    sizes: [58, 50, 42, 36, 30],
    title: [
      { size: 46, lines: 2 },
      { size: 38, lines: 2 },
      { size: 32, lines: 3 },
      { size: 26, lines: 4 },
    ],
  },
  strike: 6,
  hosts: [
    { size: 28, lines: 1 },
    { size: 24, lines: 2 },
  ],
  note: [
    { size: 24, lines: 1 },
    { size: 22, lines: 2 },
  ],
  progress: 16,
  rows: {
    first: { size: 32, height: 44, tall: 72, weight: 700 },
    later: { size: 26, height: 34, tall: 58, weight: 500 },
    heading: 34,
  },
  notice: {
    text: [
      { size: 60, lines: 1 },
      { size: 48, lines: 3 },
    ],
    detail: [
      { size: 30, lines: 4 },
      { size: 24, lines: 6 },
    ],
  },
  qr: { small: 132, large: 184 },
  status: { height: 26, size: 20 },
  footer: { height: 28, size: 20 },
};

/** 24 to 32 inch over HDMI; read from 4 to 6 m. */
const DOOR_1920X1080: Screen = {
  name: "door-1920x1080",
  width: 1920,
  height: 1080,
  depth: 24,
  theme: CAMPFIRE,
  margin: 64,
  gap: 24,
  radius: 14,
  line: 4,
  header: {
    height: 164,
    clock: 120,
    sizes: [120, 104, 88, 68],
  },
  strip: { height: 60, size: 38 },
  chip: { height: 76, size: 56 },
  title: [
    { size: 136, lines: 2 },
    { size: 116, lines: 3 },
    { size: 100, lines: 3 },
    { size: 84, lines: 4 },
    { size: 68, lines: 5 },
    { size: 60, lines: 6 },
  ],
  takeover: {
    height: 156,
    sizes: [124, 104, 88, 76, 64],
    title: [
      { size: 104, lines: 2 },
      { size: 84, lines: 2 },
      { size: 70, lines: 3 },
      { size: 56, lines: 4 },
    ],
  },
  strike: 12,
  hosts: [
    { size: 54, lines: 1 },
    { size: 46, lines: 2 },
  ],
  note: [
    { size: 48, lines: 1 },
    { size: 42, lines: 2 },
  ],
  progress: 22,
  rows: {
    first: { size: 62, height: 88, tall: 150, weight: 700 },
    later: { size: 48, height: 66, tall: 114, weight: 500 },
    heading: 72,
  },
  notice: {
    text: [
      { size: 132, lines: 1 },
      { size: 108, lines: 3 },
    ],
    detail: [
      { size: 60, lines: 4 },
      { size: 48, lines: 6 },
    ],
  },
  qr: { small: 225, large: 375 },
  status: { height: 62, size: 34 },
  footer: { height: 66, size: 36 },
};

const SCREENS: ReadonlyMap<string, Screen> = new Map(
  [DOOR_800X480, DOOR_1920X1080].map((screen) => [screen.name, screen]),
);

export const SCREEN_NAMES: readonly string[] = [...SCREENS.keys()];

/** Throws RangeError for a name that is not in SCREEN_NAMES. */
export function screenNamed(name: string): Screen {
  const screen = SCREENS.get(name);
  if (screen === undefined)
    throw new RangeError(`Cannot draw for "${name}": the screens are ${SCREEN_NAMES.join(", ")}`);
  return screen;
}

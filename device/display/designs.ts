// The designs a person has drawn and looked at, as data: the size of every part in px. Every other size is one of them
// scaled (screens.ts). Text has at least 20 px, weight 500 and up, lines at least 2 px (display.md §5.6 and §7.3).
import type { Screen } from "./screens.ts";
import { CAMPFIRE, ONE_BIT } from "./themes.ts";

/** 7.5 inch, UC8179; read from about 1 m. */
export const PANEL: Screen = {
  name: "door-800x480",
  width: 800,
  height: 480,
  depth: 1,
  arrangement: "wide",
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
export const WALL: Screen = {
  name: "door-1920x1080",
  width: 1920,
  height: 1080,
  depth: 24,
  arrangement: "wide",
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

/** 2.9 inch: who is behind this door, in four lines. Its 18 px are 3.6 mm high, as it has 5 px to a millimetre. */
export const PLATE: Screen = {
  name: "door-296x128",
  width: 296,
  height: 128,
  depth: 1,
  arrangement: "plate",
  theme: ONE_BIT,
  margin: 6,
  gap: 4,
  radius: 0,
  line: 2,
  header: {
    height: 32,
    clock: 24,
    sizes: [26, 22, 20, 18],
  },
  strip: { height: 22, size: 18 },
  chip: { height: 24, size: 20 },
  title: [
    { size: 28, lines: 4 },
    { size: 23, lines: 5 },
    { size: 20, lines: 6 },
    { size: 18, lines: 9 },
  ],
  takeover: {
    height: 34,
    sizes: [28, 24, 20, 18],
    title: [
      { size: 24, lines: 4 },
      { size: 20, lines: 6 },
      { size: 18, lines: 9 },
    ],
  },
  strike: 3,
  hosts: [{ size: 18, lines: 1 }],
  note: [{ size: 18, lines: 1 }],
  progress: 6,
  rows: {
    first: { size: 18, height: 22, tall: 44, weight: 600 },
    later: { size: 18, height: 22, tall: 44, weight: 500 },
    heading: 20,
  },
  notice: {
    text: [
      { size: 28, lines: 2 },
      { size: 22, lines: 3 },
      { size: 18, lines: 4 },
    ],
    detail: [{ size: 18, lines: 4 }],
  },
  qr: { small: 0, large: 0 },
  status: { height: 22, size: 18 },
  footer: { height: 22, size: 18 },
};

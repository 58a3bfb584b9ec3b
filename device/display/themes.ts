// Colours of every part of a screen.
import type { Colour } from "./marks.ts";

/** A surface and what is written on it. */
export interface Tone {
  readonly paper: Colour;
  readonly ink: Colour;
}

export interface Theme {
  readonly page: Tone;
  /** Second rank: hosts, notes, the sync line. On one bit it is the ink itself; rank shows in size and weight. */
  readonly quiet: Colour;
  readonly header: Tone & { readonly clock: Colour };
  readonly strip: Tone;
  /** Announcements. */
  readonly news: Tone;
  /** NOW. */
  readonly live: Tone;
  /** NEXT and other labels. */
  readonly label: Tone;
  /** A state that changes where people go. */
  readonly alarm: Tone;
  readonly progress: { readonly track: Colour; readonly edge: Colour; readonly fill: Colour };
  /** Behind the rows; undefined draws none. */
  readonly panel?: Colour;
  readonly fire: Colour;
  readonly rule: Colour;
  readonly footer: Colour;
  readonly badge: { readonly aging: Colour; readonly stale: Tone; readonly old: Tone };
  readonly qr: Tone;
}

const BLACK_ON_WHITE: Tone = { paper: "#ffffff", ink: "#000000" };
const WHITE_ON_BLACK: Tone = { paper: "#000000", ink: "#ffffff" };

export const ONE_BIT: Theme = {
  page: BLACK_ON_WHITE,
  quiet: "#000000",
  header: { ...WHITE_ON_BLACK, clock: "#ffffff" },
  strip: BLACK_ON_WHITE,
  news: BLACK_ON_WHITE,
  live: WHITE_ON_BLACK,
  label: WHITE_ON_BLACK,
  alarm: WHITE_ON_BLACK,
  progress: { track: "#ffffff", edge: "#000000", fill: "#000000" },
  fire: "#000000",
  rule: "#000000",
  footer: "#000000",
  badge: { aging: "#000000", stale: WHITE_ON_BLACK, old: WHITE_ON_BLACK },
  qr: BLACK_ON_WHITE,
};

/** A fire at night: the page is the dark, the ember marks what is live, red is kept for what changes where to go. */
export const CAMPFIRE: Theme = {
  page: { paper: "#16110d", ink: "#fbf1e1" },
  quiet: "#cdb99f",
  header: { paper: "#241a12", ink: "#fbf1e1", clock: "#ffb765" },
  strip: { paper: "#6b1f17", ink: "#ffe4da" },
  news: { paper: "#5c3d14", ink: "#ffe9c7" },
  live: { paper: "#ff8f3f", ink: "#1c0f05" },
  label: { paper: "#4b3827", ink: "#ffe2bd" },
  alarm: { paper: "#e2483d", ink: "#ffffff" },
  progress: { track: "#3a2c20", edge: "#3a2c20", fill: "#ff8f3f" },
  panel: "#211913",
  fire: "#ff8f3f",
  rule: "#4b3827",
  footer: "#e6d3b8",
  badge: {
    aging: "#ffb765",
    stale: { paper: "#ffb765", ink: "#1c0f05" },
    old: { paper: "#e2483d", ink: "#ffffff" },
  },
  qr: { paper: "#fbf1e1", ink: "#16110d" },
};

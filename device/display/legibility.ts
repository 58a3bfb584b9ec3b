// Whether a screen can be read from where people stand: the height of its capitals in millimetres, from the pitch of its
// glass, against the signs of a building (ADA: 16 mm up to 1.83 m, then 3.2 mm more per 305 mm; display.md §5.6).
import type { Screen } from "./screens.ts";

/** Diagonals in inches by the pixels of the glass, the long side first. Of monitors, the smallest that hang at doors. */
const DIAGONALS: Readonly<Record<string, number>> = {
  "800x480": 7.5,
  "960x680": 13.3,
  "400x300": 4.2,
  "296x128": 2.9,
  "250x122": 2.13,
  "1872x1404": 10.3,
  "1920x1080": 24,
};
const MILLIMETRES_PER_INCH = 25.4;
/** Of a capital letter, in sizes of its text. */
const CAP_HEIGHT = 0.67;
const SIGN = { capMillimetres: 16, centimetres: 183, moreMillimetres: 3.2, moreCentimetres: 30.5 };

export interface Legibility {
  readonly inches: number;
  /** Height of capitals: whose door, what is on, until when. */
  readonly capMillimetres: { readonly room: number; readonly title: number; readonly time: number };
  /** Up to where room and title are read. */
  readonly readableCentimetres: number;
}

/** Undefined for glass of which nobody knows how large its pixels are. */
export function legibility({ width, height, header, title, chip }: Screen): Legibility | undefined {
  const inches = DIAGONALS[`${Math.max(width, height)}x${Math.min(width, height)}`];
  if (inches === undefined) return undefined;
  const pixelsPerMillimetre = Math.hypot(width, height) / (inches * MILLIMETRES_PER_INCH);
  const cap = (size: number) => Math.round((10 * size * CAP_HEIGHT) / pixelsPerMillimetre) / 10;
  const room = cap(header.sizes[0] ?? 0);
  const capMillimetres = { room, title: cap(title[0]?.size ?? 0), time: cap(chip.size) };
  return { inches, capMillimetres, readableCentimetres: readableFrom(Math.min(room, capMillimetres.title)) };
}

function readableFrom(capMillimetres: number): number {
  const more = capMillimetres - SIGN.capMillimetres;
  if (more <= 0) return Math.round((SIGN.centimetres * capMillimetres) / SIGN.capMillimetres);
  return Math.round(SIGN.centimetres + (more / SIGN.moreMillimetres) * SIGN.moreCentimetres);
}

// The six inks of Spectra 6 as they were measured on glass: duller than their names. Greys never become colours, so the
// soft edges of text turn black or white and do not fringe (display.md §5.3).
import { WHITE_FROM_LUMINANCE } from "../palette.ts";

interface Ink {
  /** As the chip wants it; 4 is unused. */
  readonly code: number;
  /** sRGB, display.md §3.3. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

const BLACK: Ink = { code: 0, red: 0, green: 0, blue: 0 };
const WHITE: Ink = { code: 1, red: 161, green: 164, blue: 165 };
const INKS: readonly Ink[] = [
  BLACK,
  WHITE,
  { code: 2, red: 208, green: 190, blue: 71 },
  { code: 3, red: 156, green: 72, blue: 75 },
  { code: 5, red: 61, green: 59, blue: 94 },
  { code: 6, red: 58, green: 91, blue: 70 },
];
/** Between the brightest and the darkest of red, green and blue; below it a colour looks grey. */
const GREY_UNTIL_CHROMA = 48;

/** Code of the ink for a colour, 0 to 255 each. */
export function nearestInk(red: number, green: number, blue: number): number {
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < GREY_UNTIL_CHROMA)
    return green < WHITE_FROM_LUMINANCE ? BLACK.code : WHITE.code;
  let nearest = BLACK;
  for (const ink of INKS) if (distance(ink, red, green, blue) < distance(nearest, red, green, blue)) nearest = ink;
  return nearest.code;
}

function distance(ink: Ink, red: number, green: number, blue: number): number {
  return (ink.red - red) ** 2 + (ink.green - green) ** 2 + (ink.blue - blue) ** 2;
}

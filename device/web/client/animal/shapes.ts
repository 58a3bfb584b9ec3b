// What a drawing is made of: filled or drawn paths on a sheet of 64 by 64, back to front. Data only: whoever shows a
// drawing turns each shape into one <path>, so that a page needs no inline style and a test can compare drawings.

export interface Shape {
  /** Path data, on a sheet of SHEET by SHEET units. */
  readonly d: string;
  /** A colour, "#rrggbb". */
  readonly paint: string;
  /** Width of a line with round ends; a shape without it is filled. */
  readonly line?: number;
  /** The same again on the other side of the middle: ears, eyes, wings. */
  readonly both?: true;
}

export const SHEET = 64;

export function fill(d: string, paint: string): Shape {
  return { d, paint };
}

export function line(d: string, paint: string, width: number): Shape {
  return { d, paint, line: width };
}

export function oval(x: number, y: number, rx: number, ry: number, paint: string): Shape {
  return { d: `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z`, paint };
}

export function dot(x: number, y: number, r: number, paint: string): Shape {
  return oval(x, y, r, r, paint);
}

/** On both sides of the middle. */
export function pair(shape: Shape): Shape {
  return { ...shape, both: true };
}

/** An eye that looks at you: dark, with the fire in it. */
export function eye(x: number, y: number, r: number, ink: string): readonly Shape[] {
  return [dot(x, y, r, ink), dot(x + r * 0.32, y - r * 0.36, r * 0.36, "#ffffff")];
}

/** Two eyes of a face; the light falls from the same side on both. */
export function eyes(x: number, y: number, r: number, ink: string): readonly Shape[] {
  return [...eye(x, y, r, ink), ...eye(SHEET - x, y, r, ink)];
}

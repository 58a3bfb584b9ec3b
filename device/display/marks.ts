// What a canvas is told to paint, in px and colours: the flat result of placing a scene on a screen. Plain data in
// paint order, so two frames can be compared without looking at a pixel.
import type { Direction } from "./display-text.ts";
import type { ButtonShape } from "./scene.ts";
import type { TextStyle } from "./text-layout.ts";

/** Whole px; y grows downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** CSS colour. */
export type Colour = string;

export type Mark = FillMark | OutlineMark | ShapeMark | TextMark | QrMark;

export interface FillMark {
  readonly kind: "fill";
  readonly box: Box;
  readonly colour: Colour;
  readonly radius: number;
}

export interface OutlineMark {
  readonly kind: "outline";
  readonly box: Box;
  readonly colour: Colour;
  readonly radius: number;
  readonly line: number;
}

export interface ShapeMark {
  readonly kind: "shape";
  readonly box: Box;
  readonly colour: Colour;
  readonly shape: ButtonShape | "arrow" | "arrow-left" | "flame" | "logs";
}

/** One line. Nothing of it is painted outside `box`. */
export interface TextMark {
  readonly kind: "text";
  readonly box: Box;
  /** Left end of the line, whatever its direction. */
  readonly x: number;
  readonly baseline: number;
  readonly text: string;
  readonly style: TextStyle;
  readonly direction: Direction;
  readonly colour: Colour;
}

/** Square modules, dark on whatever lies below. `rows` holds "1" for dark. */
export interface QrMark {
  readonly kind: "qr";
  readonly box: Box;
  readonly rows: readonly string[];
  readonly colour: Colour;
}

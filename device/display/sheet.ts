// An empty screen being laid out: the few moves from which the whole door is set (a surface, a line, a block of text,
// a chip), each adding marks. Boxes are whole px; text is fitted before it is set, so nothing leaves its box.
import type { Direction } from "./display-text.ts";
import type { Box, Colour, Mark } from "./marks.ts";
import type { Chip, Scene } from "./scene.ts";
import type { Screen } from "./screens.ts";
import { type FittedText, fitText, type Rung, type TextStyle, type Typesetter } from "./text-layout.ts";
import type { Tone } from "./themes.ts";

/** Height of a capital letter, in sizes: lines are centred on it. */
const CAP_HEIGHT = 0.67;
/** From the baseline down to the end of a line's own space, in sizes. */
const DESCENT = 0.28;
/** Ink that may leave its line: accents on capitals above, hooks below, an overhanging j, in sizes. */
const OVERSHOOT = { above: 1.15, below: 0.45, beside: 0.12 };
/** Height of the stroke through a struck title, in sizes above the baseline. */
const STRIKE_HEIGHT = 0.27;
/** Padding of a chip and distance between chips, in sizes of their text. */
const CHIP_PADDING = 0.36;
export const CHIP_GAP = 0.32;
const CHIP_WEIGHT = 700;
/** Width of an arrow and of the space after it, in sizes. */
const ARROW = { width: 0.86, height: 0.62, gap: 0.26 };

export interface LineOptions {
  readonly size: number;
  readonly weight: number;
  readonly colour: Colour;
  readonly lang?: string;
  readonly align?: "left" | "right";
  readonly strike?: number;
}

export interface BlockOptions {
  readonly ladder: readonly Rung[];
  readonly weight: number;
  readonly colour: Colour;
  readonly lang?: string;
  readonly direction?: Direction;
  readonly strike?: number;
  /** Where it is not given, text stands at the side from which its own language is read. */
  readonly centred?: true;
  /** Height of one line where it stands beside lines of another size; each is centred on its capitals in it. */
  readonly pitch?: number;
}

export class Sheet {
  readonly marks: Mark[] = [];
  readonly screen: Screen;
  /** Language of the screen's own words. */
  readonly lang: string;
  /** In which they are read. Boxes are placed from the left all the same; a mirror (mirror.ts) turns the whole. */
  readonly direction: Direction;
  readonly #typesetter: Typesetter;

  constructor(screen: Screen, { lang, direction }: Pick<Scene, "lang" | "direction">, typesetter: Typesetter) {
    this.screen = screen;
    this.lang = lang;
    this.direction = direction;
    this.#typesetter = typesetter;
  }

  fill(box: Box, colour: Colour, radius = 0): void {
    this.marks.push({ kind: "fill", box, colour, radius });
  }

  outline(box: Box, colour: Colour, radius = 0): void {
    this.marks.push({ kind: "outline", box, colour, radius, line: this.screen.line });
  }

  widthOf(text: string, { size, weight, lang = this.lang }: Pick<LineOptions, "size" | "weight" | "lang">): number {
    return Math.ceil(this.#typesetter.measure(text, { size, weight, lang }));
  }

  /** One line, centred on its capitals in the height of `box`; cut with an ellipsis if wider. Returns its width. */
  line(text: string, box: Box, options: LineOptions): number {
    const { size, weight, align = "left" } = options;
    const ladder = [{ size, lines: 1 }];
    const lang = options.lang ?? this.lang;
    const fitted = this.#fit(text, { ...box, height: Number.MAX_SAFE_INTEGER }, { ...options, ladder, weight, lang });
    const width = this.widthOf(fitted.lines[0] ?? "", { size, weight, lang });
    const x = align === "left" ? box.x : box.x + box.width - width;
    const baseline = centred(box.y, box.height, size);
    this.#set(fitted.lines[0] ?? "", { x, baseline, width }, fitted, options);
    return width;
  }

  /** Lines from the top of `box` in the largest size that holds the whole text. Returns the y below them. */
  block(text: string, box: Box, options: BlockOptions): number {
    const fitted = this.#fit(text, box, options);
    const { style, direction } = fitted;
    const leading = options.pitch ?? fitted.leading;
    let baseline =
      options.pitch === undefined
        ? box.y + leading - Math.round(DESCENT * style.size)
        : centred(box.y, options.pitch, style.size);
    for (const line of fitted.lines) {
      const width = this.widthOf(line, style);
      const x = textStart(options.centred, box, width, direction === this.direction);
      this.#set(line, { x, baseline, width }, fitted, options);
      baseline += leading;
    }
    return box.y + leading * fitted.lines.length;
  }

  /** Height the text takes in `box`. */
  heightOf(text: string, box: Box, options: BlockOptions): number {
    const { lines, leading } = this.#fit(text, box, options);
    return lines.length * (options.pitch ?? leading);
  }

  /** Width of its widest line in `box`. */
  blockWidth(text: string, box: Box, options: BlockOptions): number {
    const { lines, style } = this.#fit(text, box, options);
    return Math.max(...lines.map((line) => this.widthOf(line, style)));
  }

  /** True if the whole text stands in the box at some rung of the ladder without a word being split. */
  holds(text: string, box: Box, options: BlockOptions): boolean {
    return this.#fit(text, box, options).fit === "whole";
  }

  arrow(x: number, middle: number, size: number, colour: Colour): number {
    const height = Math.round(ARROW.height * size);
    const box = { x, y: middle - Math.floor(height / 2), width: Math.round(ARROW.width * size), height };
    this.marks.push({ kind: "shape", shape: "arrow", box, colour });
    return this.arrowWidth(size);
  }

  /** With the space after it. */
  arrowWidth(size: number): number {
    return Math.round((ARROW.width + ARROW.gap) * size);
  }

  chipWidth(chip: Chip, size: number): number {
    const text = this.widthOf(chip.text, { size, weight: CHIP_WEIGHT });
    return text + (chip.arrow ? this.arrowWidth(size) : 0) + 2 * Math.round(CHIP_PADDING * size);
  }

  /** A word in a box, at most `box.width` wide, from the left of `box`. Returns its width. */
  chip(chip: Chip, box: Box, size: number, tone: Tone): number {
    const width = Math.min(box.width, this.chipWidth(chip, size));
    const own = { ...box, width };
    const radius = Math.min(this.screen.radius, Math.floor(box.height / 4));
    const solid = chip.tone === "solid";
    if (solid) this.fill(own, tone.paper, radius);
    else this.outline(own, this.screen.theme.quiet, radius);
    const colour = solid ? tone.ink : this.screen.theme.quiet;
    const padding = Math.round(CHIP_PADDING * size);
    let x = box.x + padding;
    if (chip.arrow) x += this.arrow(x, box.y + Math.floor(box.height / 2), size, colour);
    const inner = { ...own, x, width: box.x + width - padding - x };
    this.line(chip.text, inner, { size, weight: CHIP_WEIGHT, colour });
    return width;
  }

  #fit(text: string, { width, height }: Box, options: BlockOptions): FittedText {
    const { ladder, weight, direction, lang = this.lang } = options;
    const { measure, drawable } = this.#typesetter;
    const box = { width, height, ladder, weight, lang, ...(direction && { direction }) };
    return fitText(drawable(text, lang), box, measure);
  }

  #set(
    text: string,
    at: { readonly x: number; readonly baseline: number; readonly width: number },
    { style, direction }: { readonly style: TextStyle; readonly direction: Direction },
    { colour, strike }: { readonly colour: Colour; readonly strike?: number },
  ): void {
    const { size } = style;
    const beside = Math.ceil(OVERSHOOT.beside * size);
    const top = at.baseline - Math.ceil(OVERSHOOT.above * size);
    const bottom = at.baseline + Math.ceil(OVERSHOOT.below * size);
    const box = { x: at.x - beside, y: top, width: at.width + 2 * beside, height: bottom - top };
    this.marks.push({ kind: "text", box, x: at.x, baseline: at.baseline, text, style, direction, colour });
    if (strike === undefined) return;
    const y = Math.round(at.baseline - STRIKE_HEIGHT * size - strike / 2);
    this.fill({ x: at.x, y, width: at.width, height: strike }, colour);
  }
}

function textStart(isCentred: true | undefined, box: Box, width: number, startsHere: boolean): number {
  if (isCentred) return box.x + Math.floor((box.width - width) / 2);
  return startsHere ? box.x : box.x + box.width - width;
}

/** Baseline of a line whose capitals stand in the middle of a height. */
function centred(top: number, height: number, size: number): number {
  return Math.round(top + (height + CAP_HEIGHT * size) / 2);
}

// Marks → RGBA, band by band. One canvas of a band's size lives as long as the process: reading back a whole 1080p
// canvas costs four times as much as reading it in bands, and a band whose marks did not change is not painted at all.
import { traceFlame, traceLogs } from "./fire.ts";
import { typeset } from "./fonts.ts";
import type { Box, Mark, OutlineMark, QrMark, ShapeMark, TextMark } from "./marks.ts";
import { recall } from "./recall.ts";
import { createCanvas } from "./skia.ts";
import type { TextStyle, Typesetter } from "./text-layout.ts";

/** Height of a band in px: small enough for the cache, large enough that few marks are painted twice. */
const BAND_ROWS = 60;
/** Lines tried while fitting the titles of a day at every size. */
const MEASURE_CACHE_ENTRIES = 8000;
/** Texts of a day on one door. */
const DRAWABLE_CACHE_ENTRIES = 1000;
/** Times stand under each other and do not jiggle when the minute changes (display.md §5.5). */
const TABULAR_FIGURES = '"tnum"';

/** Thickness of an arrow's shaft and length of its head, in its height. */
const ARROW_SHAFT = 0.22;
const ARROW_HEAD = 0.62;

type Context = ReturnType<ReturnType<typeof createCanvas>["getContext"]>;

/** Called for each repainted band, top to bottom. `rgba` is opaque, whole rows, and the caller's to keep. */
export type EmitBand = (top: number, rgba: Uint8Array) => void;

/** Answers from the fonts themselves. */
export function createTypesetter(): Typesetter {
  const context = createCanvas(1, 1).getContext("2d");
  const widths = new Map<string, number>();
  const drawables = new Map<string, string>();
  return {
    measure: (text, style) =>
      recall(widths, MEASURE_CACHE_ENTRIES, `${style.size} ${style.weight} ${style.lang} ${text}`, () => {
        return context.measureText(useFont(context, text, style)).width;
      }),
    drawable: (text, lang) =>
      recall(drawables, DRAWABLE_CACHE_ENTRIES, `${lang} ${text}`, () => typeset(text, lang).text),
  };
}

/** Paints frames of one size. Pixels depend on the marks only, never on the frames before. */
export function createPainter(width: number, height: number): (marks: readonly Mark[], emit: EmitBand) => void {
  const canvas = createCanvas(width, BAND_ROWS);
  const context = canvas.getContext("2d");
  const painted: string[] = [];
  return (marks, emit) => {
    const contents = marks.map((mark) => JSON.stringify(mark));
    for (let top = 0; top < height; top += BAND_ROWS) {
      const rows = Math.min(BAND_ROWS, height - top);
      const isInBand = ({ box }: Mark): boolean => box.y < top + rows && box.y + box.height > top;
      const content = contents.filter((_, at) => isInBand(marks[at] as Mark)).join();
      if (painted[top] === content) continue;
      context.setTransform(1, 0, 0, 1, 0, -top);
      for (const mark of marks) if (isInBand(mark)) paint(context, mark);
      emit(top, canvas.data().subarray(0, rows * width * 4));
      painted[top] = content;
    }
  };
}

function paint(context: Context, mark: Mark): void {
  context.fillStyle = mark.colour;
  context.strokeStyle = mark.colour;
  context.beginPath();
  switch (mark.kind) {
    case "fill":
      context.roundRect(mark.box.x, mark.box.y, mark.box.width, mark.box.height, mark.radius);
      context.fill();
      break;
    case "outline":
      paintOutline(context, mark);
      break;
    case "shape":
      paintShape(context, mark);
      break;
    case "text":
      paintText(context, mark);
      break;
    case "qr":
      paintQr(context, mark);
      break;
  }
}

/** The line lies inside the box. */
function paintOutline(context: Context, { box, radius, line }: OutlineMark): void {
  const half = line / 2;
  context.lineWidth = line;
  context.roundRect(box.x + half, box.y + half, box.width - line, box.height - line, Math.max(0, radius - half));
  context.stroke();
}

function paintText(context: Context, { box, x, baseline, text, style, direction }: TextMark): void {
  context.save();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  const drawable = useFont(context, text, style);
  context.direction = direction;
  context.textAlign = "left";
  context.fillText(drawable, x, baseline);
  context.restore();
}

/** Sets all that decides the pixels of a text and returns the text with what has no glyph replaced. */
function useFont(context: Context, text: string, { size, weight, lang }: TextStyle): string {
  const { families, text: drawable } = typeset(text, lang);
  context.font = `${weight} ${size}px ${families}`;
  context.fontFeatureSettings = TABULAR_FIGURES;
  context.lang = lang;
  return drawable;
}

function paintQr(context: Context, { box, rows }: QrMark): void {
  const side = box.width / rows.length;
  for (const [row, modules] of rows.entries()) {
    for (const { index, 0: run } of modules.matchAll(/1+/g)) {
      context.fillRect(box.x + index * side, box.y + row * side, run.length * side, side);
    }
  }
}

function paintShape(context: Context, { shape, box }: ShapeMark): void {
  const { x, y, width, height } = box;
  switch (shape) {
    case "circle":
      context.arc(x + width / 2, y + height / 2, width / 2, 0, 2 * Math.PI);
      break;
    case "square":
      context.rect(x, y, width, height);
      break;
    case "triangle":
      context.moveTo(x, y + height);
      context.lineTo(x + width / 2, y);
      context.lineTo(x + width, y + height);
      break;
    case "arrow":
      traceArrow(context, box, x, 1);
      break;
    case "arrow-left":
      traceArrow(context, box, x + width, -1);
      break;
    case "flame":
      traceFlame(context, box);
      break;
    case "logs":
      traceLogs(context, box);
      break;
  }
  context.fill();
}

/** From its tail on: a shaft as thick as a bold stroke, and a solid head as high as the box. `step` is 1 to the right. */
function traceArrow(context: Context, { y, width, height }: Box, tail: number, step: 1 | -1): void {
  const shaft = Math.max(2, Math.round(height * ARROW_SHAFT));
  const middle = y + height / 2;
  const length = width - Math.round(height * ARROW_HEAD);
  const head = tail + step * length;
  context.rect(Math.min(tail, head), Math.round(middle - shaft / 2), length, shaft);
  context.moveTo(head, y);
  context.lineTo(tail + step * width, middle);
  context.lineTo(head, y + height);
}

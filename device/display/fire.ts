// A campfire in two outlines, each stretched to its box: a flame with a lighter heart, and two logs laid across.
import type { Box } from "./marks.ts";
import type { createCanvas } from "./skia.ts";

type Path = Pick<ReturnType<ReturnType<typeof createCanvas>["getContext"]>, "moveTo" | "lineTo" | "bezierCurveTo">;

/** A point to begin at and the curves from there, in hundredths of the box. */
interface Outline {
  readonly from: readonly [number, number];
  readonly curves: readonly (readonly [number, number, number, number, number, number])[];
}

/** Drawn to the right from its tip. */
const FLAME: Outline = {
  from: [54, 0],
  curves: [
    [54, 22, 96, 38, 96, 68],
    [96, 88, 76, 100, 50, 100],
    [24, 100, 4, 88, 4, 66],
    [4, 48, 18, 40, 22, 24],
    [27, 34, 31, 38, 37, 40],
    [44, 30, 38, 14, 54, 0],
  ],
};
/** Drawn the other way round, so that it stays empty. */
const HEART: Outline = {
  from: [52, 48],
  curves: [
    [48, 62, 31, 66, 31, 80],
    [31, 89, 39, 94, 50, 94],
    [61, 94, 70, 89, 70, 79],
    [70, 67, 55, 63, 52, 48],
  ],
};
/** From one end to the other in shares of the box, and half the thickness of a log in shares of its height. */
const LOGS = [
  { from: [0.07, 0.14], to: [0.93, 0.86] },
  { from: [0.07, 0.86], to: [0.93, 0.14] },
] as const;
const LOG_HALF = 0.14;

export function traceFlame(path: Path, box: Box): void {
  const x = (right: number) => box.x + (box.width * right) / 100;
  const y = (down: number) => box.y + (box.height * down) / 100;
  for (const { from, curves } of [FLAME, HEART]) {
    path.moveTo(x(from[0]), y(from[1]));
    for (const [ax, ay, bx, by, toX, toY] of curves) path.bezierCurveTo(x(ax), y(ay), x(bx), y(by), x(toX), y(toY));
  }
}

export function traceLogs(path: Path, { x, y, width, height }: Box): void {
  const half = height * LOG_HALF;
  for (const { from, to } of LOGS) {
    const [fromX, fromY] = [x + width * from[0], y + height * from[1]];
    const [along, down] = [width * (to[0] - from[0]), height * (to[1] - from[1])];
    const length = Math.hypot(along, down);
    const [acrossX, acrossY] = [(-half * down) / length, (half * along) / length];
    path.moveTo(fromX + acrossX, fromY + acrossY);
    path.lineTo(fromX + along + acrossX, fromY + down + acrossY);
    path.lineTo(fromX + along - acrossX, fromY + down - acrossY);
    path.lineTo(fromX - acrossX, fromY - acrossY);
  }
}

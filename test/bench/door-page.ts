// The door that our renderer draws, as others draw it: the same marks as an HTML page for a browser, and as JSON for
// pillow-door.py. Measures the same work; nobody compares their pixels.
import { createTypesetter } from "../../device/display/canvas.ts";
import { placeScene } from "../../device/display/door-layout.ts";
import { doorScene } from "../../device/display/door-scene.ts";
import type { Mark, QrMark, TextMark } from "../../device/display/marks.ts";
import type { Scene } from "../../device/display/scene.ts";
import { screenNamed } from "../../device/display/screens.ts";
import { ENGLISH } from "../../device/display/words.ts";
import { aDevice, aDoor, clock } from "../device/display/door.ts";

const MINUTE_SECONDS = 60;
/** Of a line of text above its baseline, as most fonts have it. */
const ASCENT = 0.93;

/** The door, some minutes after 14:01. */
export function sceneAt(minutes: number): Scene {
  return doorScene(aDoor(), aDevice({ now: clock("14:01") + minutes * MINUTE_SECONDS }), ENGLISH);
}

export function marksAt(minutes: number, screen: string): readonly Mark[] {
  return placeScene(sceneAt(minutes), screenNamed(screen), createTypesetter());
}

/** The clock is the element "c", so that a page that stays open can go on. */
export function pageOf(screen: string): string {
  const { width, height } = screenNamed(screen);
  const { clock: shown } = sceneAt(0).header;
  const body = marksAt(0, screen).map((mark) => elementOf(mark, mark.kind === "text" && mark.text === shown));
  const style = `*{margin:0}body{width:${width}px;height:${height}px;overflow:hidden;font-family:'DejaVu Sans'}div{position:absolute;white-space:pre;overflow:hidden}`;
  return `<!doctype html><meta charset=utf-8><style>${style}</style>${body.join("")}`;
}

function elementOf(mark: Mark, isClock: boolean): string {
  const { x, y, width, height } = mark.box;
  const box = `left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
  switch (mark.kind) {
    case "fill":
      return `<div style="${box};background:${mark.colour};border-radius:${mark.radius}px"></div>`;
    case "outline":
      return `<div style="${box};box-sizing:border-box;border:${mark.line}px solid ${mark.colour};border-radius:${mark.radius}px"></div>`;
    case "shape":
      return `<div style="${box};background:${mark.colour};border-radius:50%"></div>`;
    case "text":
      return `<div style="${box}">${lineOf(mark, isClock)}</div>`;
    case "qr":
      return qrOf(mark, box);
  }
}

function lineOf({ box, x, baseline, text, style, colour }: TextMark, isClock: boolean): string {
  const top = baseline - box.y - ASCENT * style.size;
  const font = `font:${style.weight} ${style.size}px/1.2 'DejaVu Sans';color:${colour}`;
  const words = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<div${isClock ? " id=c" : ""} style="left:${x - box.x}px;top:${top}px;${font}">${words}</div>`;
}

function qrOf({ rows, colour }: QrMark, box: string): string {
  const path = rows.flatMap((row, y) => [...row].map((dark, x) => (dark === "1" ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  const size = `viewBox="0 0 ${rows.length} ${rows.length}" shape-rendering=crispEdges`;
  return `<div style="${box}"><svg width=100% height=100% ${size}><path fill="${colour}" d="${path}"/></svg></div>`;
}

// How soon a press is answered: from the edge on a GPIO line, or from the page's button, to the light and to the picture
// that says so. A whole box with its database on disk and its port, in this process; the lines are those of a kernel that
// answers from a table, so what the real one adds is not in here. One JSON line each. Run: node test/bench/press.bench.ts
import { setTimeout as pause } from "node:timers/promises";
import { encodeBody } from "../../protocol/festival/body.ts";
import { SystemClock } from "../../sync/system-clock.ts";
import { BUTTON_LINES, LED_LINE, WallBox } from "../support/wall-box.ts";
import { percentile, quick, rounded, say } from "./measure.ts";

const PRESSES = quick ? 10 : 40;
/** A finger, and then the next one: past the rest of the button, and never more than ten a minute count. */
const DOWN_MS = 80;
const NEXT_MS = 1_200;
const MINUTE_SECONDS = 60;
const ONE_HOUR_SECONDS = 3_600;
const SCREENS = ["door-800x480", "door-1920x1080"];

interface Answered {
  readonly lightMs: number[];
  readonly pictureMs: number[];
}

/** Moments at which the light went on and the picture changed. */
function watch(box: WallBox): { readonly light: () => Promise<number>; readonly picture: () => Promise<number> } {
  let lit = (_: number): void => {};
  let drawn = (_: number): void => {};
  box.gpio.onOutput = (name, level) => {
    if (name === LED_LINE && level === 1) lit(performance.now());
  };
  void follow(`http://127.0.0.1:${box.port}/events`, () => drawn(performance.now()));
  return {
    light: () => new Promise((resolve) => (lit = resolve)),
    picture: () => new Promise((resolve) => (drawn = resolve)),
  };
}

/** The page's own stream of frames; ends with the box. */
async function follow(url: string, onFrame: () => void): Promise<void> {
  const { body } = await fetch(url);
  try {
    for await (const _ of body ?? []) onFrame();
  } catch {
    return;
  }
}

function move(box: WallBox, level: 0 | 1): void {
  box.gpio.nowNs = process.hrtime.bigint();
  box.gpio.edge(BUTTON_LINES[2], level);
  box.gpio.deliver(BUTTON_LINES[2]);
}

/** ▲ turns the page, so each press changes the picture; the finger lets go at the moment from which is measured. */
async function byLine(box: WallBox): Promise<Answered> {
  const { light, picture } = watch(box);
  const answered: Answered = { lightMs: [], pictureMs: [] };
  for (let press = 0; press < PRESSES; press++) {
    move(box, 1);
    await pause(DOWN_MS);
    const both = Promise.all([light(), picture()]);
    const letGoMs = performance.now();
    move(box, 0);
    const [lightMs, pictureMs] = await both;
    answered.lightMs.push(lightMs - letGoMs);
    answered.pictureMs.push(pictureMs - letGoMs);
    await pause(NEXT_MS);
  }
  return answered;
}

/** ● counts, which is on disk before it is answered. */
async function byPage(box: WallBox): Promise<Answered> {
  const { light, picture } = watch(box);
  const answered: Answered = { lightMs: [], pictureMs: [] };
  const origin = `http://127.0.0.1:${box.port}`;
  const headers = { "Content-Type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify({ button: 1 }) };
  for (let press = 0; press < Math.min(PRESSES, 10); press++) {
    const both = Promise.all([light(), picture()]);
    const askedMs = performance.now();
    const { ok } = await fetch(`${origin}/press`, request);
    if (!ok) throw new Error("Cannot measure presses: the page's were refused");
    const [lightMs, pictureMs] = await both;
    answered.lightMs.push(lightMs - askedMs);
    answered.pictureMs.push(pictureMs - askedMs);
    await pause(NEXT_MS);
  }
  return answered;
}

async function bench(screen: string): Promise<void> {
  await using box = new WallBox();
  const silent = (): void => {};
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const flags = { screen, venue: "Barn", timezone: noonZone() };
  await box.start({ clock: new SystemClock(), logger, flags, nowNs: process.hrtime.bigint });
  const start = MINUTE_SECONDS * Math.floor(Date.now() / (1000 * MINUTE_SECONDS));
  const when = { m: "exact" as const, start, end: start + ONE_HOUR_SECONDS, tz: "Europe/Berlin" };
  const soup = encodeBody({ a: "create", s: "event/1", f: { title: "Soup", when, place: { text: "Barn" } } });
  await box.opened.publish({ bodies: [soup] });
  await pause(NEXT_MS);
  report(screen, "POST /press, ●", await byPage(box));
  const [soupNow] = box.opened.programme.door("Barn", start).now;
  if (soupNow === undefined) throw new Error("Cannot measure presses: there is nothing to join");
  report(screen, "edge on the line, ▲", await byLine(box));
}

/** Where it is about noon: at night the light stays dark. */
function noonZone(): string {
  const offset = 12 - new Date().getUTCHours();
  return `Etc/GMT${offset < 0 ? "+" : "-"}${Math.abs(offset)}`;
}

function report(screen: string, from: string, { lightMs, pictureMs }: Answered): void {
  const row = { bench: "press", screen, from, presses: lightMs.length };
  say({ ...row, to: "light", p50: rounded(percentile(lightMs, 0.5)), p95: rounded(percentile(lightMs, 0.95)) });
  say({ ...row, to: "picture", p50: rounded(percentile(pictureMs, 0.5)), p95: rounded(percentile(pictureMs, 0.95)) });
}

for (const screen of SCREENS) await bench(screen);

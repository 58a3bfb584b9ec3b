// Time and memory of a door frame, from programme to packed rows or RGBA, while the minute goes on: each screen in a
// process of its own, with the flags of a box. Then the same door by headless Chromium, cold and warm, and by Pillow, in
// turn, so that a busy machine slows them alike: compare ratios of one run. One JSON line a row.
//   node test/bench/render.bench.ts [screen …]
import { execFile } from "node:child_process";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRenderer } from "../../device/display/renderer.ts";
import { SCREEN_NAMES } from "../../device/display/screens.ts";
import { sceneAt } from "./door-page.ts";
import { median, memoryMb, now, percentile, quick, rounded, say } from "./measure.ts";
import { NODE_FLAGS } from "./node-flags.ts";
import type { Drawn } from "./render-others.ts";

const WARM_UP_FRAMES = 5;
const FRAMES = 60;
const OTHERS_FRAMES = quick ? 5 : 20;
const ROUNDS = quick ? 1 : 5;
/** One e-ink panel, one monitor. */
const COMPARED = ["door-800x480", "door-1920x1080"];
/** Draws in this process instead of starting others. */
const DRAW = "--draw";

interface Ours {
  readonly coldMs: number;
  readonly ms: number;
  readonly p95: number;
  readonly rssMb: number;
}

async function draw(screen: string): Promise<void> {
  const renderer = createRenderer(screen);
  const times: number[] = [];
  for (let frame = 0; frame < WARM_UP_FRAMES + FRAMES; frame++) {
    const start = performance.now();
    renderer.draw(sceneAt(frame));
    times.push(performance.now() - start);
    if (frame === 0) say({ first: now() });
    // As on the device, where the event loop turns between two minutes: Node frees what bands were read into then.
    await nextTurn();
  }
  const warm = times.slice(WARM_UP_FRAMES);
  say({ ms: rounded(median(warm)), p95: rounded(percentile(warm, 0.95)), rssMb: memoryMb(process.pid, "VmRSS") });
}

async function ours(screen: string): Promise<Ours> {
  const start = now();
  const args = [...NODE_FLAGS, fileURLToPath(import.meta.url), DRAW, screen];
  const env = { ...process.env, MALLOC_ARENA_MAX: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const [first, drawn] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, number>);
  return { ...(drawn as unknown as Omit<Ours, "coldMs">), coldMs: rounded((first?.["first"] ?? Number.NaN) - start) };
}

/** Loaded here only: a browser's driver would count as memory of ours. */
async function othersFor(screen: string) {
  const { chromiumCold, chromiumWarm, NEEDS, pillowWarm } = await import("./render-others.ts");
  return [
    { name: "chromium cold", needs: NEEDS.chromium, drawn: [] as Drawn[], draw: () => chromiumCold(screen) },
    {
      name: "chromium warm",
      needs: NEEDS.chromium,
      drawn: [] as Drawn[],
      draw: () => chromiumWarm(screen, OTHERS_FRAMES),
    },
    { name: "pillow warm", needs: NEEDS.pillow, drawn: [] as Drawn[], draw: () => pillowWarm(screen, OTHERS_FRAMES) },
  ];
}

async function compare(screen: string): Promise<void> {
  const own: Ours[] = [];
  const others = await othersFor(screen);
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await ours(screen));
    for (const { needs, drawn, draw } of others) if (needs === undefined) drawn.push(await draw());
  }
  const [ms, coldMs] = [median(own.map((each) => each.ms)), median(own.map((each) => each.coldMs))];
  const rssMb = median(own.map((each) => each.rssMb));
  say({ bench: "render", screen, contender: "ours", ms, coldMs, rssMb });
  for (const { name, needs, drawn } of others) {
    const row = { bench: "render", screen, contender: name };
    if (needs !== undefined) say({ ...row, skipped: `needs ${needs}` });
    else sayRatios(row, drawn, { ms, coldMs });
  }
}

/** How many times longer the others take than our next frame, and than our first with its process. */
function sayRatios(row: object, times: readonly Drawn[], own: Pick<Ours, "ms" | "coldMs">): void {
  const ms = median(times.map((each) => each.ms));
  const memory = times.flatMap((each) => each.pssMb ?? []);
  const pssMb = memory.length === 0 ? {} : { pssMb: Math.round(median(memory)) };
  say({ ...row, ms: rounded(ms), ...pssMb, byOurs: rounded(ms / own.ms), byOursCold: rounded(ms / own.coldMs) });
}

const [mode, ...screens] = process.argv.slice(2);
if (mode === DRAW) await draw(screens[0] ?? "");
else {
  const wanted = process.argv.slice(2);
  for (const screen of wanted.length > 0 ? wanted : SCREEN_NAMES)
    say({ bench: "render", screen, ...(await ours(screen)) });
  for (const screen of COMPARED.filter((name) => wanted.length === 0 || wanted.includes(name))) await compare(screen);
}

// Time and memory of a door frame, from programme to packed rows or RGBA, while the minute goes on. Prints one JSON
// line per screen. Run each screen in a process of its own to compare memory: `node render.bench.ts door-800x480`.
import { setImmediate as nextTurn } from "node:timers/promises";
import { doorScene } from "../../device/display/door-scene.ts";
import { createRenderer } from "../../device/display/renderer.ts";
import { SCREEN_NAMES } from "../../device/display/screens.ts";
import { ENGLISH } from "../../device/display/words.ts";
import { aDevice, aDoor, clock } from "../device/display/door.ts";

const WARM_UP_FRAMES = 5;
const FRAMES = 60;
const MINUTE_SECONDS = 60;

async function bench(screen: string): Promise<void> {
  const renderer = createRenderer(screen);
  const times: number[] = [];
  for (let frame = 0; frame < WARM_UP_FRAMES + FRAMES; frame++) {
    const state = aDevice({ now: clock("14:01") + frame * MINUTE_SECONDS });
    const start = performance.now();
    renderer.draw(doorScene(aDoor(), state, ENGLISH));
    times.push(performance.now() - start);
    // As on the device, where the event loop turns between two minutes: Node frees what bands were read into then.
    await nextTurn();
  }
  const sorted = times.slice(WARM_UP_FRAMES).sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2));
  const rssMb = Math.round(process.memoryUsage().rss / 1e6);
  console.log(JSON.stringify({ bench: "render", screen, ms: at(0.5), p95: at(0.95), rssMb }));
}

const wanted = process.argv.slice(2);
for (const screen of wanted.length > 0 ? wanted : SCREEN_NAMES) await bench(screen);

// A process with one service that keeps it alive: `node lifecycle-child.ts`. Says "started" and "stopped" on stdout.
import { writeSync } from "node:fs";
import { Lifecycle } from "../../device/lifecycle.ts";
import { SystemClock } from "../../sync/system-clock.ts";

const STDOUT = 1;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let alive: NodeJS.Timeout | undefined;
const service = {
  name: "campfire",
  start: () => {
    alive = setInterval(() => {}, 60_000);
  },
  stop: () => {
    clearInterval(alive);
    writeSync(STDOUT, "stopped\n");
  },
};
await new Lifecycle({ services: [service], logger: silent, clock: new SystemClock(), host: process }).start();
writeSync(STDOUT, "started\n");

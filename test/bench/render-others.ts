// Others drawing the same door: headless Chromium from the command line (cold), the same kept open (warm), and Pillow.
// After the approach of ../shared/peers/render.mjs. Each gives undefined where this machine has none of it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { screenNamed } from "../../device/display/screens.ts";
import { marksAt, pageOf, sceneAt } from "./door-page.ts";
import { median, now } from "./measure.ts";

const BROWSER = process.env["CHROME"] ?? "/usr/bin/chromium";
const PYTHON = process.env["PY"] ?? "/usr/bin/python3";
const PILLOW_DOOR = fileURLToPath(new URL("pillow-door.py", import.meta.url));
const FONTS = "/usr/share/fonts/truetype/dejavu";
/** Without these Debian's Chromium looks up its maker's hosts at every start. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const KIB_PER_MEGABYTE = 1024;

export interface Drawn {
  readonly ms: number;
  /** Of all its processes, shared pages shared out. */
  readonly pssMb?: number;
}

export const NEEDS = {
  chromium: existsSync(BROWSER) ? undefined : "apt-get install chromium, or CHROME=path",
  pillow: hasPillow() ? undefined : "apt-get install python3-pil fonts-dejavu-core, or PY=path",
} as const;

function hasPillow(): boolean {
  return existsSync(FONTS) && spawnSync(PYTHON, ["-c", "import PIL"]).status === 0;
}

/** One screenshot from the command line: a new process with a new profile, to its end. */
export async function chromiumCold(screen: string): Promise<Drawn> {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-chromium-"));
  const { width, height } = screenNamed(screen);
  const page = join(folder, "door.html");
  writeFileSync(page, pageOf(screen));
  const size = [`--window-size=${width},${height}`, "--hide-scrollbars", `--screenshot=${join(folder, "door.png")}`];
  try {
    const start = now();
    const child = spawn(BROWSER, ["--headless", ...QUIET, `--user-data-dir=${folder}`, ...size, `file://${page}`], {
      stdio: "ignore",
    });
    await once(child, "exit");
    const ms = now() - start;
    if (!existsSync(join(folder, "door.png"))) throw new Error("Chromium made no picture");
    return { ms };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Kept open: only the clock goes on, then a screenshot. */
export async function chromiumWarm(screen: string, frames: number): Promise<Drawn> {
  const { width, height } = screenNamed(screen);
  const browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
  try {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.setContent(pageOf(screen));
    await page.screenshot();
    const times: number[] = [];
    for (let minute = 1; minute <= frames; minute++) {
      const clock = sceneAt(minute).header.clock ?? "";
      const start = now();
      await page.locator("#c").evaluate((element, text) => {
        element.textContent = text;
      }, clock);
      await page.screenshot();
      times.push(now() - start);
    }
    const own = browserProcesses();
    return { ms: median(times), pssMb: own.reduce((sum, pid) => sum + pssMb(pid), 0) };
  } finally {
    await browser.close();
  }
}

/** Draws each frame anew, as Pillow programs do. */
export async function pillowWarm(screen: string, frames: number): Promise<Drawn> {
  const { width, height, depth } = screenNamed(screen);
  const door = {
    ...{ width, height, depth, clock: sceneAt(0).header.clock, marks: marksAt(0, screen) },
    plain: join(FONTS, "DejaVuSans.ttf"),
    bold: join(FONTS, "DejaVuSans-Bold.ttf"),
  };
  const child = spawn(PYTHON, [PILLOW_DOOR, String(frames)], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(door));
  let said = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) said += chunk;
  const { warm, rssMb } = JSON.parse(said.trim().split("\n").at(-1) ?? "{}") as { warm: number[]; rssMb: number };
  return { ms: median(warm), pssMb: rssMb };
}

/** The browser's processes, all of them children of ours. */
function browserProcesses(): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc").map(Number).filter(Number.isInteger)) {
    const [, parent] = /\) \S (\d+)/.exec(textOf(`/proc/${entry}/stat`)) ?? [];
    if (parent !== undefined) parents.set(entry, Number(parent));
  }
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === process.pid || (parent !== undefined && isOurs(parent));
  };
  return [...parents.keys()].filter(isOurs);
}

function pssMb(pid: number): number {
  const [, kib] = /^Pss:\s+(\d+)/m.exec(textOf(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kib ?? 0) / KIB_PER_MEGABYTE;
}

/** Empty if the process is gone. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

// FOSDEM 2026 on a phone: a real browser whose processor is made four times as slow. How long until something is to be
// seen, on a phone that was never here and on one that comes back; how long a filter takes; whether scrolling ever stops.
// One JSON line. Run: node test/bench/phone.bench.ts
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { BoxProcess, lagerfeuer } from "../support/box-process.ts";
import { PhoneClock, SCROLL_STEPS, type Spent, type Waited } from "../support/phone-clock.ts";
import { buildPhonePage } from "../support/phone-page.ts";
import { sharedPath } from "../support/shared-data.ts";
import { launchBrowser, needsBrowser } from "../web-client/support/browser.ts";
import { median, quick, rounded, say } from "./measure.ts";

const FOSDEM = sharedPath("data/schedules/fosdem2026-pretalx.schedule.xml");
const EVENTS = 883;
const FESTIVAL = "a phone and a conference";
const SLOWER = 4;
const ROUNDS = quick ? 1 : 5;

async function measure(url: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const fresh: Waited[] = [];
    const again: Waited[] = [];
    const filters: number[] = [];
    const scrolls: number[] = [];
    const spent: Spent[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const phone = await PhoneClock.open(browser, SLOWER);
      fresh.push(await phone.load(url, EVENTS));
      again.push(await phone.load(url, EVENTS));
      filters.push(...(await phone.filter()));
      spent.push(await phone.spent(async () => scrolls.push(...(await phone.scroll()))));
      await phone.page.context().close();
    }
    say({
      bench: "phone",
      events: EVENTS,
      slower: SLOWER,
      rounds: ROUNDS,
      load: rounded(loadavg()[0] ?? 0),
      fresh: summary(fresh),
      again: summary(again),
      filterMs: { median: rounded(median(filters)), most: rounded(Math.max(...filters)) },
      scroll: {
        longTasks: scrolls.length,
        longestMs: rounded(Math.max(0, ...scrolls)),
        processorMsPerFrame: rounded(median(spent.map(({ processorMs }) => processorMs)) / SCROLL_STEPS),
      },
    });
  } finally {
    await browser.close();
  }
}

function summary(waited: readonly Waited[]) {
  const middle = (of: (each: Waited) => number) => rounded(median(waited.map(of)));
  return {
    paintMs: middle(({ paintMs }) => paintMs),
    rowsMs: middle(({ rowsMs }) => rowsMs),
    longestTaskMs: middle(({ longestTaskMs }) => longestTaskMs),
  };
}

if (needsBrowser.skip || !existsSync(FOSDEM)) {
  say({ bench: "phone", skipped: needsBrowser.skip || "needs ../shared/data/schedules beside the repository" });
} else {
  const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-phone-bench-"));
  await buildPhonePage();
  const common = ["--data", join(folder, "box"), "--festival", FESTIVAL];
  const imported = await lagerfeuer(["import", FOSDEM, ...common]);
  if (imported.status !== 0) throw new Error(imported.stderr);
  const args = ["--festival", FESTIVAL, "--host", "127.0.0.1", "--port", "0", "--no-discovery"];
  const box = new BoxProcess({ data: join(folder, "box"), args });
  try {
    await measure((await box.ready).replace("localhost", "127.0.0.1"));
  } finally {
    await box.end("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

// How long a phone takes: a real browser on a box with a whole conference, as slow as asked for by the browser's own
// brake for processors. Measures what a person waits for: the first row, the list after a word is typed, smooth scrolling.
import type { Browser, CDPSession, Page } from "playwright-core";
import { PATIENCE_MS } from "./phone-page.ts";

/** Longer ones are noticed by a finger. */
export const LONG_TASK_MS = 50;
const WORDS = ["rust", "linux", "a", "keynote", "privacy", "zz"];
/** 7,200 pixels in a second at 60 frames: a fast thumb. */
const SCROLL_PIXELS = 120;
export const SCROLL_STEPS = 200;

export interface Waited {
  /** Anything at all on the screen. */
  readonly paintMs: number;
  /** The first event of the programme. */
  readonly rowsMs: number;
  /** Longest task until all events were there. */
  readonly longestTaskMs: number;
}

/** What a page's own thread did meanwhile. */
export interface Spent {
  /** Of processor time, at the brake's speed; who else uses this machine changes it less than what a clock says. */
  readonly processorMs: number;
  /** How often things were given their places anew. */
  readonly layouts: number;
}

/** What an init script leaves in the page. */
interface Measured {
  readonly longTasks: { readonly at: number; readonly ms: number }[];
  rowsMs: number | undefined;
}

declare const measured: Measured;

export class PhoneClock {
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  /** A fresh profile whose processor is `slower` times as slow as this machine's. */
  static async open(browser: Browser, slower: number): Promise<PhoneClock> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, timezoneId: "Europe/Brussels" });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.addInitScript(watch);
    return new PhoneClock(page, session);
  }

  /** Loads the page and waits until as many events are there. */
  async load(url: string, events: number): Promise<Waited> {
    if (this.page.url() === url) await this.page.reload();
    else await this.page.goto(url);
    await this.page.waitForFunction(() => measured.rowsMs !== undefined);
    await this.#waitForAll(events);
    return this.page.evaluate(() => ({
      paintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
      rowsMs: measured.rowsMs ?? Number.NaN,
      longestTaskMs: Math.max(0, ...measured.longTasks.map(({ ms }) => ms)),
    }));
  }

  /** Milliseconds from each word typed to the list that it leaves, drawn. */
  async filter(): Promise<readonly number[]> {
    const took: number[] = [];
    for (const word of [...WORDS, ""]) {
      took.push(
        await this.page.evaluate(async (typed) => {
          const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
          if (field === null) throw new Error("Nothing to type into");
          field.focus();
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
          const started = performance.now();
          field.value = typed;
          field.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
          return performance.now() - started;
        }, word),
      );
    }
    return took;
  }

  /** Scrolls the whole list as a thumb would; resolves with the tasks longer than a finger forgives. */
  async scroll(): Promise<readonly number[]> {
    return this.page.evaluate(
      async ({ steps, pixels }) => {
        const from = performance.now();
        for (let step = 0; step < steps; step++) {
          scrollBy(0, pixels);
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
        return measured.longTasks.filter(({ at }) => at >= from).map(({ ms }) => ms);
      },
      { steps: SCROLL_STEPS, pixels: SCROLL_PIXELS },
    );
  }

  /** Lets that many frames pass, in which nobody does anything. */
  async rest(frames: number): Promise<void> {
    await this.page.evaluate(async (count) => {
      for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    }, frames);
  }

  async spent(work: () => Promise<unknown>): Promise<Spent> {
    const before = await this.#metrics();
    await work();
    const after = await this.#metrics();
    const difference = (name: string) => (after.get(name) ?? Number.NaN) - (before.get(name) ?? Number.NaN);
    return { processorMs: difference("TaskDuration") * 1000, layouts: difference("LayoutCount") };
  }

  async #metrics(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }

  /** A blank finds everything, and the page says how much that is. */
  async #waitForAll(events: number): Promise<void> {
    const field = this.page.locator('main input[type="search"]');
    await field.fill(" ");
    await this.page.locator(".found", { hasText: String(events) }).waitFor();
    await field.fill("");
  }
}

/** Runs before the page does. */
function watch(): void {
  const measured: Measured = { longTasks: [], rowsMs: undefined };
  Object.assign(globalThis, { measured });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) measured.longTasks.push({ at: startTime, ms: duration });
  }).observe({ type: "longtask", buffered: true });
  const look = (): void => {
    if (document.querySelector(".event-row") === null) requestAnimationFrame(look);
    else requestAnimationFrame(() => setTimeout(() => (measured.rowsMs = performance.now()), 0));
  };
  requestAnimationFrame(look);
}

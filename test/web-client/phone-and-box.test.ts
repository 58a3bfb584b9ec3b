// A phone in a real browser and a real box: the programme comes over, what the phone writes arrives, and both stay what they
// are when one of them goes. The page has no look; it is served in the box's own place.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { buildClient } from "../../device/web/client/build.ts";
import type { Phone } from "../../device/web/client/phone.ts";
import { BoxProcess, eventually, lagerfeuer } from "../support/box-process.ts";
import { needsShared, sharedPath } from "../support/shared-data.ts";
import { launchBrowser, needsBrowser } from "./support/browser.ts";

const FOSDEM = "data/schedules/fosdem2026-pretalx.schedule.xml";
const FESTIVAL = "three owls in a barn";
/** A hundred times what a quiet machine takes. */
const PATIENCE_MS = 60_000;
/** A finger notices more than this. */
const LONG_TASK_MS = 50;

const skip = needsBrowser.skip || needsShared(FOSDEM).skip;
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-phone-"));
after(() => rmSync(folder, { recursive: true, force: true }));

declare const phone: Phone;

/** A page of the box, with the bare client in place of the box's own. */
async function openPhone(context: BrowserContext, { box, dist }: { box: string; dist: string }): Promise<Page> {
  const page = await context.newPage();
  await page.route(`${box}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || "index.html";
    try {
      const body = readFileSync(join(dist, name));
      const contentType = name.endsWith(".js") ? "text/javascript" : "text/html";
      const headers = { "Content-Security-Policy": "default-src 'self'" };
      await route.fulfill({ body, contentType, headers });
    } catch {
      await route.fulfill({ status: 404 });
    }
  });
  await page.addInitScript(() => {
    const longTasks: number[] = [];
    Object.assign(globalThis, { longTasks });
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
      buffered: true,
    });
  });
  await page.goto(`${box}/#join=${encodeURIComponent(FESTIVAL)}`);
  await page.waitForFunction(() => "phone" in globalThis);
  return page;
}

const events = (page: Page) => page.evaluate(() => phone.view().events.length);

test("a phone takes a programme, writes, goes on alone, and comes back", { skip }, async (t) => {
  const args = ["--festival", FESTIVAL];
  const data = join(folder, "box");
  const imported = await lagerfeuer(["import", sharedPath(FOSDEM), "--data", data, ...args]);
  assert.equal(imported.status, 0, imported.stderr);
  const dist = join(folder, "dist");
  await buildClient({ entry: fileURLToPath(new URL("bare-page.ts", import.meta.url)), folder: dist });
  const box = new BoxProcess({ data, args: [...args, "--port", "0", "--no-discovery"] });
  const browser = await launchBrowser();
  t.after(async () => {
    await browser.close();
    await box.end("SIGKILL");
  });
  const url = await box.ready;
  const context = await browser.newContext();
  const page = await openPhone(context, { box: url, dist });
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  const synced = await eventually(
    "the programme is on the phone",
    PATIENCE_MS,
    async () => (await events(page)) === 883,
  );
  const longest = await page.evaluate(() =>
    Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks),
  );
  t.diagnostic(
    `883 events after ${Math.round(synced)} ms; longest task ${Math.round(longest)} ms (aim: ${LONG_TASK_MS})`,
  );

  const made = await page.evaluate(() =>
    phone.acts.createEvent({ title: "Soup by the fire", time: { words: "when it is dark" } }),
  );
  await eventually("the box has the event", PATIENCE_MS, async () => {
    const { stdout } = await lagerfeuer([
      "list",
      "events",
      "--json",
      "--words",
      "Soup by the fire",
      "--data",
      data,
      ...args,
    ]);
    return stdout.includes(made);
  });
  await box.end("SIGKILL");
  const alone = await page.evaluate(() => phone.acts.createEvent({ title: "Songs without a box" }));
  await page.reload();
  await page.waitForFunction(() => "phone" in globalThis);
  const again = await eventually("all is there after a reload", PATIENCE_MS, async () => (await events(page)) === 885);
  t.diagnostic(`885 events ${Math.round(again)} ms after a reload without a box`);
  const mine = await page.evaluate((id) => phone.view().eventById.get(id), alone);
  assert.deepEqual([mine?.title, mine?.mine], ["Songs without a box", true]);

  const port = new URL(url).port;
  const other = new BoxProcess({ data: join(folder, "wiped"), args: [...args, "--port", port, "--no-discovery"] });
  t.after(() => other.end("SIGKILL"));
  await other.ready;
  await eventually("a wiped box is refilled by the phone", PATIENCE_MS, async () => {
    const { stdout } = await lagerfeuer(["list", "events", "--json", "--data", join(folder, "wiped"), ...args]);
    return stdout.includes(alone) && stdout.includes(made);
  });
  await eventually("the refilled box is known to carry what the phone wrote", PATIENCE_MS, () =>
    page.evaluate(() => phone.view().carried.devices >= 1),
  );
  assert.deepEqual(troubles, []);
});

test("two tabs of one phone never write one log twice", { skip: needsBrowser.skip }, async (t) => {
  const dist = join(folder, "dist");
  await buildClient({ entry: fileURLToPath(new URL("bare-page.ts", import.meta.url)), folder: dist });
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const context = await browser.newContext();
  const first = await openPhone(context, { box: "http://box.test:1", dist });
  await first.evaluate(() => phone.acts.createEvent({ title: "From the first tab" }));
  const second = await openPhone(context, { box: "http://box.test:1", dist });
  await second.evaluate(() => phone.acts.createEvent({ title: "From the second tab" }));
  const refused = await first.evaluate(() =>
    phone.acts.createEvent({ title: "Too late" }).then(
      () => "written",
      (error: { code?: string }) => error.code,
    ),
  );
  assert.equal(refused, "E_OTHER_TAB");
  await first.evaluate(() => globalThis.dispatchEvent(new Event("focus")));
  await eventually("the first tab writes again", PATIENCE_MS, () =>
    first.evaluate(() => !phone.view().link.otherTab && phone.view().events.length === 2),
  );
  await first.evaluate(() => phone.acts.createEvent({ title: "From the first tab again" }));
  assert.equal(await events(first), 3);
  const doubts = await first.evaluate(() => phone.view().ownKeys.length);
  assert.equal(doubts, 1);
});

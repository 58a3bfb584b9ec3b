// FOSDEM 2026 on a phone: all 883 events come over, are found by a word, and scrolled through while only what is near the
// screen is drawn. How long that takes, test/bench/phone.bench.ts says; here only that it is so.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lagerfeuer } from "../support/box-process.ts";
import { openPhoneBox } from "../support/phone-box.ts";
import { PhoneClock } from "../support/phone-clock.ts";
import { needsShared, sharedPath } from "../support/shared-data.ts";
import { needsBrowser } from "../web-client/support/browser.ts";

const FOSDEM = "data/schedules/fosdem2026-pretalx.schedule.xml";
const FESTIVAL = "a conference in a pocket";
const EVENTS = 883;
/** Of a list of a thousand rows: what is on the screen, above and below it. */
const MAX_ROWS = 100;
const AS_FAST_AS_IT_IS = 1;
const FRAMES = 60;

const skip = needsBrowser.skip || needsShared(FOSDEM).skip;
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-conference-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("a conference of 883 events fits on a phone", { skip }, async (t) => {
  const festival = ["--festival", FESTIVAL];
  const imported = await lagerfeuer(["import", sharedPath(FOSDEM), "--data", join(folder, "box"), ...festival]);
  assert.equal(imported.status, 0, imported.stderr);
  const { browser, url } = await openPhoneBox(t, { festival: FESTIVAL, data: join(folder, "box") });
  const phone = await PhoneClock.open(browser, AS_FAST_AS_IT_IS);
  const rows = phone.page.locator(".event-row");

  await t.test("all of it comes over, and is there again after a reload", async () => {
    const fresh = await phone.load(url, EVENTS);
    const again = await phone.load(url, EVENTS);
    assert.ok(fresh.paintMs > 0 && again.paintMs > 0, "both were measured");
  });
  await t.test("a word leaves what it is in, and no word leaves everything", async () => {
    const field = phone.page.locator('main input[type="search"]');
    await field.fill("linux");
    await phone.page.locator(".found").waitFor();
    const found = Number.parseInt((await phone.page.locator(".found").textContent()) ?? "", 10);
    assert.ok(found > 0 && found < EVENTS, `${found} found`);
    await field.fill("");
    assert.equal((await phone.filter()).length, 7);
  });
  await t.test("the fire flickers beside the work, not in every frame of it", async () => {
    assert.ok((await phone.page.evaluate(() => document.getAnimations().length)) > 0, "it flickers");
    const { layouts } = await phone.spent(() => phone.rest(FRAMES));
    assert.ok(layouts < FRAMES / 2, `${layouts} layouts in ${FRAMES} frames`);
  });
  await t.test("what is far from the screen is not drawn, and comes when somebody scrolls there", async () => {
    assert.ok((await rows.count()) <= MAX_ROWS);
    const [first] = await rows.allTextContents();
    await phone.scroll();
    await phone.page.waitForFunction((head) => document.querySelector(".event-row")?.textContent !== head, first);
    const drawn = await rows.count();
    assert.ok(drawn > 0 && drawn <= MAX_ROWS, `${drawn} rows`);
  });
});

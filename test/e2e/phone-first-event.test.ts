// somebody who has nothing but a phone opens what the screen on the wall says, and a few presses later their
// event hangs on that wall. Nobody asks who they are, and no other machine in the world hears of it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { eventually } from "../support/box-process.ts";
import { openPhoneBox } from "../support/phone-box.ts";
import { PATIENCE_MS, PhonePage } from "../support/phone-page.ts";
import { needsBrowser } from "../web-client/support/browser.ts";

const FESTIVAL = "five foxes on a hill";
const TITLE = "Soup for everybody";
const MAX_SCREENS = 4;
/** Of somebody who looks for each button for a while. */
const SLOW_CLICK_MS = 8_000;
const FIRST_EVENT_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-first-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Everything on this page that a person could type into, with all that is said about it. */
async function whatIsAsked(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>("input, textarea, select")].map((field) => {
      const labels = [...(field.labels ?? [])].map((label) => label.textContent);
      const { type, name, autocomplete, placeholder } = field;
      return [type, name, autocomplete, placeholder, field.ariaLabel, ...labels].filter(Boolean).join(" ");
    }),
  );
}

const PRIVATE = /password|e-?mail|\btel\b|phone number|user ?name|your name|given-name|family-name|captcha|\bterms\b/i;

async function screenOf(url: string): Promise<{ readonly address?: string; readonly text: string }> {
  const response = await fetch(new URL("/screen.json", url));
  const text = await response.text();
  return { ...(JSON.parse(text) as { address?: string }), text };
}

async function pictureOf(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(new URL("/screen.png", url))).arrayBuffer());
}

test("R-01, R-14: from the address on the wall to an event on the wall", { skip: needsBrowser.skip }, async (t) => {
  const { browser, url } = await openPhoneBox(t, { festival: FESTIVAL, data: join(folder, "box") });
  const { address } = await screenOf(url);
  assert.ok(address, "the screen says where to go");
  const before = await pictureOf(url);

  const started = performance.now();
  const phone = await PhonePage.open(browser, address);
  let clicks = 0;
  const asked = new Set(await whatIsAsked(phone.page));
  const click = async (selector: string, next: string): Promise<void> => {
    clicks += 1;
    await phone.page.locator(selector).first().click();
    await phone.page.waitForSelector(next);
    for (const each of await whatIsAsked(phone.page)) asked.add(each);
  };
  await click(".way.make", "main.make");
  await phone.page.locator(".title-field input").fill(TITLE);
  await click("main button[type=submit]", "main.event");
  await eventually("the event hangs on the wall", PATIENCE_MS, async () => (await screenOf(url)).text.includes(TITLE));
  await eventually("the picture on the wall changed", PATIENCE_MS, async () => !before.equals(await pictureOf(url)));
  const tookMs = performance.now() - started;
  const people = tookMs + clicks * SLOW_CLICK_MS;
  t.diagnostic(`${phone.routes.length} screens, ${clicks} presses, ${Math.round(tookMs)} ms of machines`);

  assert.deepEqual(phone.routes, ["programme", "make", "event"]);
  assert.ok(phone.routes.length <= MAX_SCREENS);
  assert.ok(people < FIRST_EVENT_MS, `${Math.round(people)} ms with slow clicking`);
  assert.deepEqual([...phone.hosts], [new URL(address).host], "nobody else was asked for anything");
  assert.ok(asked.size > 0);
  assert.deepEqual(
    [...asked].filter((field) => PRIVATE.test(field)),
    [],
  );
  assert.deepEqual(phone.troubles, []);
});

// The screen in a real browser, as a picture with buttons and as words: both follow the keys, and nothing is asked of
// anybody else.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Browser, chromium } from "playwright-core";
import { BoxProcess, eventually } from "../support/box-process.ts";

const BROWSER = "/usr/bin/chromium";
const skip = existsSync(BROWSER) ? false : "needs Debian's browser: apt-get install chromium";
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
/** On a machine that does other things too. */
const PATIENCE_MS = 20_000;
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-preview-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("the preview shows the door, and keys press its buttons", { skip }, async (t) => {
  const args = ["--demo", "--venue", "Campfire", "--port", "0", "--no-discovery"];
  const box = new BoxProcess({ data: join(folder, "data"), args });
  const browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
  try {
    const url = await box.ready;
    const page = await browser.newPage();
    const hosts = new Set<string>();
    const troubles: string[] = [];
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") troubles.push(message.text());
    });
    await page.goto(`${url}/preview`, { waitUntil: "domcontentloaded" });
    const shown = () => page.locator("#screen").getAttribute("src");
    await eventually("the picture is loaded", PATIENCE_MS, () =>
      page.locator("#screen").evaluate((image) => (image as HTMLImageElement).naturalWidth === 800),
    );
    for (const key of ["3", "2", "1"]) {
      const before = await shown();
      await page.keyboard.press(key);
      const ms = await eventually(
        `another picture after key ${key}`,
        PATIENCE_MS,
        async () => (await shown()) !== before,
      );
      t.diagnostic(`key ${key}: another picture after ${Math.round(ms)} ms`);
    }
    assert.deepEqual([...hosts], [new URL(url).host]);
    assert.deepEqual(troubles, []);
    assert.equal(await page.locator("button").count(), 3);
    await followInWords(browser, box, url);
  } finally {
    await browser.close();
    assert.equal(await box.end("SIGINT"), 0, box.said);
  }
});

/** A second person has the same screen read out: key 3 just turned it to all places, and is held for the set-up page. */
async function followInWords(browser: Browser, box: BoxProcess, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${url}/screen`);
  assert.equal(await page.title(), "All places · Lagerfeuer");
  const words = async () => (await page.locator("#screen").textContent()) ?? "";
  const before = await words();
  assert.match(before, /Campfire/);
  box.press("6");
  await eventually("other words after key 6", PATIENCE_MS, async () => (await words()) !== before);
}

// The IndexedDB stores keep their contracts, in a real browser, on a page from plain HTTP.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launchBrowser, needsBrowser, serveFiles } from "./support/browser.ts";
import { bundleForPage } from "./support/page-bundle.ts";
import type { PageResult } from "./support/page-test.ts";

/** As many as the contract has, at least: a page that ran nothing must not pass. */
const LEAST_TESTS = 25;

test("the IndexedDB stores", needsBrowser, async (t) => {
  const script = await bundleForPage(new URL("indexeddb-page.ts", import.meta.url));
  const files = new Map([
    ["/", { type: "text/html", body: '<!doctype html><script type="module" src="/test.js"></script>' }],
    ["/test.js", { type: "text/javascript", body: script }],
  ]);
  const { port, server } = await serveFiles(files);
  const browser = await launchBrowser();
  t.after(async () => {
    await browser.close();
    server.close();
  });
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  await page.goto(`http://box.test:${port}/`);
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await page.waitForFunction("globalThis.results", undefined, { timeout: 20_000 });
  const results = (await page.evaluate("results")) as readonly PageResult[];
  assert.deepEqual(troubles, []);
  assert.ok(results.length >= LEAST_TESTS, `only ${results.length} tests ran`);
  for (const { name, failure } of results) {
    await t.test(name, () => assert.equal(failure, undefined));
  }
});

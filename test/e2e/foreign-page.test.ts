// A page of somebody else, opened on the box's own machine in a real browser, tries everything that a page can: a form, a
// script, an image, a frame, a WebSocket. The box writes nothing, tells nothing and is framed by nobody (T18, T19).
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium, type Page } from "playwright-core";
import { BoxProcess } from "../support/box-process.ts";

const BROWSER = "/usr/bin/chromium";
const skip = existsSync(BROWSER) ? false : "needs Debian's browser: apt-get install chromium";
/** This name is the box's address, and a browser believes it: DNS rebinding. */
const REBOUND = "box.evil.example";
/** Where the page comes from: no address of the local network, as far as the browser tells. */
const FOREIGN = "page.evil.example";
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP *.evil.example 127.0.0.1",
];
const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-foreign-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs in the page: what came of each attempt. */
async function attempts(page: Page, box: string): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(async (box) => {
    const ended = (promise: Promise<unknown>) => promise.then(String, () => "refused");
    const sent = (path: string, init: RequestInit) =>
      ended(fetch(`${box}${path}`, init).then((response) => response.text()));
    const json = { "Content-Type": "application/json" };
    const loaded = (element: HTMLImageElement | HTMLScriptElement, url: string) =>
      ended(
        new Promise((resolve, reject) => {
          element.onload = () => resolve("loaded");
          element.onerror = reject;
          element.src = url;
          document.body.append(element);
        }),
      );
    const socket = new WebSocket(`${box.replace("http", "ws")}/sync`, ["lagerfeuer.1"]);
    const opened = new Promise((resolve, reject) => {
      socket.onopen = () => resolve("open");
      socket.onerror = reject;
    });
    const webSocket = ended(opened);
    return {
      press: await sent("/press", { method: "POST", headers: json, body: '{"button":2}' }),
      simplePress: await sent("/press", { method: "POST", mode: "no-cors", body: '{"button":2}' }),
      clock: await sent("/clock", { method: "POST", headers: json, body: '{"now":1}' }),
      status: await sent("/status.json", {}),
      image: await loaded(document.createElement("img"), `${box}/screen.png`),
      script: await loaded(document.createElement("script"), `${box}/preview.js`),
      webSocket: await webSocket,
    };
  }, box);
}

async function submitForm(page: Page, box: string): Promise<string | null> {
  await page.evaluate((box) => {
    const form = document.createElement("form");
    form.method = "post";
    form.enctype = "text/plain";
    form.action = `${box}/press`;
    const field = document.createElement("input");
    field.name = '{"button":2,"x":"';
    field.value = '"}';
    form.append(field);
    document.body.append(form);
    form.submit();
  }, box);
  await page.waitForURL(`${box}/press`);
  return page.locator("body").textContent();
}

test("a page of somebody else writes nothing at the box and learns nothing from it", { skip }, async () => {
  const args = ["--demo", "--venue", "Campfire", "--port", "0", "--no-discovery"];
  const box = new BoxProcess({ data: join(folder, "data"), args });
  const foreign = createServer((_, response) => response.setHeader("Content-Type", "text/html").end("<p>Hello"));
  const browser = await chromium.launch({ executablePath: BROWSER, args: ARGS });
  try {
    const url = await box.ready;
    await once(foreign.listen(0, "127.0.0.1"), "listening");
    const { stateHash } = await box.status();
    const page = await browser.newPage();
    await page.goto(`http://${FOREIGN}:${(foreign.address() as AddressInfo).port}/`);
    for (const [what, came] of Object.entries(await attempts(page, url))) assert.equal(came, "refused", what);
    assert.match((await submitForm(page, url)) ?? "", /E_FORBIDDEN/);
    const rebound = url.replace("localhost", REBOUND);
    assert.equal((await page.goto(`${rebound}/screen`))?.status(), 421);
    assert.deepEqual((await box.status())["stateHash"], stateHash);
  } finally {
    await browser.close();
    foreign.close();
    await box.end("SIGINT");
  }
});

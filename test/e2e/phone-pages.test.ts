// The pages of the phone against a real box, in a real browser: made by hand, then looked at one by one in two languages,
// by day and by night, by axe, by keyboard, with text twice as large, mirrored and without motion. Screenshots of all of
// it land in screens/ (not in git), for looking at.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createCanvas } from "@napi-rs/canvas";
import type { Page } from "playwright-core";
import { buildClient } from "../../device/web/client/build.ts";
import { BoxProcess } from "../support/box-process.ts";
import { launchBrowser, needsBrowser } from "../web-client/support/browser.ts";

const { skip } = needsBrowser;
const SCREENS = fileURLToPath(new URL("screens/", import.meta.url));
const CLIENT = fileURLToPath(new URL("../../device/web/client/", import.meta.url));
const DIST = fileURLToPath(new URL("../../dist/client", import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FESTIVAL = "four owls by a pond";
const PHONE = { width: 390, height: 844 };
const LAPTOP = { width: 1280, height: 800 };
/** A hundred times what a quiet machine takes. */
const PATIENCE_MS = 60_000;
const MAX_PICTURE_BYTES = 300 * 1024;

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-pages-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Ids of what the tests made, for the pages about one thing. */
interface Made {
  readonly event: string;
  readonly venue: string;
  readonly me: string;
}

test("the pages of the phone", { skip }, async (t) => {
  await buildClient({ entry: join(CLIENT, "main.tsx"), style: join(CLIENT, "style/phone.css"), folder: DIST });
  const box = new BoxProcess({
    data: join(folder, "box"),
    args: ["--festival", FESTIVAL, "--port", "0", "--no-discovery"],
  });
  const browser = await launchBrowser();
  t.after(async () => {
    await browser.close();
    await box.end("SIGKILL");
  });
  const url = await box.ready;
  const context = await browser.newContext({ viewport: PHONE, locale: "en-GB" });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const troubles = watchTroubles(page, url);
  await page.addInitScript(keepBlobs);
  await page.goto(`${url}/#join=${encodeURIComponent(FESTIVAL)}`);
  await page.waitForSelector(".ways");

  await t.test("a title and one press by keyboard alone make an event", () => makeByKeyboard(page));
  const made = await makeThings(t, page);
  const pages = pagesOf(made);
  await t.test("no page asks for a name, a mail address or a password", () => askNothing(page, pages));
  await t.test("axe finds nothing on any page, and each fits its screen", () => lookAtAll(page, pages));
  await t.test("text twice as large still fits", () => enlarge(page, pages));
  await t.test("nothing moves for those who asked for stillness", () => keepStill(page));
  await t.test("back finds the place again, and the window is named after its page", () => goBack(page));
  assert.deepEqual(troubles, []);
});

/** Errors of the page, reports of its policy, and requests to anybody but the box. */
function watchTroubles(page: Page, url: string): string[] {
  const troubles: string[] = [];
  const { host } = new URL(url);
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) troubles.push(message.text());
  });
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (to.protocol.startsWith("http") && to.host !== host) troubles.push(`asked ${to.host}`);
  });
  return troubles;
}

declare const madeBlobs: Blob[];

/** What the page shows as pictures: its policy forbids to fetch them back. */
function keepBlobs(): void {
  const made: Blob[] = [];
  Object.assign(globalThis, { madeBlobs: made });
  const create = URL.createObjectURL;
  URL.createObjectURL = (blob: Blob) => {
    made.push(blob);
    return create.call(URL, blob);
  };
}

async function makeByKeyboard(page: Page): Promise<void> {
  await press(page, "Tab", () => page.evaluate(() => document.activeElement?.className === "skip"));
  await press(page, "Tab", () => page.evaluate(() => document.activeElement?.className.includes("make") ?? false));
  await page.keyboard.press("Enter");
  await page.waitForSelector("main.make");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1", "reading goes on at the heading");
  await press(page, "Tab", () => page.evaluate(() => document.activeElement?.tagName === "INPUT"));
  await page.keyboard.type("Soup for everybody");
  await page.keyboard.press("Enter");
  await page.waitForSelector("main.event");
  assert.equal(await page.locator("h1").textContent(), "Soup for everybody");
  assert.ok(await page.locator(".facts .who").isVisible(), "under an animal's name");
}

/** Presses a key until something holds. */
async function press(page: Page, key: string, until: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    if (await until()) return;
  }
  assert.fail(`${key} never came there`);
}

async function makeThings(t: TestContext, page: Page): Promise<Made> {
  const made = { event: "", venue: "", me: "" };
  await t.test("a place, a thing and an announcement are offered", async () => {
    made.venue = await offer(page, "venue", "The barn behind the house");
    await offer(page, "material", "A very large pot");
    await open(page, "write");
    await page.locator("main input").fill("Water");
    await page.locator("main textarea").fill("The tap behind the barn is good to drink.");
    await page.locator("main button[type=submit]").click();
    await page.waitForSelector("main.pages .card");
  });
  await t.test("a place with its slots and a borrowed thing become dots", async () => {
    made.event = await makeWithPlace(page, made.venue);
    assert.equal(await page.locator(".dot-table li").count(), 2);
  });
  await t.test("its owner is asked, answers, and the dot turns green", async () => {
    await open(page, "asked");
    await page.locator(".question .yes").first().click();
    await page.waitForSelector(".toast.shown");
    await open(page, `event/${made.event}`);
    await page.waitForSelector(".dot-table .dot.yes");
  });
  await t.test("somebody comes, and leaves a picture that is small and knows nothing of its camera", async () => {
    await page.locator(".going-buttons .yes").click();
    await page.waitForSelector('.going-buttons .yes[aria-pressed="true"]');
    await leavePicture(page, made.event);
    made.me = (await page.locator(".note-card .who").first().getAttribute("href"))?.split("/").at(-1) ?? "";
  });
  return made;
}

async function offer(page: Page, kind: string, title: string): Promise<string> {
  await open(page, `offer/${kind}`);
  await page.locator("main form .field input").first().fill(title);
  await page.locator("main button[type=submit]").click();
  await page.waitForSelector("main.thing");
  return page.evaluate(() => location.hash.split("/").at(-1) ?? "");
}

async function makeWithPlace(page: Page, venue: string): Promise<string> {
  await open(page, `make/${venue}`);
  await page.locator(".title-field input").fill("Jam making");
  const day = await page.evaluate(() => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await page.locator('.time-fields input[type="date"]').fill(day);
  await page.locator(".slot.free button").nth(3).click();
  await page.locator(".slot.free button").nth(4).click();
  await page.locator(".borrow input").first().check();
  await page.locator("main button[type=submit]").first().click();
  await page.waitForSelector("main.event .dot-table");
  return page.evaluate(() => location.hash.split("/").at(-1) ?? "");
}

/** A photograph as a camera writes it, with a comment in it that nobody else should read. */
async function leavePicture(page: Page, event: string): Promise<void> {
  const canvas = createCanvas(2400, 1600);
  const paint = canvas.getContext("2d");
  for (let y = 0; y < 1600; y += 8) {
    paint.fillStyle = `hsl(${y % 360} 60% 50%)`;
    paint.fillRect(0, y, 2400, 8);
  }
  const secret = Buffer.from("taken at 52.5 N 13.4 E");
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, secret.length + 2]), secret]);
  const jpeg = canvas.toBuffer("image/jpeg");
  const buffer = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
  await open(page, `note/${event}`);
  await page.locator("main textarea").fill("Thank you!");
  await page.locator('input[type="file"]').setInputFiles({ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer });
  const chosen = page.locator(".chosen-pictures img");
  await chosen.waitFor();
  const bytes = await page.evaluate(async () =>
    Array.from(new Uint8Array((await madeBlobs.at(-1)?.arrayBuffer()) ?? [])),
  );
  assert.ok(bytes.length > 0);
  assert.ok(bytes.length <= MAX_PICTURE_BYTES, `${bytes.length} bytes`);
  assert.ok(!Buffer.from(bytes).includes(secret), "what the camera wrote is gone");
  await page.locator("main button[type=submit]").click();
  await page.waitForSelector("main.event .note-card");
}

function pagesOf({ event, venue, me }: Made): readonly string[] {
  const plain = ["programme", "plan", "things", "fire", "people", "pages", "conduct", "asked", "keys", "festivals"];
  const writing = ["copy", "hidden", "make", `make/${venue}`, "offer/venue", "offer/material", "write"];
  const ofEvent = ["event", "edit", "move", "cancel", "fork", "ask", "note"].map((name) => `${name}/${event}`);
  return [...plain, ...writing, ...ofEvent, `thing/${venue}`, `change/${venue}`, `person/${me}`, "event/unknown"];
}

async function open(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${path}`);
  await page.waitForSelector(`main.${path.split("/")[0]}`);
}

async function askNothing(page: Page, pages: readonly string[]): Promise<void> {
  for (const path of pages) {
    await open(page, path);
    const asked = page.locator("input[type=password], input[type=email], input[type=tel], [autocomplete*=name]");
    assert.equal(await asked.count(), 0, path);
    assert.equal(await page.locator("[required][name*=name]").count(), 0, path);
  }
}

async function lookAtAll(page: Page, pages: readonly string[]): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  const found: string[] = [];
  for (const lang of ["en", "ar"]) {
    await speak(page, lang);
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const path of pages) {
        await open(page, path);
        await page.screenshot({ path: join(SCREENS, `phone-${shotName(path)}-${lang}-${scheme}.png`), fullPage: true });
        if ((lang === "en") === (scheme === "light")) found.push(...(await judge(page, `${path} ${lang} ${scheme}`)));
      }
    }
  }
  await speak(page, "en");
  await page.setViewportSize(LAPTOP);
  for (const path of pages.slice(0, 4)) {
    await open(page, path);
    await page.screenshot({ path: join(SCREENS, `laptop-${shotName(path)}.png`) });
    found.push(...(await judge(page, `${path} on a laptop`)));
  }
  await page.setViewportSize(PHONE);
  assert.deepEqual(found, []);
}

/** Of pages about one thing only the kind of page. */
function shotName(path: string): string {
  const [name = "", id = ""] = path.split("/");
  return id === "" ? name : id.length < 20 ? `${name}-${id}` : `${name}-of`;
}

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe complains about, and what sticks out of the screen. */
async function judge(page: Page, where: string): Promise<readonly string[]> {
  if (await page.evaluate(() => !("axe" in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run(),
  );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const told = violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  return wide > 0 ? [...told, `${where}: ${wide} pixels too wide`] : told;
}

async function speak(page: Page, lang: string): Promise<void> {
  await open(page, "fire");
  await page.locator(`button[lang=${lang}]`).click();
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, lang);
  assert.equal(await page.evaluate(() => document.documentElement.dir), lang === "ar" ? "rtl" : "ltr");
}

async function enlarge(page: Page, pages: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  const wide: string[] = [];
  for (const path of pages) {
    await open(page, path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wide.push(`${path}: ${over}`);
    await page.screenshot({ path: join(SCREENS, `large-${shotName(path)}.png`) });
  }
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "";
  });
  assert.deepEqual(wide, []);
}

async function keepStill(page: Page): Promise<void> {
  await open(page, "fire");
  const moving = () => page.evaluate(() => document.getAnimations().length);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert.ok((await moving()) > 0, "the fire flickers");
  await page.emulateMedia({ reducedMotion: "reduce" });
  assert.equal(await moving(), 0);
}

async function goBack(page: Page): Promise<void> {
  await open(page, "things");
  assert.match(await page.title(), /^Places & things/);
  await page.locator(".row-title a").first().click();
  await page.waitForSelector("main.thing");
  await page.goBack();
  await page.waitForSelector("main.things");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
}

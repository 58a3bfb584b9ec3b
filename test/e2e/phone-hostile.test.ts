// Somebody writes markup, scripts, styles and disguises into every text that there is (T25). The phone shows all of it as
// text: nothing runs, nothing is asked for elsewhere, nothing pretends to be ours, on no page of the phone or of the box.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { writeCopy } from "../../device/web/client/replica/copy-file.ts";
import { toHex } from "../../protocol/operation/bytes.ts";
import { festivalTopic } from "../../protocol/operation/topic.ts";
import { createNodeCrypto } from "../../sync/crypto/node.ts";
import type { StoredOperation } from "../../sync/ports.ts";
import { eventually } from "../support/box-process.ts";
import { type HostileLog, hostileLog } from "../support/hostile-log.ts";
import { FAR_HOST, HOSTILE_WORDS } from "../support/hostile-words.ts";
import { openPhoneBox } from "../support/phone-box.ts";
import { PATIENCE_MS, PhonePage } from "../support/phone-page.ts";
import { needsBrowser } from "../web-client/support/browser.ts";

const FESTIVAL = "one goat in a garden";
const MIN_WORDS = 100;
/** Pages about one thing of which a few are enough: they show what the others show, in forms. */
const FORMS_OF = 8;
const ASK_AGAIN_MS = 500;

const folder = mkdtempSync(join(tmpdir(), "lagerfeuer-hostile-"));
after(() => rmSync(folder, { recursive: true, force: true }));

async function hostileFestival(): Promise<{ logs: readonly HostileLog[]; copy: Uint8Array }> {
  const suite = await createNodeCrypto();
  const topic = festivalTopic(FESTIVAL, suite);
  const now = Math.floor(Date.now() / 1000);
  const logs = HOSTILE_WORDS.map((words) => hostileLog({ words, topic, suite, now }));
  async function* pages(): AsyncGenerator<readonly StoredOperation[]> {
    for (const { operations } of logs) yield operations as unknown as readonly StoredOperation[];
  }
  const copy = await writeCopy(toHex(topic), pages());
  return { logs, copy: new Uint8Array(await copy.arrayBuffer()) };
}

function routesOf(logs: readonly HostileLog[]): readonly string[] {
  const plain = ["programme", "plan", "things", "fire", "people", "pages", "conduct", "asked", "keys", "festivals"];
  const writing = ["copy", "hidden", "make", "offer/venue", "write"];
  const about = logs.flatMap(({ key, event, resource }) => [`event/${event}`, `thing/${resource}`, `person/${key}`]);
  const forms = logs
    .filter((_, index) => index % Math.ceil(logs.length / FORMS_OF) === 0)
    .flatMap(({ event, resource }) => [
      ...["edit", "move", "cancel", "fork", "ask", "note"].map((name) => `${name}/${event}`),
      `make/${resource}`,
      `change/${resource}`,
    ]);
  return [...plain, ...writing, ...about, ...forms, ...plain];
}

interface Looked {
  readonly troubles: readonly string[];
  /** Of the pages about events. */
  readonly headings: readonly string[];
}

/** Runs in the page: shows each route and tells what is wrong with what it shows. */
async function lookAt(page: Page, routes: readonly string[]): Promise<Looked> {
  return page.evaluate(async (routes) => {
    const turning = /[\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}/u;
    const foreign =
      "iframe, object, embed, base, meta[http-equiv], form[action], math, foreignObject, style, dialog, video";
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const troubles = new Set<string>();
    const headings = new Set<string>();
    const scripts = document.scripts.length;
    const show = async (route: string): Promise<void> => {
      if (location.hash === `#/${route}`) return;
      const moved = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
      location.hash = `#/${route}`;
      await moved;
      await drawn();
      await drawn();
    };
    const faultOf = (link: HTMLAnchorElement): string | undefined => {
      const { protocol, host, rel, hash } = link;
      if (link.getAttribute("href")?.startsWith("#/")) return hash.includes("<") ? "strange" : undefined;
      if (["mailto:", "tel:", "geo:"].includes(protocol)) return undefined;
      if (protocol !== "http:" && protocol !== "https:") return protocol;
      if (host === location.host) return undefined;
      return /noopener/.test(rel) && /noreferrer/.test(rel) ? undefined : "tells where it was pressed";
    };
    const look = (route: string): void => {
      const trouble = (what: string) => troubles.add(`${route.split("/")[0]}: ${what}`);
      for (const element of document.querySelectorAll(foreign)) trouble(`shows ${element.outerHTML}`);
      if (document.scripts.length !== scripts) trouble("has another script");
      for (const element of document.querySelectorAll("body *")) {
        for (const { name, value } of element.attributes) {
          if (name.startsWith("on")) trouble(`has ${name}`);
          if (name === "style" && /url\(|expression/i.test(value)) trouble(`has the style ${value}`);
          if (name !== "value" && turning.test(value)) trouble(`turns ${name} of ${element.tagName}`);
        }
      }
      for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]")) {
        const fault = faultOf(link);
        if (fault !== undefined) trouble(`links to ${link.href}: ${fault}`);
      }
      for (const { src } of document.images) if (!/^blob:/.test(src)) trouble(`shows the picture ${src}`);
      const said = [...document.querySelectorAll("body *:not(textarea)")].flatMap((element) => [...element.childNodes]);
      if (said.some((node) => node.nodeType === 3 && turning.test(node.nodeValue ?? ""))) trouble("turns its text");
      if (turning.test(document.title)) trouble("turns its title");
      if (document.querySelector("main h1") === null) trouble("has no heading");
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      if (wide > 0) trouble(`${route} is ${wide} pixels too wide`);
      if ("__owned" in window) trouble("was owned");
    };
    for (const route of routes) {
      await show(route);
      look(route);
      if (route.startsWith("event/")) headings.add(document.querySelector("main h1")?.textContent ?? "");
    }
    return { troubles: [...troubles], headings: [...headings] };
  }, routes);
}

async function lookAtBox(page: Page, url: string): Promise<readonly string[]> {
  const troubles: string[] = [];
  for (const path of ["/screen", "/status", "/docs", "/docs/web.md", "/preview"]) {
    await page.goto(new URL(path, url).href);
    const found = await page.evaluate(() => ({
      owned: "__owned" in window,
      foreign: document.querySelectorAll("iframe, object, embed, base, form[action], [onload], [onerror]").length,
      links: [...document.links].map(({ protocol }) => protocol),
    }));
    if (found.owned || found.foreign > 0) troubles.push(`${path} was owned`);
    troubles.push(
      ...found.links.filter((protocol) => !/^https?:$/.test(protocol)).map((link) => `${path} has ${link}`),
    );
  }
  return troubles;
}

async function lookAtFiles(url: string): Promise<readonly string[]> {
  const feed = await (await fetch(new URL("/feed.ics", url))).text();
  assert.match(feed, /^BEGIN:VCALENDAR/);
  const injected = feed.split("\r\n").filter((line) => /^(X-OWNED|BEGIN:VALARM|SUMMARY:owned)/.test(line));
  const xml = await (await fetch(new URL("/export/schedule.xml", url))).text();
  return [...injected, ...(/<owned|<script|<!DOCTYPE x|<\?xml-stylesheet/i.test(xml) ? ["schedule.xml"] : [])];
}

test("words of a hostile key are words on every page", { skip: needsBrowser.skip }, async (t) => {
  const { box, browser, url } = await openPhoneBox(t, { festival: FESTIVAL, data: join(folder, "box") });
  const { logs, copy } = await hostileFestival();
  const operations = logs.reduce((sum, log) => sum + log.operations.length, 0);
  assert.ok(new Set(HOSTILE_WORDS).size >= MIN_WORDS);

  const carrier = await PhonePage.open(browser, url);
  assert.match(await carrier.refill(copy), new RegExp(operations.toLocaleString("en-GB")));
  await eventually("the box has all of it", PATIENCE_MS, hasAll, ASK_AGAIN_MS);
  await carrier.close();
  const victim = await PhonePage.open(browser, url);
  await eventually("the phone has all of it", PATIENCE_MS, phoneHasAll, ASK_AGAIN_MS);

  async function hasAll(): Promise<boolean> {
    return Number((await box.status())["operations"]) >= operations;
  }
  async function phoneHasAll(): Promise<boolean> {
    return (await victim.kept()).operations >= operations;
  }

  await t.test("on every page of the phone", async () => {
    const routes = routesOf(logs);
    const { troubles, headings } = await lookAt(victim.page, routes);
    assert.deepEqual(troubles, []);
    assert.ok(headings.length >= MIN_WORDS, `only ${headings.length} of them are shown at all`);
    t.diagnostic(
      `${HOSTILE_WORDS.length} payloads, ${headings.length} of them as headings, in ${operations} operations, ${routes.length} pages`,
    );
  });
  await t.test("on the pages of the box, and in its files", async () => {
    assert.deepEqual(await lookAtBox(victim.page, url), []);
    assert.deepEqual(await lookAtFiles(url), []);
  });
  assert.deepEqual(victim.troubles, []);
  assert.deepEqual([...victim.hosts], [new URL(url).host], `nobody asked ${FAR_HOST}`);
});
